package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/event"
)

// Reads of variables that others can reach:
//
//	x, p.f, s[i], *p     become   rt.Load(7, &x), rt.Load(7, &p.f), …
//	m[k]                 becomes  rt.MapRKey(7, m, k)[k]    where k can be evaluated twice
//	m[k], range m        become   rt.MapR(7, m)[k], range rt.MapR(7, m)
//
// Go calls the functions in an expression first and reads variables last. Where
// something is called further right in the same statement, the read stays where
// it is and is noted once that call returned:
//
//	x + f()              becomes  x + rt.After(f(), 7, &x)
//	x + f() + y          becomes  x + rt.After(f(), 7, &x) + rt.LoadToo(8, &y)

// load walks an identifier, a selector of a field, an index expression or an
// indirection whose value is wanted.
func load(r *rewriter, e ast.Expr) {
	if x, ok := mapIndex(r.info, e); ok {
		if !loadMap(r, x.X, x.Index) {
			r.expr(x.X)
		}
		r.expr(x.Index)
		return
	}
	if !r.worthLoading(e) {
		descend(r, e)
		return
	}
	later, ok := r.later()
	switch {
	case ok && later == nil:
		n := r.access(event.Load, e)
		r.wrap(e, fmt.Sprintf("%s(%d, &", r.rt("Load"+r.too()), n), ")")
		descend(r, e)
	case ok && r.repeatable(e):
		n := r.access(event.Load, e)
		r.wrap(later, r.rt("After")+"(", fmt.Sprintf(", %d, &%s)", n, r.source(e)))
		r.readLate(later)
		descend(r, e)
	default:
		leave(r, e)
	}
}

// too is how the name ends of what notes a read that Go makes together with
// another, noted before it: in x + f() + y both x and y once f returned.
func (r *rewriter) too() string {
	if r.late != nil && r.late == r.statement() && !slices.Contains(r.path, ast.Node(r.called)) {
		return "Too"
	}
	return ""
}

// readLate remembers that a read in the statement in hand was noted once an
// operand, in which something is called, was evaluated.
func (r *rewriter) readLate(called ast.Expr) { r.late, r.called = r.statement(), called }

// statement is the innermost that the node in hand is part of.
func (r *rewriter) statement() ast.Node {
	for i := len(r.path) - 1; i >= 0; i-- {
		switch r.path[i].(type) {
		case ast.Stmt, *ast.FuncLit, *ast.ValueSpec, *ast.CaseClause:
			return r.path[i]
		}
	}
	return nil
}

// loadMap notes a read of the map that e is, or returns false. key is that of the
// element that is read, nil if it is not one.
func loadMap(r *rewriter, e, key ast.Expr) bool {
	if !r.worthMap(e) {
		return false
	}
	later, ok := r.laterThan(e)
	switch {
	case ok && later == nil:
		n := r.access(event.Load, e)
		wrapMap(r, "MapR", n, e, key)
		r.expr(e)
		return true
	case ok && r.repeatable(e):
		n := r.access(event.Load, e)
		r.wrap(later, r.rt("MapRAfter")+"(", fmt.Sprintf(", %d, %s)", n, r.source(e)))
		leave(r, e)
		return true
	}
	return false
}

// lenCall: the length of an array is a constant, or would be without the calls
// in it; nothing is read. That of a map reads it.
func lenCall(r *rewriter, call *ast.CallExpr) bool {
	x := call.Args[0]
	switch r.info.TypeOf(x).Underlying().(type) {
	case *types.Map:
		return loadMap(r, x, nil)
	case *types.Array, *types.Pointer:
		array(r, x)
		return true
	case *types.Chan:
		return lenChannel(r, call)
	}
	return false
}

// lenChannel: len(ch) becomes rt.Len(7, ch). What it says depends on how far
// others are, and some loops wait by it.
func lenChannel(r *rewriter, call *ast.CallExpr) bool {
	fun := ast.Unparen(call.Fun)
	if builtin(r.info, fun) != "len" || !r.facts.ticks() || isTypeParam(r.info.TypeOf(call.Args[0])) {
		return false
	}
	name := "Len"
	if c := r.info.TypeOf(call.Args[0]).Underlying().(*types.Chan); c.Dir() == types.SendOnly {
		name = "LenS"
	}
	n := r.sites.site(event.None, call.Pos(), r.sites.text(call.Args[0]))
	r.swap(fun.Pos(), fun.End(), "%s", r.rt(name))
	r.firstArg(call, n)
	r.exprs(call.Args)
	return true
}

// mapCall: delete and clear write a map.
func mapCall(r *rewriter, call *ast.CallExpr) bool {
	m := call.Args[0]
	if !r.worthMap(m) || len(call.Args) > 1 && effects(r.info, call.Args[1]) {
		return false
	}
	var key ast.Expr
	if len(call.Args) > 1 {
		key = call.Args[1]
	}
	wrapMap(r, "MapW", blindAccess(r, m), m, key)
	r.exprs(call.Args)
	return true
}

