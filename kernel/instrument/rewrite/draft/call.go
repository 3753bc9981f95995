package draft

import (
	"fmt"
	"go/ast"
	"go/types"
)

// Discarded says whether nobody looks at the result of the call in hand.
func Discarded(r *Rewriting) bool {
	switch r.Parent(1).(type) {
	case *ast.ExprStmt, *ast.DeferStmt:
		return true
	}
	return false
}

// FirstArg puts a site before the arguments of a call.
func (r *Rewriting) FirstArg(call *ast.CallExpr, n uint32) {
	switch {
	case len(call.Args) > 0:
		r.After(call.Lparen+1, "%d, ", n)
	case r.Between(call.Lparen+1, call.Rparen) != "":
		r.After(call.Lparen+1, "%d,", n)
	default:
		r.After(call.Lparen+1, "%d", n)
	}
}

// Rename puts the recorder's function in the place of the library's.
func (r *Rewriting) Rename(fun ast.Expr, path, fn string) {
	r.KeepUsed(fun)
	name := r.From(path, fn)
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		r.Swap(sel.X.Pos(), sel.X.End(), "%s", r.names[path])
		r.Swap(sel.Sel.Pos(), sel.Sel.End(), "%s", fn)
		return
	}
	r.Swap(fun.Pos(), fun.End(), "%s", name)
}

// Shape is the name of the recorder's function that binds a function of a
// signature.
func Shape(name string, sig *types.Signature) string {
	if sig.Variadic() {
		name += "V"
	}
	return fmt.Sprintf("%s%dR%d", name, sig.Params().Len(), sig.Results().Len())
}
