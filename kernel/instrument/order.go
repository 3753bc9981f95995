package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// effects reports whether evaluating e may do something that the program can
// notice: call a function, receive from a channel. The bodies of function
// literals are not evaluated.
func effects(info *types.Info, e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = found || !isType(info, n.Fun) && !harmless[builtin(info, n.Fun)] && !atomicOnly(info, n)
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// atomicOnly says whether a call changes no variable but an atomic one. Go reads
// the others then before or after it, as it likes.
func atomicOnly(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "sync/atomic" {
		return false
	}
	return fn.Signature().Recv() != nil || strings.HasPrefix(fn.Name(), "Load")
}

// harmless are the builtin functions that change nothing.
var harmless = map[string]bool{
	"append": true, "cap": true, "complex": true, "imag": true, "len": true, "make": true, "max": true, "min": true,
	"new": true, "real": true, "unsafe.Add": true, "unsafe.Alignof": true, "unsafe.Offsetof": true, "unsafe.Sizeof": true,
	"unsafe.Slice": true, "unsafe.SliceData": true, "unsafe.String": true, "unsafe.StringData": true,
}

// pure reports whether e consists of variables, fields, elements and constants
// and conversions of them only, so that it can be written a second time.
func pure(info *types.Info, e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr, *ast.ParenExpr, *ast.BasicLit:
		case *ast.BinaryExpr:
		case *ast.CallExpr:
			ok = ok && isType(info, n.Fun)
			for _, x := range n.Args {
				ok = ok && pure(info, x)
			}
			return false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW && n.Op != token.AND
		default:
			ok = false
		}
		return ok
	})
	return ok
}

// keptAlive reports whether e is the conversion of a pointer to a uintptr: as an
// argument, the compiler keeps what it points to in place for the callee.
func keptAlive(info *types.Info, e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || !isType(info, call.Fun) {
		return false
	}
	from, ok := info.TypeOf(call.Args[0]).Underlying().(*types.Basic)
	return ok && from.Kind() == types.UnsafePointer
}

// stable reports whether e is a call, or names a variable, or a field of one,
// that never changes: what is evaluated after it makes no difference.
func (f *facts) stable(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := f.info.Uses[e].(*types.Var)
		return ok && !f.written[v]
	case *ast.CallExpr:
		return !isType(f.info, e.Fun)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	case *ast.SelectorExpr:
		s := f.info.Selections[e]
		return s != nil && s.Kind() == types.FieldVal && !f.written[object(f.info, e)] && f.stable(e.X)
	}
	return false
}
