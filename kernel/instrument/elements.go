package instrument

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
)

// Builtin functions that read and write the elements of slices:
//
//	copy(d, s)          becomes   rt.Copy(7, 8, d, s)
//	append(s, a, b)     becomes   rt.Append(7, 8, s, a, b)
//	append(s, t...)     becomes   rt.AppendAll(7, 8, 9, s, t)
//	clear(s)            becomes   rt.ClearSlice(7, s)
//
// append writes behind the elements of s where there is room, and reads them
// where there is none. A site of 0 is not recorded.

// worthAppending reports whether what append does to the elements of its slice is
// to be recorded. s = append(s, v) writes s: who has that variable races with it.
func worthAppending(r *rewriter, call *ast.CallExpr) bool {
	x := call.Args[0]
	slice, ok := r.info.TypeOf(x).Underlying().(*types.Slice)
	if !ok || isTypeParam(r.info.TypeOf(x)) || !r.records() || !telling(slice.Elem()) || r.facts.everything {
		return false
	}
	return !r.facts.itself[call] && !r.facts.private(x) && appendable(x)
}

// appendable reports whether others may have the array that append may write to:
// x is a variable, or a part of one, as in append(s[:i], s[i+1:]...).
func appendable(x ast.Expr) bool {
	return variable(sliced(x))
}

// sliced is what an expression is a part of: s for s[i:][:j].
func sliced(x ast.Expr) ast.Expr {
	for {
		s, ok := ast.Unparen(x).(*ast.SliceExpr)
		if !ok {
			return x
		}
		x = s.X
	}
}

// appendsToItself marks s = append(s, v), unless another variable may have the same
// array.
func (g *gatherer) appendsToItself(s *ast.AssignStmt) {
	if len(s.Lhs) != 1 || len(s.Rhs) != 1 {
		return
	}
	call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	id := called(call.Fun)
	if id == nil {
		return
	}
	if b, ok := g.info.Uses[id].(*types.Builtin); ok && b.Name() == "append" && types.ExprString(call.Args[0]) == types.ExprString(s.Lhs[0]) && !g.hasAnothers(s.Lhs[0]) {
		g.itself[call] = true
	}
}

// hasAnothers reports whether the array of a slice may be that of another variable:
// x is a parameter, or was given another one's value.
func (g *gatherer) hasAnothers(x ast.Expr) bool {
	v, ok := object(g.info, x).(*types.Var)
	return ok && (v.Kind() == types.ParamVar || g.anothers[v])
}

// gives marks a variable that is given a part, or the whole, of another slice.
func (g *gatherer) gives(x, e ast.Expr) {
	v, ok := object(g.info, x).(*types.Var)
	if !ok || !appendable(e) || object(g.info, sliced(e)) == v {
		return
	}
	if _, slice := v.Type().Underlying().(*types.Slice); slice {
		g.anothers[v] = true
	}
}

// elementsCall rewrites such a call, or returns false.
func elementsCall(r *rewriter, call *ast.CallExpr) bool {
	if !r.oneLine(call.Fun) || spreads(r.info, call) {
		return false
	}
	x := call.Args[0]
	switch builtin(r.info, call.Fun) {
	case "clear":
		if !r.worthElements(x) {
			return false
		}
		elementsOf(r, "ClearSlice", call, []uint32{elements(r, event.Store, x)})
	case "copy":
		if !r.worthElements(x) && !r.worthElements(call.Args[1]) || isTypeParam(r.info.TypeOf(call.Args[1])) {
			return false
		}
		elementsOf(r, "Copy"+ofText(r.info, call.Args[1]), call, []uint32{elementsIf(r, event.Store, x), elementsIf(r, event.Load, call.Args[1])})
	case "append":
		return appendCall(r, call)
	}
	return true
}

func appendCall(r *rewriter, call *ast.CallExpr) bool {
	all := call.Ellipsis.IsValid()
	worth, other := worthAppending(r, call), all && r.worthElements(call.Args[1])
	if !worth && !other {
		return false
	}
	slice, ok := r.info.TypeOf(call.Args[0]).Underlying().(*types.Slice)
	if !ok || isTypeParam(r.info.TypeOf(call.Args[0])) || all && isTypeParam(r.info.TypeOf(call.Args[1])) {
		return false
	}
	convert := ""
	for _, e := range call.Args[1:] {
		if tv := r.info.Types[e]; !all && tv.Value == nil && !tv.IsNil() && (!types.Identical(tv.Type, slice.Elem()) || shift(e)) {
			text, ok := r.typeText(slice.Elem(), call.Pos())
			if !ok {
				return false
			}
			convert = "[" + text + "]"
		}
	}
	sites := []uint32{0, 0}
	if worth {
		sites = []uint32{elements(r, event.Load, call.Args[0]), elements(r, event.Store, call.Args[0])}
	}
	if !all {
		elementsOf(r, "Append"+convert, call, sites)
		return true
	}
	elementsOf(r, "AppendAll"+ofText(r.info, call.Args[1]), call, append(sites, elementsIf(r, event.Load, call.Args[1])))
	return true
}

// ofText is how the name of a function ends that copies from a string.
func ofText(info *types.Info, x ast.Expr) string {
	if b, ok := info.TypeOf(x).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
		return "Text"
	}
	return ""
}

// elementsIf is the site of an access to elements, 0 where it is not worth one.
func elementsIf(r *rewriter, op event.Op, x ast.Expr) uint32 {
	if !r.worthElements(x) {
		return 0
	}
	return elements(r, op, x)
}

// elementsOf puts a function of ours, and the sites, in the place of a builtin.
func elementsOf(r *rewriter, fn string, call *ast.CallExpr, sites []uint32) {
	fun := ast.Unparen(call.Fun)
	r.swap(fun.Pos(), fun.End(), "%s", r.rt(fn))
	text := ""
	for _, n := range sites {
		text += fmt.Sprintf("%d, ", n)
	}
	r.after(call.Lparen+1, "%s", text)
	if call.Ellipsis.IsValid() {
		r.swap(call.Ellipsis, call.Ellipsis+3, ",")
	}
	r.exprs(call.Args)
}
