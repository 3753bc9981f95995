package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
)

// Here is what only passes on.

func block(r *rewriter, s *ast.BlockStmt) { r.stmts(s.List) }

func caseClause(r *rewriter, s *ast.CaseClause) {
	r.exprs(s.List)
	r.stmts(s.Body)
}

func exprStmt(r *rewriter, s *ast.ExprStmt) { r.expr(s.X) }

func ifStmt(r *rewriter, s *ast.IfStmt) {
	r.stmt(s.Init)
	r.expr(s.Cond)
	r.stmt(s.Body)
	r.stmt(s.Else)
}

func labeled(r *rewriter, s *ast.LabeledStmt) { r.stmt(s.Stmt) }

func switchStmt(r *rewriter, s *ast.SwitchStmt) {
	r.stmt(s.Init)
	r.optional(s.Tag)
	r.stmt(s.Body)
}

func typeSwitch(r *rewriter, s *ast.TypeSwitchStmt) {
	r.stmt(s.Init)
	r.stmt(s.Assign)
	typeCases(r, s.Body)
}

func binary(r *rewriter, e *ast.BinaryExpr) {
	r.expr(e.X)
	r.expr(e.Y)
}

func ident(r *rewriter, e *ast.Ident) {
	unwrapped(r, e)
	load(r, e)
}

func paren(r *rewriter, e *ast.ParenExpr) { r.expr(e.X) }

func star(r *rewriter, e *ast.StarExpr) { load(r, e) }

func typeAssert(r *rewriter, e *ast.TypeAssertExpr) { r.expr(e.X) }

// typeCases walks a type switch, whose cases are types.
func typeCases(r *rewriter, body *ast.BlockStmt) {
	defer r.push(body)()
	for _, c := range body.List {
		clause := c.(*ast.CaseClause)
		leave := r.push(clause)
		r.stmts(clause.Body)
		leave()
	}
}

func declaration(r *rewriter, s *ast.DeclStmt) {
	g, ok := s.Decl.(*ast.GenDecl)
	if !ok || g.Tok != token.VAR {
		return
	}
	for _, spec := range g.Specs {
		if v, ok := spec.(*ast.ValueSpec); ok {
			leave := r.push(v)
			r.exprs(v.Values)
			leave()
		}
	}
}

// deferred: the operation is rewritten as any call, so that its receiver and
// arguments are evaluated by the defer statement.
func deferred(r *rewriter, s *ast.DeferStmt) { r.expr(s.Call) }

// place walks an expression that names a variable; its value is not wanted, but
// that of what leads to it is.
func place(r *rewriter, e ast.Expr) {
	defer r.push(e)()
	switch e := e.(type) {
	case *ast.ParenExpr:
		place(r, e.X)
	case *ast.SelectorExpr:
		if r.info.Selections[e] != nil {
			loadPointer(r, e)
			operand(r, e.X)
		}
	case *ast.IndexExpr:
		base(r, e.X)
		r.expr(e.Index)
	case *ast.StarExpr:
		r.expr(e.X)
	case *ast.Ident:
	default: // a call, a composite literal: not a variable
		r.instead(func() { r.expr(e) })
	}
}

// base walks what is indexed or sliced: an array is a place, all else a value.
// What may be an array or a slice stays as it is.
func base(r *rewriter, x ast.Expr) {
	t := r.info.TypeOf(x)
	_, array := t.Underlying().(*types.Array)
	switch _, slice := core(t).(*types.Slice); {
	case array:
		place(r, x)
	case isTypeParam(t) && !slice:
		r.unrecorded(func() { place(r, x) })
	default:
		r.expr(x)
	}
}

func callParts(r *rewriter, e *ast.CallExpr) {
	r.expr(e.Fun)
	arguments(r, e)
}

func composite(r *rewriter, e *ast.CompositeLit) {
	_, isStruct := r.info.TypeOf(e).Underlying().(*types.Struct)
	_, isMap := r.info.TypeOf(e).Underlying().(*types.Map)
	for i, elt := range e.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		handsField(r, e, i, elt)
		if !ok {
			r.expr(elt)
			continue
		}
		leave := r.push(kv)
		if isMap && !isStruct {
			r.expr(kv.Key)
		}
		r.expr(kv.Value)
		leave()
	}
}

// literal walks a function literal. Whatever holds for the expression it stands
// in does not hold for its body.
func literal(r *rewriter, e *ast.FuncLit) {
	r.afresh(func() {
		if r.facts.recursive(r.facts.variableOf(e)) {
			works(r, e.Body)
		}
		r.stmt(e.Body)
	})
}

