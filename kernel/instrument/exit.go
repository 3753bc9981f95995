package instrument

import (
	"fmt"
	"go/ast"

	"threading101/kernel/event"
)

// The ends of a goroutine and of the program.
var exitFunctions = map[string]function{
	"runtime.Goexit": {op: event.Goexit, fn: "Goexit"},
}

// exit notes the end of the program before it comes:
//
//	os.Exit(code)   becomes   os.Exit(rt.Exit(7, code))
func exit(r *rewriter, call *ast.CallExpr) bool {
	if !callsFunction(r.info, call, "os.Exit") || len(call.Args) != 1 {
		return false
	}
	arg := call.Args[0]
	n := r.sites.site(event.Exit, call.Pos(), "")
	r.wrap(arg, fmt.Sprintf("%s(%d, ", r.rt("Exit"), n), ")")
	r.expr(arg)
	return true
}
