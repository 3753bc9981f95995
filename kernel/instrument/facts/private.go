package facts

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Private reports whether e is a local pointer, slice or map that was made here
// and has not been given to anybody, so that nobody else knows what it leads to.
func (f *Facts) Private(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := f.info.Uses[id].(*types.Var)
	return ok && leads(v.Type()) && !v.IsField() && v.Kind() == types.LocalVar && !ofPackage(v) && !f.escapes[v] && !f.leaked[v]
}

// leads reports whether a variable of a type leads to others: of these leak sees who
// gets hold of them.
func leads(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map:
		return true
	}
	return false
}

// leak marks a local pointer, slice or map where it is used for more than
// getting at what it leads to.
func (g *gatherer) leak(id *ast.Ident, stack []ast.Node) {
	v, ok := g.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || len(stack) == 0 || g.leaked[v] {
		return
	}
	if leads(v.Type()) && !g.keeps(v, id, stack) {
		g.leaked[v] = true
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

// typeSwitch marks the variables of a type switch's clauses, which have one name and no
// declaration: what one leads to is known to whoever has the value.
func (g *gatherer) typeSwitch(s *ast.TypeSwitchStmt) {
	for _, clause := range s.Body.List {
		if v := g.info.Implicits[clause]; v != nil {
			g.leaked[v], g.anothers[v] = true, true
		}
	}
}

// addressed reports whether somebody gets hold of the variable that e names, or
// of a part of it: its address is taken, or it is sliced. A method of a lock that is
// called there and then gives it to nobody.
func (g *gatherer) addressed(e ast.Expr, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch p := stack[i].(type) {
		case *ast.ParenExpr:
		case *ast.UnaryExpr:
			return p.Op == token.AND
		case *ast.SliceExpr:
			_, array := syntax.Core(g.typeOf(e)).(*types.Array)
			return array && p.X == e
		case *ast.IndexExpr:
			if _, array := syntax.Core(g.typeOf(e)).(*types.Array); !array || p.X != e {
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
				return pointer && !(ofLocks(fn.Pkg()) && calledHere(fn, p, stack[:i]))
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

// calledHere reports whether a method that is selected is called there and then, by
// this goroutine alone.
func calledHere(fn *types.Func, selected ast.Expr, stack []ast.Node) bool {
	if len(stack) < 2 || fn.FullName() == "(*sync.WaitGroup).Go" {
		return false
	}
	call, called := stack[len(stack)-1].(*ast.CallExpr)
	_, goes := stack[len(stack)-2].(*ast.GoStmt)
	return called && call.Fun == selected && !goes
}

// lends reports whether a call, which is part of the node above, only looks at
// what v leads to.
func (g *gatherer) lends(v *types.Var, id *ast.Ident, call *ast.CallExpr, above ast.Node) bool {
	if _, goes := above.(*ast.GoStmt); goes {
		return false
	}
	switch fn := syntax.Callee(g.info, call.Fun).(type) {
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
	return false // it is on the right: given to another variable
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
		switch syntax.BuiltinName(g.info, e.Fun) {
		case "":
			return g.makesObject(e)
		case "make", "new":
			return true
		case "append":
			id, ok := e.Args[0].(*ast.Ident)
			return ok && g.info.Uses[id] == v || g.fresh(v, e.Args[0])
		}
	}
	return false
}
