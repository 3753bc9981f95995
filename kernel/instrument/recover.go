package instrument

import "go/ast"

// recoverCall:
//
//	recover()   becomes   rt.Recovered(recover())
//
// It must stay a call by the deferred function itself. That of a defer or go
// statement, which does nothing, stays as it is.
func recoverCall(r *rewriter, call *ast.CallExpr) bool {
	switch r.parent(1).(type) {
	case *ast.DeferStmt, *ast.GoStmt:
		return false
	}
	r.wrap(call, r.rt("Recovered")+"(", ")")
	return true
}
