package memory

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Operand rewrites the operand of a selector: as a place where it is a
// variable, as a value where it leads to one.
func Operand(r *draft.Rewriting, x ast.Expr) {
	switch r.Info.TypeOf(x).Underlying().(type) {
	case *types.Pointer, *types.Interface:
		r.Expr(x)
	default:
		Place(r, x)
	}
}

// Place walks an expression that names a variable; its value is not wanted, but
// that of what leads to it is.
func Place(r *draft.Rewriting, e ast.Expr) {
	defer r.Push(e)()
	switch e := e.(type) {
	case *ast.ParenExpr:
		Place(r, e.X)
	case *ast.SelectorExpr:
		if r.Info.Selections[e] != nil {
			loadPointer(r, e)
			Operand(r, e.X)
		}
	case *ast.IndexExpr:
		if _, ok := syntax.MapIndex(r.Info, e); ok {
			Load(r, e) // what is in a map is no variable: all of it is read
			return
		}
		base(r, e.X)
		r.Expr(e.Index)
	case *ast.StarExpr:
		r.Expr(e.X)
	case *ast.Ident:
	default: // a call, a composite literal: not a variable
		r.Instead(func() { r.Expr(e) })
	}
}

// base walks what is indexed or sliced: an array is a place, all else a value.
// What may be an array or a slice stays as it is.
func base(r *draft.Rewriting, x ast.Expr) {
	t := r.Info.TypeOf(x)
	_, array := syntax.Core(t).(*types.Array)
	switch _, slice := syntax.Core(t).(*types.Slice); {
	case array:
		Place(r, x)
	case syntax.IsTypeParam(t) && !slice:
		r.Unrecorded(func() { Place(r, x) })
	default:
		r.Expr(x)
	}
}
