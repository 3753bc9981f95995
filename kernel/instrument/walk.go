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
		r.assign(s)
	case *ast.BlockStmt:
		r.stmts(s.List)
	case *ast.BranchStmt:
		r.branch(s)
	case *ast.CaseClause:
		r.exprs(s.List)
		r.stmts(s.Body)
	case *ast.DeclStmt:
		r.declaration(s.Decl)
	case *ast.DeferStmt:
		r.deferred(s)
	case *ast.ExprStmt:
		r.expr(s.X)
	case *ast.ForStmt:
		r.forStmt(s)
	case *ast.GoStmt:
		r.goStmt(s)
	case *ast.IfStmt:
		r.stmt(s.Init)
		r.expr(s.Cond)
		r.stmt(s.Body)
		r.stmt(s.Else)
	case *ast.IncDecStmt:
		r.incDec(s)
	case *ast.LabeledStmt:
		r.stmt(s.Stmt)
	case *ast.RangeStmt:
		r.rangeStmt(s)
	case *ast.ReturnStmt:
		r.returned(s)
	case *ast.SelectStmt:
		r.selectStmt(s)
	case *ast.SendStmt:
		r.send(s)
	case *ast.SwitchStmt:
		r.stmt(s.Init)
		r.optional(s.Tag)
		r.stmt(s.Body)
	case *ast.TypeSwitchStmt:
		r.stmt(s.Init)
		r.stmt(s.Assign)
		r.typeCases(s.Body)
	case *ast.BadStmt, *ast.CommClause, *ast.EmptyStmt:
		// nothing in them, or reached from their select
	}
}

// typeCases walks a type switch, whose cases are types.
func (r *rewriter) typeCases(body *ast.BlockStmt) {
	defer r.push(body)()
	for _, c := range body.List {
		clause := c.(*ast.CaseClause)
		leave := r.push(clause)
		r.stmts(clause.Body)
		leave()
	}
}

func (r *rewriter) declaration(d ast.Decl) {
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
func (r *rewriter) deferred(s *ast.DeferStmt) {
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
		r.call(e)
	case *ast.CompositeLit:
		r.composite(e)
	case *ast.FuncLit:
		r.literal(e)
	case *ast.Ident:
		r.unwrapped(e)
		r.load(e)
	case *ast.IndexExpr:
		r.index(e)
	case *ast.ParenExpr:
		r.expr(e.X)
	case *ast.SelectorExpr:
		r.selector(e)
	case *ast.SliceExpr:
		r.slice(e)
	case *ast.StarExpr:
		r.load(e)
	case *ast.TypeAssertExpr:
		r.expr(e.X)
	case *ast.UnaryExpr:
		r.unary(e)
	case *ast.ArrayType, *ast.BadExpr, *ast.BasicLit, *ast.ChanType, *ast.Ellipsis, *ast.FuncType,
		*ast.IndexListExpr, *ast.InterfaceType, *ast.KeyValueExpr, *ast.MapType, *ast.StructType:
		// types, constants, or reached from above
	}
}

