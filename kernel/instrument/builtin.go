package instrument

import (
	"go/ast"
	"go/types"

	"threading101/kernel/event"
)

// printCall:
//
//	println(a, b)   becomes   rt.BuiltinPrintln(7, rt.Signed(a), rt.Word(b))
//
// with a function for each argument that says what kind of value it is; a constant
// without a type needs none.
func printCall(r *rewriter, call *ast.CallExpr) bool {
	name := builtin(r.info, call.Fun)
	kinds := make([]string, len(call.Args))
	for i, arg := range call.Args {
		if kinds[i] = printed(r.info, arg); kinds[i] == "" {
			r.sites.note(call.Pos(), "call of "+name, "only the runtime knows how to print some of its values")
			return false
		}
	}
	if _, goes := r.parent(1).(*ast.GoStmt); goes || spreads(r.info, call) {
		return false
	}
	fn := map[string]string{"print": "BuiltinPrint", "println": "BuiltinPrintln"}[name]
	n := r.sites.site(event.Print, call.Pos(), "")
	fun := ast.Unparen(call.Fun)
	r.swap(fun.Pos(), fun.End(), "%s", r.rt(fn))
	r.firstArg(call, n)
	for i, arg := range call.Args {
		if kinds[i] != untyped {
			r.wrap(arg, r.rt(kinds[i])+"(", ")")
		}
	}
	r.exprs(call.Args)
	return true
}

// untyped stands for a constant that becomes a value of its default type.
const untyped = "untyped"

// printed is the recorder's function for an argument of print, "" if there is
// none: its kind is that of a type parameter.
func printed(info *types.Info, arg ast.Expr) string {
	t := info.TypeOf(arg)
	if isTypeParam(t) {
		return ""
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsUntyped != 0 {
			return untyped
		}
		return basicKind(u)
	case *types.Slice:
		return "Slice"
	case *types.Interface:
		return "Pair"
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return "Word"
	}
	return ""
}

func basicKind(b *types.Basic) string {
	switch info := b.Info(); {
	case b.Kind() == types.UnsafePointer:
		return "Word"
	case b.Kind() == types.Float32 || b.Kind() == types.Complex64:
		return map[types.BasicKind]string{types.Float32: "Float32", types.Complex64: "Complex64"}[b.Kind()]
	case info&types.IsBoolean != 0:
		return "Truth"
	case info&types.IsString != 0:
		return "Text"
	case info&types.IsFloat != 0:
		return "Float"
	case info&types.IsComplex != 0:
		return "Complex"
	case info&types.IsUnsigned != 0:
		return "Unsigned"
	}
	return "Signed"
}
