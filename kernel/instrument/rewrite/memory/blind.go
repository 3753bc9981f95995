package memory

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
)

// Blind writes: what is written is the same whatever was read before. Such a write
// loses no update, though it may come too late for a test.

// BlindAccess makes the site of a write that depends on nothing that was read.
func BlindAccess(r *draft.Rewriting, e ast.Expr) uint32 {
	n := r.Access(event.Store, e)
	r.Sites.Last().Blind = true
	return n
}

// written makes the site of a write of the value e to x.
func written(r *draft.Rewriting, x, e ast.Expr) uint32 {
	n := r.Access(event.Store, x)
	r.Sites.Last().Blind = blind(r.Info, e)
	return n
}

// blind reports whether the value of e is always the same: a constant, nil, or a
// composite of such.
func blind(info *types.Info, e ast.Expr) bool {
	e = ast.Unparen(e)
	if tv := info.Types[e]; tv.Value != nil || tv.IsNil() {
		return true
	}
	switch x := e.(type) {
	case *ast.UnaryExpr:
		return x.Op == token.AND && blind(info, x.X)
	case *ast.CompositeLit:
		return !slices.ContainsFunc(x.Elts, func(e ast.Expr) bool { return !blind(info, e) })
	case *ast.KeyValueExpr:
		return blind(info, x.Value)
	}
	return false
}
