package instrument

import "go/ast"

// builtinCall walks the calls of builtin functions that need care, or returns
// false.
func (r *rewriter) builtinCall(call *ast.CallExpr) bool {
	switch name := r.builtin(call.Fun); name {
	case "close":
		return r.closeCall(call)
	case "unsafe.Sizeof", "unsafe.Alignof", "unsafe.Offsetof":
		return true // never evaluated
	case "len", "cap":
		return r.lenCall(call)
	case "delete", "clear":
		return r.mapCall(call)
	}
	return false
}
