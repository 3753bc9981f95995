package facts

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Records reports whether reads and writes of variables are recorded at all: in
// a program without goroutines there is nobody to share them with.
func (f *Facts) Records() bool { return f.Goroutines && !f.Library || f.Everything }

// Ticks reports whether loops are marked: only others, and time, can be waited
// for.
func (f *Facts) Ticks() bool { return f.Goroutines || f.Waits || f.Timers || f.Library || f.Everything }

// contended reports whether the variable that e names can be reached by several
// goroutines and, for a read, ever changes.
func (f *Facts) contended(e ast.Expr, write bool) bool {
	if x, ok := ast.Unparen(e).(*ast.IndexExpr); ok && syntax.IsTypeParam(f.info.TypeOf(x.X)) {
		if _, slice := syntax.Core(f.info.TypeOf(x.X)).(*types.Slice); !slice {
			return false // an element of what may be an array
		}
	}
	if f.Everything {
		return f.ours(e)
	}
	return f.ours(e) && f.Reaches(e) && (write && !f.ofLoop(e) || f.changes(e))
}

// ofLoop reports whether e is a loop's variable that only the loop itself
// changes.
func (f *Facts) ofLoop(e ast.Expr) bool {
	obj := syntax.VariableOf(f.info, e)
	return f.Loops[obj] && !f.Written[obj]
}

// ours: the variables of packages that are not rewritten are their own business.
// The fields of their types that the program writes are not.
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
			return !f.Private(e.X)
		}
		return f.Reaches(e.X)
	case *ast.IndexExpr:
		if _, ok := f.info.TypeOf(e.X).Underlying().(*types.Array); ok {
			return f.Reaches(e.X)
		}
		return !f.Private(e.X)
	case *ast.StarExpr:
		return !f.Private(e.X)
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
// struct in it, or in an array.
func (f *Facts) PartChanges(t types.Type) bool {
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

// elementChanges is wholeChanges for an element of a slice and what a pointer
// points to.
func (f *Facts) elementChanges(e ast.Expr) bool {
	x, ok := e.(*ast.IndexExpr)
	if !ok {
		return true
	}
	t := f.info.TypeOf(x.X)
	_, slice := syntax.Core(t).(*types.Slice)
	return !slice || f.elements[syntax.TypeKey(t)] || f.elements[""]
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

// Private reports whether e is a local pointer, slice or map that was made here
// and has not been given to anybody, so that nobody else knows what it leads to.
func (f *Facts) Private(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := f.info.Uses[id].(*types.Var)
	return ok && !v.IsField() && v.Kind() == types.LocalVar && !ofPackage(v) && !f.escapes[v] && !f.leaked[v]
}

// leak marks a local pointer, slice or map where it is used for more than
// getting at what it leads to.
func (g *gatherer) leak(id *ast.Ident, stack []ast.Node) {
	v, ok := g.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || len(stack) == 0 || g.leaked[v] {
		return
	}
	switch v.Type().Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map:
		if !g.keeps(v, id, stack) {
			g.leaked[v] = true
		}
	}
}

// keeps reports whether a use of v keeps what it leads to private.
func (g *gatherer) keeps(v *types.Var, id *ast.Ident, stack []ast.Node) bool {
	above := func(i int) ast.Node {
		if i < len(stack) {
			return stack[len(stack)-1-i]
		}
		return nil
	}
	switch p := above(0).(type) {
	case *ast.IndexExpr:
		return p.X == id && !g.addressed(p, stack[:len(stack)-1])
	case *ast.SelectorExpr:
		s := g.info.Selections[p]
		return s != nil && (s.Kind() == types.FieldVal && !g.addressed(p, stack[:len(stack)-1]) || keepsObject(s))
	case *ast.StarExpr, *ast.BinaryExpr, *ast.ReturnStmt:
		return true
	case *ast.RangeStmt:
		return p.X == id
	case *ast.CallExpr:
		return g.lends(v, id, p, above(1))
	case *ast.AssignStmt:
		return g.made(id, p)
	case *ast.ValueSpec:
		for i, name := range p.Names {
			if name == id {
				return len(p.Values) == 0 || len(p.Values) == len(p.Names) && g.fresh(v, p.Values[i])
			}
		}
	}
	return false
}

// addressed reports whether somebody gets hold of the variable that e names, or
// of a part of it: its address is taken, or it is sliced. A method of a lock
// gives it to nobody.
func (g *gatherer) addressed(e ast.Expr, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch p := stack[i].(type) {
		case *ast.ParenExpr:
		case *ast.UnaryExpr:
			return p.Op == token.AND
		case *ast.SliceExpr:
			_, array := g.typeOf(e).Underlying().(*types.Array)
			return array && p.X == e
		case *ast.IndexExpr:
			if _, array := g.typeOf(e).Underlying().(*types.Array); !array || p.X != e {
				return false
			}
		case *ast.SelectorExpr:
			s := g.info.Selections[p]
			if _, pointer := g.typeOf(e).Underlying().(*types.Pointer); s == nil || pointer {
				return false
			}
			if s.Kind() != types.FieldVal {
				fn := s.Obj().(*types.Func)
				_, pointer := fn.Signature().Recv().Type().Underlying().(*types.Pointer)
				return pointer && !ofLocks(fn.Pkg())
			}
			if s.Indirect() {
				return false
			}
		default:
			return false
		}
		e, _ = stack[i].(ast.Expr)
	}
	return false
}

