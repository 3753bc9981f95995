package flow

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/syntax"
)

// Range rewrites a range statement: over a channel each value is received, a map is walked, as is a slice
// whose elements others may change; over all else, what is ranged over is read
// once.
func Range(r *draft.Rewriting, s *ast.RangeStmt) {
	switch syntax.Core(r.Info.TypeOf(s.X)).(type) {
	case *types.Chan:
		if rangeChannel(r, s) {
			return
		}
		r.Expr(s.X)
	case *types.Map:
		if memory.RangeMap(r, s) {
			return
		}
		if !memory.LoadMap(r, s.X, nil) {
			r.Expr(s.X)
		}
	case *types.Slice:
		if memory.RangeSlice(r, s) {
			return
		}
		memory.RangePlain(r, s)
		r.Expr(s.X)
	case *types.Array:
		if memory.RangePlain(r, s); syntax.Wanted(s.Value) {
			r.Expr(s.X)
		} else {
			memory.Array(r, s.X)
		}
	case *types.Pointer:
		if memory.RangeSlice(r, s) {
			return
		}
		memory.RangePlain(r, s)
		memory.Array(r, s.X)
	case *types.Signature:
		tick(r, "Tick", s.For, s.Body)
		memory.RangePlain(r, s)
		r.Expr(s.X)
	case *types.Basic:
		worksInRange(r, s)
		memory.RangePlain(r, s)
		r.Expr(s.X)
	default:
		memory.RangePlain(r, s)
		r.Expr(s.X)
	}
	r.Stmt(s.Body)
}
