package library

import (
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// PrintCall rewrites a call of print or println, or returns false:
//
//	println(a, b)   becomes   rt.BuiltinPrintln(7, rt.Signed(a), rt.Word(b))
//
// with a function for each argument that says what kind of value it is; a constant
// without a type needs none.
func PrintCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	name := syntax.BuiltinName(r.Info, call.Fun)
	kinds := make([]string, len(call.Args))
	for i, arg := range call.Args {
		if kinds[i] = Printed(r.Info, arg); kinds[i] == "" {
			r.Sites.Note(call.Pos(), "call of "+name, "only the runtime knows how to print some of its values")
			return false
		}
	}
	if _, goes := r.Parent(1).(*ast.GoStmt); goes || syntax.Spreads(r.Info, call) {
		return false
	}
	fn := map[string]string{"print": "BuiltinPrint", "println": "BuiltinPrintln"}[name]
	n := r.Sites.Site(event.Print, call.Pos(), "")
	fun := ast.Unparen(call.Fun)
	r.Swap(fun.Pos(), fun.End(), "%s", r.RT(fn))
	r.FirstArg(call, n)
	for i, arg := range call.Args {
		if kinds[i] != Untyped {
			r.Wrap(arg, r.RT(kinds[i])+"(", ")")
		}
	}
	r.Exprs(call.Args)
	return true
}

// Untyped marks a constant that becomes a value of its default type.
const Untyped = "untyped"

// Printed is the recorder's function for an argument of print, "" if there is
// none: its kind is that of a type parameter.
func Printed(info *types.Info, arg ast.Expr) string {
	t := info.TypeOf(arg)
	if syntax.IsTypeParam(t) {
		return ""
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsUntyped != 0 {
			return Untyped
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
