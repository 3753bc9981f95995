package flow

import (
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/syntax"
)

// Len walks a call of len or cap, or returns false. The length of an array is a constant, or would be without the calls
// in it; nothing is read. That of a map reads it.
func Len(r *draft.Rewriting, call *ast.CallExpr) bool {
	x := call.Args[0]
	switch r.Info.TypeOf(x).Underlying().(type) {
	case *types.Map:
		return memory.LoadMap(r, x, nil)
	case *types.Array, *types.Pointer:
		memory.Array(r, x)
		return true
	case *types.Chan:
		return lenChannel(r, call)
	}
	return false
}

// lenChannel rewrites len(ch) into rt.Len(7, ch). The length depends on how far
// other goroutines are, and some loops wait by polling it.
func lenChannel(r *draft.Rewriting, call *ast.CallExpr) bool {
	fun := ast.Unparen(call.Fun)
	if ofTimer(r, call.Args[0]) {
		r.Swap(fun.Pos(), fun.End(), "%s", r.RT(map[string]string{"len": "LenTimer", "cap": "CapTimer"}[syntax.BuiltinName(r.Info, fun)]))
		r.Exprs(call.Args)
		return true
	}
	if syntax.BuiltinName(r.Info, fun) != "len" || !r.Facts.Ticks() || syntax.IsTypeParam(r.Info.TypeOf(call.Args[0])) {
		return false
	}
	name := "Len"
	if c := r.Info.TypeOf(call.Args[0]).Underlying().(*types.Chan); c.Dir() == types.SendOnly {
		name = "LenS"
	}
	n := r.Sites.Site(event.None, call.Pos(), r.Sites.Text(call.Args[0]))
	r.Swap(fun.Pos(), fun.End(), "%s", r.RT(name))
	r.FirstArg(call, n)
	r.Exprs(call.Args)
	return true
}

// ofTimer says whether x is the channel of a timer or of a ticker: since Go 1.23 it has
// no room for anything, as far as anybody sees.
func ofTimer(r *draft.Rewriting, x ast.Expr) bool {
	sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
	if !ok || r.Info.Selections[sel] == nil {
		return false
	}
	field := r.Info.Selections[sel].Obj()
	return field.Pkg() != nil && field.Pkg().Path() == "time" && field.Name() == "C"
}
