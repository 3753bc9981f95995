package library

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// CancelCall has the call of a function that ends a context say where it is:
//
//	cancel()         becomes   rtcontext.At(7, cancel)()
//	defer cancel()   becomes   defer rtcontext.At(7, cancel)()
func CancelCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	fn := map[string]string{"CancelFunc": "At", "CancelCauseFunc": "AtCause"}[contextType(r.Info.TypeOf(call.Fun))]
	if fn == "" || syntax.IsType(r.Info, call.Fun) {
		return false
	}
	name, ok := r.Cancels[syntax.VariableOf(r.Info, call.Fun)]
	if !ok {
		name = r.Sites.Text(call.Fun)
	}
	n := r.Sites.Site(event.Close, call.Pos(), name+contextDone)
	r.Wrap(call.Fun, fmt.Sprintf("%s(%d, ", r.From(draft.PathContext, fn), n), ")")
	r.Expr(call.Fun)
	r.Exprs(call.Args)
	return true
}

// contextDone is added to a context's name where its channel is meant.
const contextDone = ".Done()"

// contextType is the name of a type of package context, "" for any other.
func contextType(t types.Type) string {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "context" {
		return ""
	}
	return named.Obj().Name()
}
