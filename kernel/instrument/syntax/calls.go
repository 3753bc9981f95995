package syntax

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
)

// ArgumentAfter is the last argument to the right of arg that calls something, or
// the part of it that can be wrapped, nil if none can; calls says whether there is
// such an argument.
func ArgumentAfter(info *types.Info, call *ast.CallExpr, arg ast.Expr) (last ast.Expr, calls bool) {
	for _, x := range OperandsAfter(call.Args, arg) {
		if Effects(info, x) {
			last, calls = WrapPoint(info, call, x), true
		}
	}
	return last, calls
}

// Spreads reports whether a call's arguments are the several results of one
// other call: f(g()).
func Spreads(info *types.Info, call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	t, ok := info.TypeOf(call.Args[0]).(*types.Tuple)
	return ok && t.Len() != 1
}

// OnlyCall is the one call that a function literal makes besides its defer
// statements, nil if there is more to it.
func OnlyCall(lit *ast.FuncLit) *ast.CallExpr {
	var only ast.Stmt
	for _, s := range lit.Body.List {
		if _, ok := s.(*ast.DeferStmt); ok {
			continue
		}
		if only != nil {
			return nil
		}
		only = s
	}
	e, ok := only.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	call, _ := ast.Unparen(e.X).(*ast.CallExpr)
	return call
}

// LastCalled is the last argument that has calls in it, nil if none has; ok is false
// if it cannot be wrapped.
func LastCalled(info *types.Info, call *ast.CallExpr) (e ast.Expr, ok bool) {
	for _, x := range slices.Backward(call.Args) {
		if Effects(info, x) {
			e = WrapPoint(info, call, x)
			return e, e != nil
		}
	}
	return nil, true
}

// OperandsAfter returns the operands to the right of child.
func OperandsAfter(list []ast.Expr, child ast.Node) []ast.Expr {
	for i, e := range list {
		if e == child {
			return list[i+1:]
		}
	}
	return nil
}

// CalleeIdent is the identifier that names a function.
func CalleeIdent(fun ast.Expr) *ast.Ident {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return f
	case *ast.SelectorExpr:
		return f.Sel
	}
	return nil
}

// Callee is the object that fun, the function of a call, names; nil if it is more
// than a name.
func Callee(info *types.Info, fun ast.Expr) types.Object { return info.Uses[CalleeIdent(fun)] }

// CalledFunc is the declared function or method that fun names, nil if it is none.
func CalledFunc(info *types.Info, fun ast.Expr) *types.Func {
	fn, _ := Callee(info, fun).(*types.Func)
	return fn
}

// BuiltinName is the name of the builtin function that fun means, "" if none.
func BuiltinName(info *types.Info, fun ast.Expr) string {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		if b, ok := info.Uses[f].(*types.Builtin); ok {
			return b.Name()
		}
	case *ast.SelectorExpr: // unsafe.Sizeof
		if b, ok := info.Uses[f.Sel].(*types.Builtin); ok {
			return "unsafe." + b.Name()
		}
	}
	return ""
}

// IsType reports whether an expression is a type.
func IsType(info *types.Info, e ast.Expr) bool { return info.Types[e].IsType() }

// CallsFunction reports whether a call is of the function with that full name.
func CallsFunction(info *types.Info, call *ast.CallExpr, name string) bool {
	fn := CalledFunc(info, call.Fun)
	return fn != nil && fn.FullName() == name
}

// ConstantOf is the value of a constant expression, or one that is no number.
func ConstantOf(info *types.Info, e ast.Expr) constant.Value {
	if v := info.Types[e].Value; v != nil {
		return v
	}
	return constant.MakeUnknown()
}

// Parameter is the type that the i-th argument gets: of the whole slice for the
// last one where it is written with dots.
func Parameter(sig *types.Signature, i int, dots bool) types.Type {
	params := sig.Params()
	last := params.Len() - 1
	if !sig.Variadic() || i < last {
		return params.At(min(i, last)).Type()
	}
	if t, ok := params.At(last).Type().(*types.Slice); ok && !dots {
		return t.Elem()
	}
	return params.At(last).Type()
}