// place walks an expression that names a variable; its value is not wanted, but
// that of what leads to it is.
func (r *rewriter) place(e ast.Expr) {
	defer r.push(e)()
	switch e := e.(type) {
	case *ast.ParenExpr:
		r.place(e.X)
	case *ast.SelectorExpr:
		if r.info.Selections[e] != nil {
			r.loadPointer(e)
			r.operand(e.X)
		}
	case *ast.IndexExpr:
		r.base(e.X)
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
func (r *rewriter) base(x ast.Expr) {
	t := r.info.TypeOf(x)
	_, array := t.Underlying().(*types.Array)
	switch _, slice := core(t).(*types.Slice); {
	case array:
		r.place(x)
	case isTypeParam(t) && !slice:
		r.plain++
		r.place(x)
		r.plain--
	default:
		r.expr(x)
	}
}

func (r *rewriter) call(e *ast.CallExpr) {
	if r.methodCall(e) || r.functionCall(e) || r.sprintCall(e) || r.mapsCall(e) || r.exit(e) || r.builtinCall(e) || r.cancelCall(e) || r.conversion(e) {
		return
	}
	r.callParts(e)
}

func (r *rewriter) callParts(e *ast.CallExpr) {
	r.expr(e.Fun)
	r.arguments(e)
}

func (r *rewriter) composite(e *ast.CompositeLit) {
	_, isStruct := r.info.TypeOf(e).Underlying().(*types.Struct)
	_, isMap := r.info.TypeOf(e).Underlying().(*types.Map)
	for i, elt := range e.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		r.handsField(e, i, elt)
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
func (r *rewriter) literal(e *ast.FuncLit) {
	plain := r.plain
	r.plain = 0
	if r.facts.recursive(r.facts.variableOf(e)) {
		r.works(e.Body)
	}
	r.stmt(e.Body)
	r.plain = plain
}

// index: an instantiated generic function is no element.
func (r *rewriter) index(e *ast.IndexExpr) {
	if r.isType(e.Index) {
		if sel, ok := e.X.(*ast.SelectorExpr); ok && r.info.Selections[sel] == nil {
			r.unwrapped(sel)
		}
		return
	}
	r.load(e)
}

func (r *rewriter) selector(e *ast.SelectorExpr) {
	if r.methodValue(e) {
		return
	}
	s := r.info.Selections[e]
	switch {
	case s == nil && isVar(r.info.Uses[e.Sel]): // of another package
		r.load(e)
	case s == nil: // package.Name
		r.unwrapped(e)
	case s.Kind() == types.FieldVal:
		r.load(e)
	case s.Kind() == types.MethodExpr && objectOf(s) != nil && r.facts.records():
		r.sites.note(e.Pos(), "method expression "+r.sites.text(e), "what it does to its receiver is not recorded")
	case s.Kind() == types.MethodExpr:
		r.expression(e, s)
	case s.Kind() == types.MethodVal:
		r.announce(e, s)
		if !r.objectMethod(e, s) && !r.digestMethod(e, s) && !r.headerMethod(e, s) && !r.writes(e, s) {
			r.methodOperand(e, s)
		}
	}
}

func isVar(obj types.Object) bool {
	_, ok := obj.(*types.Var)
	return ok
}

// unwrapped replaces a function in the table that is used as a value, where
// that can be done, and notes it where not.
func (r *rewriter) unwrapped(e ast.Expr) {
	switch f, name := r.named(e); {
	case f == nil:
	case f.bare:
		r.rename(e, f)
	case f.bind:
		r.bound(e, f)
	default:
		r.sites.note(e.Pos(), "function value "+name, "only calls of it are recorded")
	}
}

// methodOperand walks the operand of a method: one with a pointer receiver
// takes its address, one that is promoted takes only a part of it.
func (r *rewriter) methodOperand(e *ast.SelectorExpr, s *types.Selection) {
	recv := s.Obj().(*types.Func).Signature().Recv()
	_, pointer := recv.Type().Underlying().(*types.Pointer)
	switch {
	case r.readsReceiver(e, s):
		r.loadReceiver(e, s)
	default:
		r.held(e, s)
		r.loadPointer(e)
	}
	if pointer || len(s.Index()) > 1 {
		r.operand(e.X)
		return
	}
	r.expr(e.X)
}

// slice: the compiler (Go 1.26) stops with an internal error where it slices a
// pointer to an array that a generic function returned. The read of such a pointer
// is noted with the first index:
//
//	p[1:]   becomes   p[rt.After(1, 7, &p):]
func (r *rewriter) slice(e *ast.SliceExpr) {
	_, pointer := core(r.info.TypeOf(e.X)).(*types.Pointer)
	if later, ok := r.later(); pointer && ok && later == nil && r.worthLoading(e.X) && r.repeatable(e.X) && !r.effects(e) {
		if e.Low != nil {
			r.wrap(e.Low, r.rt("After")+"(", sprintf(", %d, &%s)", r.access(event.Load, e.X), r.source(e.X)))
		} else {
			r.after(e.Lbrack+1, "%s", r.lowAfter(e.X))
		}
		r.descend(e.X)
	} else {
		r.base(e.X)
	}
	r.optional(e.Low)
	r.optional(e.High)
	r.optional(e.Max)
}

// lowAfter is a first index with which the read of x is noted.
func (r *rewriter) lowAfter(x ast.Expr) string {
	n := r.access(event.Load, x)
	return sprintf("%s(0, %d, &%s)", r.rt("After"), n, r.source(x))
}

func (r *rewriter) unary(e *ast.UnaryExpr) {
	switch e.Op {
	case token.AND:
		r.place(e.X)
	case token.ARROW:
		r.receive(e)
	default:
		r.expr(e.X)
	}
}

// builtin is the name of the builtin function that fun means, "" if none.
func (r *rewriter) builtin(fun ast.Expr) string {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		if b, ok := r.info.Uses[f].(*types.Builtin); ok {
			return b.Name()
		}
	case *ast.SelectorExpr: // unsafe.Sizeof
		if b, ok := r.info.Uses[f.Sel].(*types.Builtin); ok {
			return "unsafe." + b.Name()
		}
	}
	return ""
}

func (r *rewriter) isType(e ast.Expr) bool { return r.info.Types[e].IsType() }

// calls reports whether a call is of the function with that full name.
func (r *rewriter) calls(call *ast.CallExpr, name string) bool {
	id := called(call.Fun)
	if id == nil {
		return false
	}
	fn, ok := r.info.Uses[id].(*types.Func)
	return ok && fn.FullName() == name
}
