package instrument

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
)

// Conversions that copy the elements of a slice:
//
//	string(b)          becomes   string(rt.ElementsR(7, b))
//	[4]int(s)          becomes   [4]int(rt.FirstElements(7, 4, s))
//	string(b) + f()    becomes   string(b) + rt.ElementsRAfter(f(), 7, b)

// copiesElements reports whether a call is such a conversion, of elements that
// others may change.
func copiesElements(r *rewriter, call *ast.CallExpr) bool {
	if !isType(r.info, call.Fun) || len(call.Args) != 1 || !keepsElements(r.info, call.Args[0]) || r.facts.makes(call.Args[0]) {
		return false
	}
	switch r.info.TypeOf(call).Underlying().(type) {
	case *types.Array, *types.Basic:
		return r.worthElements(call.Args[0])
	}
	return false
}

// keepsElements reports whether somebody may have what e leads to: it is not made
// by a conversion of its own.
func keepsElements(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return !isType(info, e.Fun) && builtin(info, e.Fun) == ""
	case *ast.CompositeLit:
		return false
	}
	_, slice := info.TypeOf(e).Underlying().(*types.Slice)
	return slice && !info.Types[e].IsNil()
}

// conversion rewrites one, or returns false. As with a variable, Go copies once all
// that stands further right was called.
func conversion(r *rewriter, call *ast.CallExpr) bool {
	if !copiesElements(r, call) {
		return false
	}
	s := call.Args[0]
	array, isArray := r.info.TypeOf(call).Underlying().(*types.Array)
	switch later, ok := r.later(); {
	case !ok || later != nil && (isArray || !r.repeatable(s)):
		return false
	case later != nil:
		r.wrap(later, r.rt("ElementsRAfter")+"(", fmt.Sprintf(", %d, %s)", elements(r, event.Load, s), r.source(s)))
	case isArray:
		r.wrap(s, fmt.Sprintf("%s(%d, %d, ", r.rt("FirstElements"), elements(r, event.Load, s), array.Len()), ")")
	default:
		r.wrap(s, fmt.Sprintf("%s(%d, ", r.rt("ElementsR"), elements(r, event.Load, s)), ")")
	}
	r.exprs(call.Args)
	return true
}
