package memory

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Load walks an identifier, a selector of a field, an index expression or an
// indirection whose value is wanted.
func Load(r *draft.Rewriting, e ast.Expr) {
	if x, ok := syntax.MapIndex(r.Info, e); ok {
		if !LoadMap(r, x.X, x.Index) {
			r.Expr(x.X)
		}
		r.Expr(x.Index)
		return
	}
	if !r.WorthLoading(e) {
		descend(r, e)
		return
	}
	later, ok := r.Later()
	switch {
	case ok && later == nil:
		n := r.Access(event.Load, e)
		r.Wrap(e, fmt.Sprintf("%s(%d, &", r.RT(loader(r, r.Info.TypeOf(e))), n), ")")
		descend(r, e)
	case ok && r.Repeatable(e):
		n := r.Access(event.Load, e)
		r.Wrap(later, r.RT("After"+ofLock(r.Info.TypeOf(e)))+"(", fmt.Sprintf(", %d, &%s)", n, r.Source(e)))
		r.ReadLate(later)
		descend(r, e)
	default:
		leave(r, e)
	}
}

// loader is the recorder's function for the read of a variable of a type.
func loader(r *draft.Rewriting, t types.Type) string {
	if lock := ofLock(t); lock != "" {
		return "Load" + lock
	}
	return "Load" + r.Too()
}

// ofLock is the ending of the names of those for what is a lock, or has one in it.
func ofLock(t types.Type) string {
	if syntax.HoldsLock(t) {
		return "Lock"
	}
	return ""
}

// descend walks what leads to a variable.
func descend(r *draft.Rewriting, e ast.Expr) {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		loadPointer(r, e)
		if r.Info.Selections[e] != nil {
			Operand(r, e.X)
		}
	case *ast.IndexExpr:
		base(r, e.X)
		r.Expr(e.Index)
	case *ast.StarExpr:
		r.Expr(e.X)
	}
}

// leave walks an expression without noting any reads in it.
func leave(r *draft.Rewriting, e ast.Expr) {
	r.Unrecorded(func() { descend(r, e) })
}
