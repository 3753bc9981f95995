package syntax

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// HasShift reports whether e has a shift in it, whose left side may take its type
// from its surroundings.
func HasShift(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok {
			found = found || b.Op == token.SHL || b.Op == token.SHR
		}
		return !found
	})
	return found
}

// FixedPlace reports whether x is a variable, or a part of one, whose place does not
// depend on any value.
func FixedPlace(info *types.Info, x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		s := info.Selections[x]
		return s == nil || !s.Indirect() && FixedPlace(info, x.X)
	}
	return false
}

// WrapPoint is the operand x of a node, or the part of it in which the last call
// is made, whichever can be wrapped; nil if neither can.
func WrapPoint(info *types.Info, parent ast.Node, x ast.Expr) ast.Expr {
	if wrappableOperand(info, parent, x) {
		return x
	}
	var parts []ast.Expr
	switch x := x.(type) {
	case *ast.BinaryExpr:
		if x.Op != token.LAND && x.Op != token.LOR {
			parts = []ast.Expr{x.X, x.Y}
		}
	case *ast.CallExpr:
		if harmless[BuiltinName(info, x.Fun)] {
			parts = x.Args
		}
	case *ast.CompositeLit:
		parts = x.Elts
	case *ast.IndexExpr:
		parts = []ast.Expr{x.X, x.Index}
	case *ast.KeyValueExpr:
		parts = []ast.Expr{x.Key, x.Value}
	case *ast.ParenExpr:
		parts = []ast.Expr{x.X}
	case *ast.SelectorExpr:
		parts = []ast.Expr{x.X}
	case *ast.StarExpr:
		parts = []ast.Expr{x.X}
	case *ast.UnaryExpr:
		if x.Op != token.ARROW {
			parts = []ast.Expr{x.X}
		}
	}
	for _, part := range slices.Backward(parts) {
		if Effects(info, part) {
			return WrapPoint(info, x, part)
		}
	}
	return nil
}

// Operands lists the operands of a node in the order in which they are
// evaluated.
func Operands(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return append(append([]ast.Expr{}, n.Lhs...), n.Rhs...)
	case *ast.BinaryExpr:
		return []ast.Expr{n.X, n.Y}
	case *ast.CallExpr:
		return append([]ast.Expr{n.Fun}, n.Args...)
	case *ast.CompositeLit:
		return n.Elts
	case *ast.IndexExpr:
		return []ast.Expr{n.X, n.Index}
	case *ast.KeyValueExpr:
		return []ast.Expr{n.Key, n.Value}
	case *ast.ReturnStmt:
		return n.Results
	case *ast.SelectorExpr:
		return []ast.Expr{n.X}
	case *ast.SendStmt:
		return []ast.Expr{n.Chan, n.Value}
	case *ast.SliceExpr:
		list := []ast.Expr{n.X}
		for _, e := range []ast.Expr{n.Low, n.High, n.Max} {
			if e != nil {
				list = append(list, e)
			}
		}
		return list
	case *ast.ValueSpec:
		return n.Values
	}
	return nil
}

// wrappableOperand reports whether an operand can become the argument of a
// generic function that returns it: it must have one value, and, standing
// alone, the type that it has in its place.
func wrappableOperand(info *types.Info, parent ast.Node, e ast.Expr) bool {
	if _, ok := e.(*ast.KeyValueExpr); ok {
		return false
	}
	if s, ok := parent.(*ast.AssignStmt); ok && slices.Contains(s.Lhs, e) {
		return false
	}
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
		return false // {1, f()} in a literal of such
	}
	t := info.TypeOf(e)
	if _, tuple := t.(*types.Tuple); tuple || t == nil {
		return false
	}
	return Typed(info, e) && !KeptAlive(info, e)
}

// Typed reports whether e has its type by itself and not from its surroundings,
// as an untyped constant or comparison has.
func Typed(info *types.Info, e ast.Expr) bool {
	tv := info.Types[e]
	if tv.Value != nil || tv.IsNil() {
		return false
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return Typed(info, e.X)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW || e.Op == token.AND || Typed(info, e.X)
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ, token.LAND, token.LOR:
			return types.Identical(tv.Type, types.Typ[types.Bool])
		case token.SHL, token.SHR:
			return Typed(info, e.X)
		}
		return Typed(info, e.X) || Typed(info, e.Y)
	case *ast.CallExpr:
		if name := BuiltinName(info, e.Fun); name == "min" || name == "max" || name == "complex" || name == "real" || name == "imag" {
			return false
		}
	}
	return true
}

// PureAll reports whether none of the expressions has an effect: it makes no
// difference when each of them is evaluated.
func PureAll(info *types.Info, all []ast.Expr) bool {
	return !slices.ContainsFunc(all, func(e ast.Expr) bool { return !Pure(info, e) })
}

// Effects reports whether evaluating e may do something that the program can
// notice: call a function, receive from a channel. The bodies of function
// literals are not evaluated.
func Effects(info *types.Info, e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = found || !IsType(info, n.Fun) && !harmless[BuiltinName(info, n.Fun)] && !atomicOnly(info, n)
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// atomicOnly says whether a call changes no variable but an atomic one. Then Go may
// read the others before it or after it.
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

// Pure reports whether e consists of variables, fields, elements and constants
// and conversions of them only, so that it can be written a second time.
func Pure(info *types.Info, e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr, *ast.ParenExpr, *ast.BasicLit:
		case *ast.BinaryExpr:
		case *ast.CallExpr:
			ok = ok && IsType(info, n.Fun)
			for _, x := range n.Args {
				ok = ok && Pure(info, x)
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

// KeptAlive reports whether e is the conversion of a pointer to a uintptr: as an
// argument, the compiler keeps what it points to in place for the callee.
func KeptAlive(info *types.Info, e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || !IsType(info, call.Fun) {
		return false
	}
	from, ok := info.TypeOf(call.Args[0]).Underlying().(*types.Basic)
	return ok && from.Kind() == types.UnsafePointer
}
