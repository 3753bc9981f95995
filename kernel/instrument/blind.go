package instrument

import (
	"go/ast"
	"go/token"
	"slices"

	"threading101/kernel/event"
)

// Blind writes: what is written is the same whatever was read before. No update is
// lost by one, though it may come too late for a test.

// blindAccess makes the site of a write that depends on nothing that was read.
func (r *rewriter) blindAccess(e ast.Expr) uint32 {
	n := r.access(event.Store, e)
	r.sites.last().Blind = true
	return n
}

// written makes the site of a write of the value e to x.
func (r *rewriter) written(x, e ast.Expr) uint32 {
	n := r.access(event.Store, x)
	r.sites.last().Blind = r.blind(e)
	return n
}

// blind reports whether the value of e is always the same: a constant, nil, or a
// composite of such.
func (r *rewriter) blind(e ast.Expr) bool {
	e = ast.Unparen(e)
	if tv := r.info.Types[e]; tv.Value != nil || tv.IsNil() {
		return true
	}
	switch x := e.(type) {
	case *ast.UnaryExpr:
		return x.Op == token.AND && r.blind(x.X)
	case *ast.CompositeLit:
		return !slices.ContainsFunc(x.Elts, func(e ast.Expr) bool { return !r.blind(e) })
	case *ast.KeyValueExpr:
		return r.blind(x.Value)
	}
	return false
}
