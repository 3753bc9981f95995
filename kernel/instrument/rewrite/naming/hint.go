package naming

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Hint is what a goroutine that runs fun is called for want of a better name.
func Hint(r *draft.Rewriting, fun ast.Expr) string {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return selectorHint(r.Info, fun)
	case *ast.IndexExpr:
		return Hint(r, fun.X)
	case *ast.IndexListExpr:
		return Hint(r, fun.X)
	case *ast.FuncLit:
		return literalHint(r, fun)
	}
	return anonymous
}

func selectorHint(info *types.Info, sel *ast.SelectorExpr) string {
	s := info.Selections[sel]
	if s == nil { // package.Func
		return sel.Sel.Name
	}
	t := s.Recv()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return t.Obj().Name() + "." + sel.Sel.Name
	case *types.TypeParam:
		return t.Obj().Name() + "." + sel.Sel.Name
	}
	return sel.Sel.Name
}

// literalHint looks into a function literal: one that, but for defer
// statements, only calls something is called after that.
func literalHint(r *draft.Rewriting, lit *ast.FuncLit) string {
	call := syntax.OnlyCall(lit)
	if call == nil || syntax.BuiltinName(r.Info, call.Fun) != "" || syntax.IsType(r.Info, call.Fun) || ofLibrary(r, call.Fun) {
		return anonymous
	}
	return Hint(r, call.Fun)
}

// ofLibrary reports whether fun names a function or method of another package.
func ofLibrary(r *draft.Rewriting, fun ast.Expr) bool {
	var id *ast.Ident
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return false
	}
	obj := r.Info.Uses[id]
	return obj != nil && obj.Pkg() != r.Pkg
}
