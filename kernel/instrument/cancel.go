package instrument

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
)

// cancelCall has the call of a function that ends a context say where it is:
//
//	cancel()         becomes   rtcontext.At(7, cancel)()
//	defer cancel()   becomes   defer rtcontext.At(7, cancel)()
func cancelCall(r *rewriter, call *ast.CallExpr) bool {
	fn := map[string]string{"CancelFunc": "At", "CancelCauseFunc": "AtCause"}[contextType(r.info.TypeOf(call.Fun))]
	if fn == "" || isType(r.info, call.Fun) {
		return false
	}
	name, ok := r.cancels[object(r.info, call.Fun)]
	if !ok {
		name = r.sites.text(call.Fun)
	}
	n := r.sites.site(event.Close, call.Pos(), name+contextDone)
	r.wrap(call.Fun, fmt.Sprintf("%s(%d, ", r.from(pathContext, fn), n), ")")
	r.expr(call.Fun)
	r.exprs(call.Args)
	return true
}

// contextDone stands behind a context's name where its channel is meant.
const contextDone = ".Done()"

// contextType is the name of a type of package context, "" for any other.
func contextType(t types.Type) string {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "context" {
		return ""
	}
	return named.Obj().Name()
}
