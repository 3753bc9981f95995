package flow

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
)

// given says whether a library gives the channel e, as the result of a call or in a
// field or a variable of its own: then code that is not rewritten may send to it, or
// close it. A method counts as the library's if that is where it is declared, be it
// as one of an interface: ctx.Done().
func given(r *draft.Rewriting, e ast.Expr) bool {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok {
		e = ast.Unparen(call.Fun)
		if index, ok := e.(*ast.IndexExpr); ok {
			e = index.X
		}
	}
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	declared := r.Info.ObjectOf(sel.Sel)
	if _, isType := declared.(*types.TypeName); isType {
		return false // a conversion
	}
	return declared != nil && declared.Pkg() != nil && declared.Pkg() != r.Pkg
}
