package facts

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Records reports whether reads and writes of variables are recorded at all: in
// a program without goroutines there is nobody to share them with.
func (f *Facts) Records() bool { return (f.Goroutines || f.Watched) && !f.Library || f.Everything }

// Ticks reports whether loops are marked: only others, and time, can be waited
// for.
func (f *Facts) Ticks() bool { return f.Goroutines || f.waits || f.timers || f.Library || f.Everything }

// contended reports whether the variable that e names can be reached by several
// goroutines and, for a read, ever changes.
func (f *Facts) contended(e ast.Expr, write bool) bool {
	if f.Opaque(e) {
		return false
	}
	if f.Everything {
		return f.ours(e)
	}
	return f.ours(e) && f.Reaches(e) && (write && !f.ofLoop(e) || f.changes(e))
}

// Opaque reports whether e is an element of what may be a slice as well as an array, or a
// string: it may have no address.
func (f *Facts) Opaque(e ast.Expr) bool {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok || f.info.TypeOf(x.X) == nil || !syntax.IsTypeParam(f.info.TypeOf(x.X)) {
		return false
	}
	_, several := syntax.Core(f.info.TypeOf(x.X)).(*types.Interface)
	return several
}

// ofLoop reports whether e is a loop's variable that only the loop itself
// changes.
func (f *Facts) ofLoop(e ast.Expr) bool {
	obj := syntax.VariableOf(f.info, e)
	return f.Loops[obj] && !f.Written[obj]
}

// ours reports whether a variable is the program's: not one of a package that is not
// rewritten. The fields of such a package's types are, where the program writes them.
func (f *Facts) ours(e ast.Expr) bool {
	obj := syntax.VariableOf(f.info, e)
	if obj == nil || f.Own[obj.Pkg()] {
		return true
	}
	v, ok := obj.(*types.Var)
	return ok && v.IsField() && !ofLocks(v.Pkg())
}

// Reaches reports whether more than one goroutine may reach a variable.
func (f *Facts) Reaches(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := f.info.Uses[e].(*types.Var)
		return ok && f.reachable(v)
	case *ast.SelectorExpr:
		s := f.info.Selections[e]
		if s == nil { // package.Name
			v, ok := f.info.Uses[e.Sel].(*types.Var)
			return ok && f.reachable(v)
		}
		if s.Indirect() {
			return !f.Private(e.X) || embedsPointer(s)
		}
		return f.Reaches(e.X)
	case *ast.IndexExpr:
		if _, ok := syntax.Core(f.info.TypeOf(e.X)).(*types.Array); ok {
			return f.Reaches(e.X)
		}
		return !f.Private(e.X)
	case *ast.StarExpr:
		return !f.Private(e.X)
	}
	return false
}

// embedsPointer reports whether a pointer that is embedded leads to what is selected: it
// was given to the struct by somebody.
func embedsPointer(s *types.Selection) bool {
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		t = syntax.StructOf(t).Field(i).Type()
		if _, pointer := t.Underlying().(*types.Pointer); pointer {
			return true
		}
	}
	return false
}

// reachable reports whether goroutines other than the one that made it can
// reach a variable.
func (f *Facts) reachable(v *types.Var) bool {
	return ofPackage(v) || f.escapes[v]
}

// ofPackage reports whether a variable is declared outside of functions.
func ofPackage(v *types.Var) bool {
	return v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}

// changes reports whether a variable is ever written after it was made: itself,
// a part of it, or what it is a part of.
func (f *Facts) changes(e ast.Expr) bool {
	e = ast.Unparen(e)
	if f.wholeChanges(e) {
		return true
	}
	if v, ok := syntax.VariableOf(f.info, e).(*types.Var); ok && !v.IsField() {
		return f.partly[v]
	}
	return f.PartChanges(f.info.TypeOf(e))
}

// wholeChanges reports whether a variable is written as a whole, or is part of
// one that is.
func (f *Facts) wholeChanges(e ast.Expr) bool {
	e = ast.Unparen(e)
	obj := syntax.VariableOf(f.info, e)
	if obj == nil {
		return f.elementChanges(e)
	}
	if f.Written[obj] {
		return true
	}
	switch e := e.(type) {
	case *ast.SelectorExpr:
		if s := f.info.Selections[e]; s != nil && !s.Indirect() {
			return f.wholeChanges(e.X)
		}
	case *ast.IndexExpr:
		return f.wholeChanges(e.X)
	}
	return false
}

// PartChanges reports whether a field of a struct is ever written, or one of a
// struct in it, or in an array. A lock is, by those who take it.
func (f *Facts) PartChanges(t types.Type) bool {
	if syntax.IsLock(t) {
		return true
	}
	switch t := t.Underlying().(type) {
	case *types.Array:
		return f.PartChanges(t.Elem())
	case *types.Struct:
		for field := range t.Fields() {
			if f.Written[field.Origin()] || f.PartChanges(field.Type()) {
				return true
			}
		}
	}
	return false
}

// ExportedChanges reports whether an exported field of a struct is ever written, or one
// of a struct in it.
func (f *Facts) ExportedChanges(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if field.Exported() && (f.Written[field.Origin()] || f.ExportedChanges(field.Type())) {
			return true
		}
	}
	return false
}

// elementChanges is wholeChanges for an element of a slice and what a pointer
// points to.
func (f *Facts) elementChanges(e ast.Expr) bool {
	x, ok := e.(*ast.IndexExpr)
	if !ok {
		return true
	}
	t := f.info.TypeOf(x.X)
	_, slice := syntax.Core(t).(*types.Slice)
	return !slice || f.elementsChange(t)
}

// elementsChange reports whether the elements of a slice or map type are ever written:
// those of a type parameter's may be of any other type's.
func (f *Facts) elementsChange(t types.Type) bool {
	return f.elements.has(f.kinds.of(t))
}

// Shared reports whether an expression reads a variable that others may change.
func (f *Facts) Shared(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := f.info.Uses[id].(*types.Var); ok && f.Written[v.Origin()] {
				found = found || v.IsField() || f.reachable(v)
			}
		}
		return !found
	})
	return found
}

// ofLocks reports whether a package is one of those whose types goroutines share.
func ofLocks(p *types.Package) bool {
	return p != nil && (p.Path() == "sync" || p.Path() == "sync/atomic")
}

// Stable reports whether e is a call, or names a variable, or a field of one,
// that never changes: what is evaluated after it makes no difference.
func (f *Facts) Stable(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := f.info.Uses[e].(*types.Var)
		return ok && !f.Written[v]
	case *ast.CallExpr:
		return !syntax.IsType(f.info, e.Fun)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	case *ast.SelectorExpr:
		s := f.info.Selections[e]
		return s != nil && s.Kind() == types.FieldVal && !f.Written[syntax.VariableOf(f.info, e)] && f.Stable(e.X)
	}
	return false
}

// ReachesPart reports whether others may reach what x is, or points to.
func (f *Facts) ReachesPart(x ast.Expr) bool {
	if _, pointer := f.info.TypeOf(x).Underlying().(*types.Pointer); pointer {
		return !f.Private(x)
	}
	return f.Reaches(x)
}

// LentResult reports whether a result is a variable that a goroutine uses.
func (f *Facts) LentResult(v types.Object) bool {
	return v != nil && f.lent[v] && f.Written[v] && Telling(v.Type())
}
