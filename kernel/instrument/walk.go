package instrument

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
)

// The walk goes down the tree once. A construct that is rewritten has a method
// of its own in the file of its family; here is what only passes on.
//
// An expression is walked in one of two ways: expr where its value is wanted,
// place where it names a variable that is written, or whose address is taken.

func (r *rewriter) stmts(list []ast.Stmt) {
	for _, s := range list {
		r.stmt(s)
	}
}

func (r *rewriter) stmt(s ast.Stmt) {
	if s == nil {
		return
	}
	defer r.push(s)()
	switch s := s.(type) {
	case *ast.AssignStmt:
		assign(r, s)
	case *ast.BlockStmt:
		r.stmts(s.List)
	case *ast.BranchStmt:
		branch(r, s)
	case *ast.CaseClause:
		r.exprs(s.List)
		r.stmts(s.Body)
	case *ast.DeclStmt:
		declaration(r, s.Decl)
	case *ast.DeferStmt:
		deferred(r, s)
	case *ast.ExprStmt:
		r.expr(s.X)
	case *ast.ForStmt:
		forStmt(r, s)
	case *ast.GoStmt:
		goStmt(r, s)
	case *ast.IfStmt:
		r.stmt(s.Init)
		r.expr(s.Cond)
		r.stmt(s.Body)
		r.stmt(s.Else)
	case *ast.IncDecStmt:
		incDec(r, s)
	case *ast.LabeledStmt:
		r.stmt(s.Stmt)
	case *ast.RangeStmt:
		rangeStmt(r, s)
	case *ast.ReturnStmt:
		returned(r, s)
	case *ast.SelectStmt:
		selectStmt(r, s)
	case *ast.SendStmt:
		send(r, s)
	case *ast.SwitchStmt:
		r.stmt(s.Init)
		r.optional(s.Tag)
		r.stmt(s.Body)
	case *ast.TypeSwitchStmt:
		r.stmt(s.Init)
		r.stmt(s.Assign)
		typeCases(r, s.Body)
	case *ast.BadStmt, *ast.CommClause, *ast.EmptyStmt:
		// nothing in them, or reached from their select
	}
}

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

func declaration(r *rewriter, d ast.Decl) {
	g, ok := d.(*ast.GenDecl)
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
func deferred(r *rewriter, s *ast.DeferStmt) {
	r.expr(s.Call)
}

func (r *rewriter) exprs(list []ast.Expr) {
	for _, e := range list {
		r.expr(e)
	}
}

func (r *rewriter) optional(e ast.Expr) {
	if e != nil {
		r.expr(e)
	}
}

// expr walks an expression whose value is wanted.
func (r *rewriter) expr(e ast.Expr) {
	if tv := r.info.Types[e]; tv.IsType() || tv.Value != nil {
		return // types and constants do nothing at run time
	}
	defer r.push(e)()
	switch e := e.(type) {
	case *ast.BinaryExpr:
		r.expr(e.X)
		r.expr(e.Y)
	case *ast.CallExpr:
		call(r, e)
	case *ast.CompositeLit:
		composite(r, e)
	case *ast.FuncLit:
		literal(r, e)
	case *ast.Ident:
		unwrapped(r, e)
		load(r, e)
	case *ast.IndexExpr:
		index(r, e)
	case *ast.ParenExpr:
		r.expr(e.X)
	case *ast.SelectorExpr:
		selector(r, e)
	case *ast.SliceExpr:
		slice(r, e)
	case *ast.StarExpr:
		load(r, e)
	case *ast.TypeAssertExpr:
		r.expr(e.X)
	case *ast.UnaryExpr:
		unary(r, e)
	case *ast.ArrayType, *ast.BadExpr, *ast.BasicLit, *ast.ChanType, *ast.Ellipsis, *ast.FuncType,
		*ast.IndexListExpr, *ast.InterfaceType, *ast.KeyValueExpr, *ast.MapType, *ast.StructType:
		// types, constants, or reached from above
	}
}

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
		r.path = r.path[:len(r.path)-1]
		r.expr(e)
		r.path = append(r.path, e)
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
		r.plain++
		place(r, x)
		r.plain--
	default:
		r.expr(x)
	}
}

func call(r *rewriter, e *ast.CallExpr) {
	if methodCall(r, e) || functionCall(r, e) || sprintCall(r, e) || mapsCall(r, e) || exit(r, e) || builtinCall(r, e) || cancelCall(r, e) || conversion(r, e) {
		return
	}
	callParts(r, e)
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
	plain := r.plain
	r.plain = 0
	if r.facts.recursive(r.facts.variableOf(e)) {
		works(r, e.Body)
	}
	r.stmt(e.Body)
	r.plain = plain
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
			r.wrap(e.Low, r.rt("After")+"(", sprintf(", %d, &%s)", r.access(event.Load, e.X), r.source(e.X)))
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
	return sprintf("%s(0, %d, &%s)", r.rt("After"), n, r.source(x))
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

// calls reports whether a call is of the function with that full name.
func calls(info *types.Info, call *ast.CallExpr, name string) bool {
	id := called(call.Fun)
	if id == nil {
		return false
	}
	fn, ok := info.Uses[id].(*types.Func)
	return ok && fn.FullName() == name
}
