package library

import (
	"go/ast"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// mapsFunctions are the functions of package maps that walk one, and ours.
var mapsFunctions = map[string]string{"maps.All": "All", "maps.Keys": "AllKeys", "maps.Values": "AllValues"}

// MapsCall rewrites a call of one of them, or returns false:
//
//	maps.Keys(m)   becomes   rtmap.AllKeys(7, m)
//
// which returns an iterator of the same type. Function values, and calls with
// type arguments, stay plain.
func MapsCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	fn := syntax.CalledFunc(r.Info, call.Fun)
	if fn == nil || len(call.Args) != 1 {
		return false
	}
	ours, ok := mapsFunctions[fn.FullName()]
	if !ok {
		return false
	}
	m := call.Args[0]
	n := uint32(0)
	if r.WorthMap(m) {
		n = r.Access(event.Load, m)
	}
	r.Rename(call.Fun, draft.PathMap, ours)
	r.FirstArg(call, n)
	r.Expr(m)
	return true
}
