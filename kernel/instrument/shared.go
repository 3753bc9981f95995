package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
)

// records reports whether reads and writes of variables are recorded at all: in
// a program without goroutines there is nobody to share them with.
func (f *facts) records() bool { return f.goroutines && !f.library || f.everything }

// ticks reports whether loops are marked: only others, and time, can be waited
// for.
func (f *facts) ticks() bool { return f.goroutines || f.timers || f.library || f.everything }

// contended reports whether the variable that e names can be reached by several
// goroutines and, for a read, ever changes.
func (f *facts) contended(e ast.Expr, write bool) bool {
	if x, ok := ast.Unparen(e).(*ast.IndexExpr); ok && isTypeParam(f.info.TypeOf(x.X)) {
		return false // an element of what may be an array
	}
	if f.everything {
		return f.ours(e)
	}
	return f.ours(e) && f.reaches(e) && (write && !f.ofLoop(e) || f.changes(e))
}

// ofLoop reports whether e is a loop's variable that only the loop itself
// changes.
func (f *facts) ofLoop(e ast.Expr) bool {
	obj := object(f.info, e)
	return f.loops[obj] && !f.written[obj]
}

// ours: the variables of other packages, and the fields of their types, are
// their own business.
func (f *facts) ours(e ast.Expr) bool {
	obj := object(f.info, e)
	return obj == nil || obj.Pkg() == f.pkg
}

// reaches reports whether more than one goroutine may reach a variable.
func (f *facts) reaches(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := f.info.Uses[e].(*types.Var)
		return ok && f.reachable(v)
	case *ast.SelectorExpr:
		s := f.info.Selections[e]
		if s == nil {
			return false
		}
		if s.Indirect() {
			return !f.private(e.X)
		}
		return f.reaches(e.X)
	case *ast.IndexExpr:
		if _, ok := f.info.TypeOf(e.X).Underlying().(*types.Array); ok {
			return f.reaches(e.X)
		}
		return !f.private(e.X)
	case *ast.StarExpr:
		return !f.private(e.X)
	}
	return false
}

// reachable reports whether goroutines other than the one that made it can
// reach a variable.
func (f *facts) reachable(v *types.Var) bool {
	return v.Parent() == f.pkg.Scope() || f.escapes[v]
}

// changes reports whether a variable is ever written after it was made.
func (f *facts) changes(e ast.Expr) bool {
	e = ast.Unparen(e)
	obj := object(f.info, e)
	if obj == nil {
		return f.elementChanges(e)
	}
	if f.written[obj] || f.partly[obj] {
		return true
	}
	switch e := e.(type) { // as a part of something that is
	case *ast.SelectorExpr:
		if s := f.info.Selections[e]; s != nil && !s.Indirect() {
			return f.wholeChanges(e.X)
		}
	case *ast.IndexExpr:
		return f.wholeChanges(e.X)
	}
	return false
}

// wholeChanges reports whether a variable is written as a whole, or is part of
// one that is.
func (f *facts) wholeChanges(e ast.Expr) bool {
	e = ast.Unparen(e)
	obj := object(f.info, e)
	if obj == nil {
		return f.elementChanges(e)
	}
	if f.written[obj] {
		return true
	}
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if s := f.info.Selections[sel]; s != nil && !s.Indirect() {
			return f.wholeChanges(sel.X)
		}
	}
	return false
}

// elementChanges is changes for an element of a slice and what a pointer points
// to.
func (f *facts) elementChanges(e ast.Expr) bool {
	x, ok := e.(*ast.IndexExpr)
	if !ok {
		return true
	}
	t := f.info.TypeOf(x.X)
	if f.elements[typeKey(t)] || f.elements[""] {
		return true
	}
	if s, ok := f.info.TypeOf(e).Underlying().(*types.Struct); ok {
		for field := range s.Fields() {
			if f.written[field.Origin()] {
				return true
			}
		}
	}
	_, slice := t.Underlying().(*types.Slice)
	return !slice
}

// shared reports whether an expression reads a variable that others may change.
func (f *facts) shared(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := f.info.Uses[id].(*types.Var); ok && f.written[v.Origin()] {
				found = found || v.IsField() || f.reachable(v)
			}
		}
		return !found
	})
	return found
}

// private reports whether e is a local pointer, slice or map that was made here
// and has not been given to anybody, so that nobody else knows what it leads to.
func (f *facts) private(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := f.info.Uses[id].(*types.Var)
	return ok && !v.IsField() && v.Kind() == types.LocalVar && v.Parent() != f.pkg.Scope() && !f.escapes[v] && !f.leaked[v]
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
		u, address := above(1).(*ast.UnaryExpr)
		return p.X == id && !(address && u.Op == token.AND)
	case *ast.SelectorExpr:
		s := g.info.Selections[p]
		u, address := above(1).(*ast.UnaryExpr)
		return s != nil && s.Kind() == types.FieldVal && !(address && u.Op == token.AND)
	case *ast.StarExpr, *ast.BinaryExpr, *ast.ReturnStmt:
		return true
	case *ast.RangeStmt:
		return p.X == id
	case *ast.CallExpr:
		return g.lends(v, id, p)
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

// lends reports whether a call only looks at what v leads to.
func (g *gatherer) lends(v *types.Var, id *ast.Ident, call *ast.CallExpr) bool {
	fun := called(call.Fun)
	if fun == nil {
		return false
	}
	switch fn := g.info.Uses[fun].(type) {
	case *types.Builtin:
		// What append returns is looked at where it goes.
		return fn.Name() != "append" || call.Args[0] == id || call.Ellipsis.IsValid()
	case *types.Func:
		return fn.Pkg() != nil && keepsNothing[fn.Pkg().Path()] && fn.Signature().Recv() == nil
	}
	return false
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
		fun := called(e.Fun)
		if fun == nil {
			return false
		}
		b, ok := g.info.Uses[fun].(*types.Builtin)
		if !ok {
			return false
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