// wrapMap lets a function of the recorder note an access to the map that e is, at
// site n: to the element of key, if that can be evaluated twice.
func wrapMap(r *rewriter, fn string, n uint32, e, key ast.Expr) {
	if text := keyText(r, e, key); text != "" {
		r.wrap(e, fmt.Sprintf("%s(%d, ", r.rt(fn+"Key"), n), fmt.Sprintf(", %s)", text))
		return
	}
	r.wrap(e, fmt.Sprintf("%s(%d, ", r.rt(fn), n), ")")
}

// keyText is the key of an element of the map that m is, to be written a second
// time; "" where evaluating it is a matter of its own, or its type another than
// that of the map's keys.
func keyText(r *rewriter, m, key ast.Expr) string {
	t, ok := r.info.TypeOf(m).Underlying().(*types.Map)
	if !ok || key == nil || isTypeParam(r.info.TypeOf(m)) || !r.oneLine(key) {
		return ""
	}
	tv := r.info.Types[key]
	if tv.Value == nil && !plainKey(r, key) || !types.Identical(tv.Type, t.Key()) {
		return "" // else the recorder's function would not have the type that m has
	}
	return string(r.source(key))
}

// plainKey reports whether a key is a variable that no other goroutine changes, or a
// field of one.
func plainKey(r *rewriter, e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return !r.worthLoading(x)
	case *ast.SelectorExpr:
		s := r.info.Selections[x]
		return s != nil && s.Kind() == types.FieldVal && !s.Indirect() && !r.worthLoading(x) && plainKey(r, x.X)
	}
	return false
}

// access makes the site of a read or write of the variable that e names.
func (r *rewriter) access(op event.Op, e ast.Expr) uint32 {
	n := r.sites.site(op, e.Pos(), r.sites.text(e))
	r.noted.access(op, e)
	r.sites.last().Kind = kindOf(r.info.TypeOf(e))
	if op == event.Load {
		r.sites.last().Test = r.test(e)
	}
	return n
}

// repeatable reports whether e can be written, and evaluated, a second time.
func (r *rewriter) repeatable(e ast.Expr) bool { return pure(r.info, e) && r.oneLine(e) }

// descend walks what leads to a variable.
func descend(r *rewriter, e ast.Expr) {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		loadPointer(r, e)
		if r.info.Selections[e] != nil {
			operand(r, e.X)
		}
	case *ast.IndexExpr:
		base(r, e.X)
		r.expr(e.Index)
	case *ast.StarExpr:
		r.expr(e.X)
	}
}

// leave walks an expression without noting any reads in it.
func leave(r *rewriter, e ast.Expr) {
	r.unrecorded(func() { descend(r, e) })
}

// mapIndex returns e as an element of a map.
func mapIndex(info *types.Info, e ast.Expr) (*ast.IndexExpr, bool) {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return nil, false
	}
	t := info.TypeOf(x.X)
	if t == nil || isTypeParam(t) {
		return nil, false
	}
	_, ok = t.Underlying().(*types.Map)
	return x, ok
}

// later finds what is called, in the statement in hand, after the expression in
// hand was evaluated: the operand that has the calls. It is nil if there are
// none; ok is false where there are, but none that could be wrapped.
func (r *rewriter) later() (e ast.Expr, ok bool) {
	n := len(r.path) - 1
	return r.following(r.path[n], n-1)
}

// laterThan is later for an operand of the expression in hand.
func (r *rewriter) laterThan(operand ast.Expr) (e ast.Expr, ok bool) {
	return r.following(operand, len(r.path)-1)
}

func (r *rewriter) following(child ast.Node, up int) (e ast.Expr, ok bool) {
	ok = true
	for ; up >= 0; up-- {
		parent := r.path[up]
		if parent == child {
			continue
		}
		if b, isBinary := parent.(*ast.BinaryExpr); isBinary && (b.Op == token.LAND || b.Op == token.LOR) {
			return e, ok // Go evaluates all of it before what stands further right
		}
		for _, x := range after(operands(parent), child) {
			if effects(r.info, x) {
				e = wrapPoint(r.info, parent, x)
				ok = e != nil
			}
		}
		switch parent.(type) {
		case ast.Stmt, *ast.FuncLit, *ast.ValueSpec, *ast.CaseClause:
			return e, ok
		}
		child = parent
	}
	return e, ok
}

