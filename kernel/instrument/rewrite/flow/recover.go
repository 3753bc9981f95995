package flow

import (
	"go/ast"

	"threading101/kernel/instrument/rewrite/draft"
)

// Recover rewrites a call of recover, or returns false:
//
//	recover()   becomes   rt.Recovered(recover())
//
// It must stay a call by the deferred function itself. That of a defer or go
// statement, which does nothing, stays as it is.
func Recover(r *draft.Rewriting, call *ast.CallExpr) bool {
	switch r.Parent(1).(type) {
	case *ast.DeferStmt, *ast.GoStmt:
		return false
	}
	r.Wrap(call, r.RT("Recovered")+"(", ")")
	return true
}