// index: an instantiated generic function is no element.
func index(r *rewriter, e *ast.IndexExpr) {
	if isType(r.info, e.Index) {
		if sel, ok := e.X.(*ast.SelectorExpr); ok && r.info.Selections[sel] == nil {
			unwrapped(r, sel)
		}
		return
	}
	load(r, e)
}

func selector(r *rewriter, e *ast.SelectorExpr) {
	if methodValue(r, e) {
		return
	}
	s := r.info.Selections[e]
	switch {
	case s == nil && isVar(r.info.Uses[e.Sel]): // of another package
		load(r, e)
	case s == nil: // package.Name
		unwrapped(r, e)
	case s.Kind() == types.FieldVal:
		load(r, e)
	case s.Kind() == types.MethodExpr && objectOf(s) != nil && r.facts.records():
		r.sites.note(e.Pos(), "method expression "+r.sites.text(e), "what it does to its receiver is not recorded")
	case s.Kind() == types.MethodExpr:
		expression(r, e, s)
	case s.Kind() == types.MethodVal:
		announce(r, e, s)
		if !objectMethod(r, e, s) && !digestMethod(r, e, s) && !headerMethod(r, e, s) && !writes(r, e, s) {
			methodOperand(r, e, s)
		}
	}
}

func isVar(obj types.Object) bool {
	_, ok := obj.(*types.Var)
	return ok
}

// unwrapped replaces a function in the table that is used as a value, where
// that can be done, and notes it where not.
func unwrapped(r *rewriter, e ast.Expr) {
	switch f, name := named(r.info, e); {
	case f == nil:
	case f.bare:
		r.rename(e, f.pkg(), f.fn)
	case f.bind:
		bound(r, e, f)
	default:
		r.sites.note(e.Pos(), "function value "+name, "only calls of it are recorded")
	}
}

// methodOperand walks the operand of a method: one with a pointer receiver
// takes its address, one that is promoted takes only a part of it.
func methodOperand(r *rewriter, e *ast.SelectorExpr, s *types.Selection) {
	recv := s.Obj().(*types.Func).Signature().Recv()
	_, pointer := recv.Type().Underlying().(*types.Pointer)
	switch {
	case readsReceiver(r, e, s):
		loadReceiver(r, e, s)
	default:
		held(r, e, s)
		loadPointer(r, e)
	}
	if pointer || len(s.Index()) > 1 {
		operand(r, e.X)
		return
	}
	r.expr(e.X)
}

// slice: the compiler (Go 1.26) stops with an internal error where it slices a
// pointer to an array that a generic function returned. The read of such a pointer
// is noted with the first index:
//
//	p[1:]   becomes   p[rt.After(1, 7, &p):]
func slice(r *rewriter, e *ast.SliceExpr) {
	_, pointer := core(r.info.TypeOf(e.X)).(*types.Pointer)
	if later, ok := r.later(); pointer && ok && later == nil && r.worthLoading(e.X) && r.repeatable(e.X) && !effects(r.info, e) {
		if e.Low != nil {
			r.wrap(e.Low, r.rt("After")+"(", fmt.Sprintf(", %d, &%s)", r.access(event.Load, e.X), r.source(e.X)))
		} else {
			r.after(e.Lbrack+1, "%s", lowAfter(r, e.X))
		}
		descend(r, e.X)
	} else {
		base(r, e.X)
	}
	r.optional(e.Low)
	r.optional(e.High)
	r.optional(e.Max)
}

// lowAfter is a first index with which the read of x is noted.
func lowAfter(r *rewriter, x ast.Expr) string {
	n := r.access(event.Load, x)
	return fmt.Sprintf("%s(0, %d, &%s)", r.rt("After"), n, r.source(x))
}

func unary(r *rewriter, e *ast.UnaryExpr) {
	switch e.Op {
	case token.AND:
		place(r, e.X)
	case token.ARROW:
		receive(r, e)
	default:
		r.expr(e.X)
	}
}

// builtin is the name of the builtin function that fun means, "" if none.
func builtin(info *types.Info, fun ast.Expr) string {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		if b, ok := info.Uses[f].(*types.Builtin); ok {
			return b.Name()
		}
	case *ast.SelectorExpr: // unsafe.Sizeof
		if b, ok := info.Uses[f.Sel].(*types.Builtin); ok {
			return "unsafe." + b.Name()
		}
	}
	return ""
}

func isType(info *types.Info, e ast.Expr) bool { return info.Types[e].IsType() }

// callsFunction reports whether a call is of the function with that full name.
func callsFunction(info *types.Info, call *ast.CallExpr, name string) bool {
	id := called(call.Fun)
	if id == nil {
		return false
	}
	fn, ok := info.Uses[id].(*types.Func)
	return ok && fn.FullName() == name
}
