package instrument

import (
	"go/ast"
	"go/types"

	"threading101/kernel/event"
)

// builtinCall walks the calls of builtin functions that need care, or returns
// false.
func (r *rewriter) builtinCall(call *ast.CallExpr) bool {
	switch name := r.builtin(call.Fun); name {
	case "close":
		return r.closeCall(call)
	case "print", "println":
		return r.printCall(call, name)
	case "unsafe.Sizeof", "unsafe.Alignof", "unsafe.Offsetof":
		return true // never evaluated
	case "len", "cap":
		return r.lenCall(call)
	case "delete", "clear":
		return r.mapCall(call)
	case "recover":
		return r.recoverCall(call)
	}
	return false
}

// printCall:
//
//	println(a, b)   becomes   rt.BuiltinPrintln(7, a, b)
//
// where all values are integers, truths and strings, of the predeclared types;
// how others look is known to the runtime alone.
func (r *rewriter) printCall(call *ast.CallExpr, name string) bool {
	for _, arg := range call.Args {
		if !printable(r.info.TypeOf(arg)) {
			r.sites.note(call.Pos(), "call of "+name, "only the runtime knows how to print some of its values")
			return false
		}
	}
	if _, goes := r.parent(1).(*ast.GoStmt); goes || r.spreads(call) {
		return false
	}
	fn := map[string]string{"print": "BuiltinPrint", "println": "BuiltinPrintln"}[name]
	n := r.sites.site(event.Print, call.Pos(), "")
	fun := ast.Unparen(call.Fun)
	r.swap(fun.Pos(), fun.End(), "%s", r.rt(fn))
	r.firstArg(call, n)
	r.exprs(call.Args)
	return true
}

// printable reports whether t is one of the predeclared types that
// rt.BuiltinPrint prints.
func printable(t types.Type) bool {
	b, ok := types.Unalias(t).(*types.Basic)
	return ok && b.Info()&(types.IsInteger|types.IsBoolean|types.IsString) != 0 && b.Info()&types.IsUntyped == 0
}