// ofLocks reports whether a package is one of those whose types goroutines share.
func ofLocks(p *types.Package) bool {
	return p != nil && (p.Path() == "sync" || p.Path() == "sync/atomic")
}

// lends reports whether a call, which is part of the node above, only looks at
// what v leads to.
func (g *gatherer) lends(v *types.Var, id *ast.Ident, call *ast.CallExpr, above ast.Node) bool {
	fun := syntax.CalleeIdent(call.Fun)
	if _, goes := above.(*ast.GoStmt); goes || fun == nil {
		return false
	}
	switch fn := g.info.Uses[fun].(type) {
	case *types.Builtin:
		if fn.Name() == "append" && call.Args[0] == id { // what it returns leads to the same
			s, ok := above.(*ast.AssignStmt)
			return ok && len(s.Lhs) == 1 && syntax.VariableOf(g.info, s.Lhs[0]) == v
		}
		return fn.Name() != "append" || call.Ellipsis.IsValid()
	case *types.Func:
		return fn.Pkg() != nil && keepsNothing[fn.Pkg().Path()] && fn.Signature().Recv() == nil && tellsOnly(fn)
	}
	return false
}

// tellsOnly reports whether nothing that a function returns can lead to what it
// was given.
func tellsOnly(fn *types.Func) bool {
	for v := range fn.Signature().Results().Variables() {
		_, basic := v.Type().Underlying().(*types.Basic)
		if !basic && !((fn.Pkg().Path() == "fmt" || fn.Pkg().Path() == "io") && types.Identical(v.Type(), types.Universe.Lookup("error").Type())) {
			return false
		}
	}
	return true
}

// made reports whether all that an assignment gives to a variable is new.
func (g *gatherer) made(id *ast.Ident, s *ast.AssignStmt) bool {
	if len(s.Lhs) != len(s.Rhs) {
		return false
	}
	for i, x := range s.Lhs {
		if x == id {
			v, _ := g.info.ObjectOf(id).(*types.Var)
			return g.fresh(v, s.Rhs[i])
		}
	}
	return false // it stands on the right: given to another variable
}

// fresh reports whether e is a pointer, slice or map that nobody else has, or
// made of what v had.
func (g *gatherer) fresh(v *types.Var, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.Ident:
		return g.info.Types[e].IsNil()
	case *ast.UnaryExpr:
		_, lit := ast.Unparen(e.X).(*ast.CompositeLit)
		return e.Op == token.AND && lit
	case *ast.CallExpr:
		if g.info.Types[e.Fun].IsType() {
			b, ok := g.typeOf(e.Args[0]).Underlying().(*types.Basic)
			return ok && b.Info()&types.IsString != 0
		}
		fun := syntax.CalleeIdent(e.Fun)
		if fun == nil {
			return false
		}
		b, ok := g.info.Uses[fun].(*types.Builtin)
		if !ok {
			return g.makesObject(fun)
		}
		switch b.Name() {
		case "make", "new":
			return true
		case "append":
			id, ok := e.Args[0].(*ast.Ident)
			return ok && g.info.Uses[id] == v || g.fresh(v, e.Args[0])
		}
	}
	return false
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
