package memory

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Conversions that copy the elements of a slice:
//
//	string(b)          becomes   string(rt.ElementsR(7, b))
//	[4]int(s)          becomes   [4]int(rt.FirstElements(7, 4, s))
//	string(b) + f()    becomes   string(b) + rt.ElementsRAfter(f(), 7, b)

// CopiesElements reports whether a call is such a conversion, of elements that
// others may change.
func CopiesElements(r *draft.Rewriting, call *ast.CallExpr) bool {
	if !syntax.IsType(r.Info, call.Fun) || len(call.Args) != 1 || !keepsElements(r.Info, call.Args[0]) || r.Facts.Makes(call.Args[0]) {
		return false
	}
	switch r.Info.TypeOf(call).Underlying().(type) {
	case *types.Array, *types.Basic:
		return r.WorthElements(call.Args[0])
	}
	return false
}

// keepsElements reports whether others may have what e leads to: it is not made by a
// conversion of its own.
func keepsElements(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return !syntax.IsType(info, e.Fun) && syntax.BuiltinName(info, e.Fun) == ""
	case *ast.CompositeLit:
		return false
	}
	_, slice := syntax.Core(info.TypeOf(e)).(*types.Slice)
	return slice && !info.Types[e].IsNil()
}

// Conversion rewrites one, or returns false. As with a variable, Go copies once all
// calls further right have returned.
func Conversion(r *draft.Rewriting, call *ast.CallExpr) bool {
	if !CopiesElements(r, call) {
		return false
	}
	s := call.Args[0]
	array, isArray := r.Info.TypeOf(call).Underlying().(*types.Array)
	switch later, ok := r.Later(); {
	case !ok || later != nil && (isArray || !r.Repeatable(s)):
		return false
	case later != nil:
		r.Wrap(later, r.RT("ElementsRAfter")+"(", fmt.Sprintf(", %d, %s)", elements(r, event.Load, s), r.Source(s)))
	case isArray:
		r.Wrap(s, fmt.Sprintf("%s(%d, %d, ", r.RT("FirstElements"), elements(r, event.Load, s), array.Len()), ")")
	default:
		r.Wrap(s, fmt.Sprintf("%s(%d, ", r.RT("ElementsR"), elements(r, event.Load, s)), ")")
	}
	r.Exprs(call.Args)
	return true
}