// wrapPoint is the operand x of a node, or the part of it in which the last call
// is made, whichever can be wrapped; nil if neither can.
func wrapPoint(info *types.Info, parent ast.Node, x ast.Expr) ast.Expr {
	if wrappableOperand(info, parent, x) {
		return x
	}
	var parts []ast.Expr
	switch x := x.(type) {
	case *ast.BinaryExpr:
		if x.Op != token.LAND && x.Op != token.LOR {
			parts = []ast.Expr{x.X, x.Y}
		}
	case *ast.CallExpr:
		if harmless[builtin(info, x.Fun)] {
			parts = x.Args
		}
	case *ast.CompositeLit:
		parts = x.Elts
	case *ast.IndexExpr:
		parts = []ast.Expr{x.X, x.Index}
	case *ast.KeyValueExpr:
		parts = []ast.Expr{x.Key, x.Value}
	case *ast.ParenExpr:
		parts = []ast.Expr{x.X}
	case *ast.SelectorExpr:
		parts = []ast.Expr{x.X}
	case *ast.StarExpr:
		parts = []ast.Expr{x.X}
	case *ast.UnaryExpr:
		if x.Op != token.ARROW {
			parts = []ast.Expr{x.X}
		}
	}
	for _, part := range slices.Backward(parts) {
		if effects(info, part) {
			return wrapPoint(info, x, part)
		}
	}
	return nil
}

// after returns the operands behind child.
func after(list []ast.Expr, child ast.Node) []ast.Expr {
	for i, e := range list {
		if e == child {
			return list[i+1:]
		}
	}
	return nil
}

// operands lists the operands of a node in the order in which they are
// evaluated.
func operands(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return append(append([]ast.Expr{}, n.Lhs...), n.Rhs...)
	case *ast.BinaryExpr:
		return []ast.Expr{n.X, n.Y}
	case *ast.CallExpr:
		return append([]ast.Expr{n.Fun}, n.Args...)
	case *ast.CompositeLit:
		return n.Elts
	case *ast.IndexExpr:
		return []ast.Expr{n.X, n.Index}
	case *ast.KeyValueExpr:
		return []ast.Expr{n.Key, n.Value}
	case *ast.ReturnStmt:
		return n.Results
	case *ast.SelectorExpr:
		return []ast.Expr{n.X}
	case *ast.SendStmt:
		return []ast.Expr{n.Chan, n.Value}
	case *ast.SliceExpr:
		list := []ast.Expr{n.X}
		for _, e := range []ast.Expr{n.Low, n.High, n.Max} {
			if e != nil {
				list = append(list, e)
			}
		}
		return list
	case *ast.ValueSpec:
		return n.Values
	}
	return nil
}

// wrappableOperand reports whether an operand can become the argument of a
// generic function that returns it: it must have one value, and, standing
// alone, the type that it has where it stands.
func wrappableOperand(info *types.Info, parent ast.Node, e ast.Expr) bool {
	if _, ok := e.(*ast.KeyValueExpr); ok {
		return false
	}
	if s, ok := parent.(*ast.AssignStmt); ok && slices.Contains(s.Lhs, e) {
		return false
	}
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
		return false // {1, f()} in a literal of such
	}
	t := info.TypeOf(e)
	if _, tuple := t.(*types.Tuple); tuple || t == nil {
		return false
	}
	return typed(info, e) && !keptAlive(info, e)
}

// typed reports whether e has its type by itself and not from where it stands,
// as an untyped constant or comparison has.
func typed(info *types.Info, e ast.Expr) bool {
	tv := info.Types[e]
	if tv.Value != nil || tv.IsNil() {
		return false
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return typed(info, e.X)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW || e.Op == token.AND || typed(info, e.X)
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ, token.LAND, token.LOR:
			return types.Identical(tv.Type, types.Typ[types.Bool])
		case token.SHL, token.SHR:
			return typed(info, e.X)
		}
		return typed(info, e.X) || typed(info, e.Y)
	case *ast.CallExpr:
		if name := builtin(info, e.Fun); name == "min" || name == "max" || name == "complex" || name == "real" || name == "imag" {
			return false
		}
	}
	return true
}

// worthLoading, and its like, say whether an access to e is to be recorded here.
func (r *rewriter) worthLoading(e ast.Expr) bool { return r.plain == 0 && r.facts.worthLoading(e) }

func (r *rewriter) worthStoring(e ast.Expr) bool { return r.plain == 0 && r.facts.worthStoring(e) }

func (r *rewriter) worthMap(e ast.Expr) bool { return r.plain == 0 && r.facts.worthMap(e) }

func (r *rewriter) worthElements(e ast.Expr) bool { return r.plain == 0 && r.facts.worthElements(e) }

// records reports whether accesses are recorded at all where the walk is.
func (r *rewriter) records() bool { return r.plain == 0 && r.facts.records() }

// test is what depends on the read of e, the expression in hand.
func (r *rewriter) test(e ast.Expr) *event.Test {
	return r.facts.test(r.path, func(p token.Pos) int { return r.fset.PositionFor(p, false).Line }, e)
}
