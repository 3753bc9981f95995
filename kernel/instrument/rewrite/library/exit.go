package library

import (
	"fmt"
	"go/ast"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// The ends of a goroutine and of the program.
var exitFunctions = map[string]Function{
	"runtime.Goexit": {op: event.Goexit, Fn: "Goexit"},
}

// Exit notes the end of the program before it comes:
//
//	os.Exit(code)   becomes   os.Exit(rt.Exit(7, code))
func Exit(r *draft.Rewriting, call *ast.CallExpr) bool {
	if !syntax.CallsFunction(r.Info, call, "os.Exit") || len(call.Args) != 1 {
		return false
	}
	arg := call.Args[0]
	n := r.Sites.Site(event.Exit, call.Pos(), "")
	r.Wrap(arg, fmt.Sprintf("%s(%d, ", r.RT("Exit"), n), ")")
	r.Expr(arg)
	return true
}
