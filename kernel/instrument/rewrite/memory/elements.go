package memory

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
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

// WorthAppending reports whether what append does to the elements of its slice is
// to be recorded. s = append(s, v) writes s: whoever shares that variable races
// with it.
func WorthAppending(r *draft.Rewriting, call *ast.CallExpr) bool {
	x := call.Args[0]
	slice, ok := syntax.Core(r.Info.TypeOf(x)).(*types.Slice)
	if !ok || !r.Records() || !facts.Telling(slice.Elem()) || r.Facts.Everything {
		return false
	}
	return !r.Facts.Itself[call] && !r.Facts.Private(x) && !r.Facts.OwnArray(x)
}

// ElementsCall rewrites such a call, or returns false.
func ElementsCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	if !r.OneLine(call.Fun) || syntax.Spreads(r.Info, call) {
		return false
	}
	x := call.Args[0]
	switch syntax.BuiltinName(r.Info, call.Fun) {
	case "clear":
		if !r.WorthElements(x) {
			return false
		}
		elementsOf(r, "ClearSlice", call, []uint32{elements(r, event.Store, x)})
	case "copy":
		if !r.WorthElements(x) && !r.WorthElements(call.Args[1]) {
			return false
		}
		elementsOf(r, "Copy"+ofText(r.Info, call.Args[1]), call, []uint32{elementsIf(r, event.Store, x), elementsIf(r, event.Load, call.Args[1])})
	case "append":
		return appendCall(r, call)
	}
	return true
}

func appendCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	all := call.Ellipsis.IsValid()
	worth, other := WorthAppending(r, call), all && r.WorthElements(call.Args[1])
	if !worth && !other {
		return false
	}
	slice, ok := syntax.Core(r.Info.TypeOf(call.Args[0])).(*types.Slice)
	if !ok {
		return false
	}
	convert := ""
	for _, e := range call.Args[1:] {
		if tv := r.Info.Types[e]; !all && tv.Value == nil && !tv.IsNil() && (!types.Identical(tv.Type, slice.Elem()) || syntax.HasShift(e)) {
			text, ok := r.TypeText(slice.Elem(), call.Pos())
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
	elementsOf(r, "AppendAll"+ofText(r.Info, call.Args[1]), call, append(sites, elementsIf(r, event.Load, call.Args[1])))
	return true
}

// ofText is the ending of the names of functions that copy from a string.
func ofText(info *types.Info, x ast.Expr) string {
	if b, ok := syntax.Core(info.TypeOf(x)).(*types.Basic); ok && b.Info()&types.IsString != 0 {
		return "Text"
	}
	return ""
}

// elementsIf is the site of an access to elements, 0 where it is not worth one.
func elementsIf(r *draft.Rewriting, op event.Op, x ast.Expr) uint32 {
	if !r.WorthElements(x) {
		return 0
	}
	return elements(r, op, x)
}

// elementsOf puts a function of ours, and the sites, in the place of a builtin.
func elementsOf(r *draft.Rewriting, fn string, call *ast.CallExpr, sites []uint32) {
	fun := ast.Unparen(call.Fun)
	r.Swap(fun.Pos(), fun.End(), "%s", r.RT(fn))
	text := ""
	for _, n := range sites {
		text += fmt.Sprintf("%d, ", n)
	}
	r.After(call.Lparen+1, "%s", text)
	if call.Ellipsis.IsValid() {
		r.Swap(call.Ellipsis, call.Ellipsis+3, ",")
	}
	r.Exprs(call.Args)
}
