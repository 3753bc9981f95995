package library

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// A random number that only says how long a goroutine waits:
//
//	time.Sleep(time.Duration(rand.Intn(100)) * time.Millisecond)
//
// becomes
//
//	rt.Sleep(7, time.Duration(rt.Drawn(rt.Drawing(), rtrand.Intn(100))) * time.Millisecond)
//
// On the free clock every wait may be over at any moment, however long it was to be:
// there is nothing to try, and nothing held fixed.

// pauses are the functions whose first argument is how long to wait. That of
// context.WithTimeout is more: it is compared with the deadline of the parent.
var pauses = map[string]bool{
	"time.Sleep": true, "time.After": true, "time.AfterFunc": true, "time.NewTimer": true, "(*time.Timer).Reset": true,
}

// drawsPause marks the call of a function of math/rand whose result is only that.
func drawsPause(r *draft.Rewriting, call *ast.CallExpr, f *Function) {
	if f.Pkg() != draft.PathRand && f.Pkg() != draft.PathRand2 || !constantArgs(r.Info, call) {
		return
	}
	if onlyPauses(r.Info, call, r.Path) {
		r.Wrap(call, r.RT("Drawn")+"("+r.RT("Drawing")+"(), ", ")")
	}
}

// constantArgs says whether a call cannot panic or come to other code in its arguments.
func constantArgs(info *types.Info, call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if v := info.Types[arg].Value; v == nil || constant.Sign(constant.ToFloat(v)) <= 0 {
			return false
		}
	}
	return true
}

// onlyPauses says whether the value of an expression, the last of path, goes nowhere
// but into how long a goroutine waits.
func onlyPauses(info *types.Info, e ast.Expr, path []ast.Node) bool {
	for i := len(path) - 2; i >= 0; i-- {
		switch p := path[i].(type) {
		case *ast.ParenExpr:
		case *ast.BinaryExpr:
			if !scales(p, e) {
				return false
			}
		case *ast.CallExpr:
			if !info.Types[p.Fun].IsType() {
				return pausing(info, p, e)
			}
		case *ast.AssignStmt:
			return p.Tok == token.DEFINE && len(p.Lhs) == 1 && keptForPauses(info, p.Lhs[0], path[:i])
		default:
			return false
		}
		e = path[i].(ast.Expr)
	}
	return false
}

// scales says whether an operation can neither panic because of its operand e, nor
// decide anything.
func scales(op *ast.BinaryExpr, e ast.Expr) bool {
	switch op.Op {
	case token.ADD, token.SUB, token.MUL:
		return true
	case token.QUO, token.REM:
		return op.X == e
	}
	return false
}

// pausing says whether e is how long a call waits.
func pausing(info *types.Info, call *ast.CallExpr, e ast.Expr) bool {
	fn := syntax.CalledFunc(info, call.Fun)
	return fn != nil && len(call.Args) > 0 && call.Args[0] == e && pauses[fn.FullName()]
}

// keptForPauses says whether a variable is used for nothing but pauses, in the
// function that declares it.
func keptForPauses(info *types.Info, e ast.Expr, path []ast.Node) bool {
	id, ok := e.(*ast.Ident)
	v := info.Defs[id]
	body := syntax.BodyOf(path)
	if !ok || v == nil || body == nil {
		return false
	}
	only := true
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		if use, ok := n.(*ast.Ident); ok && info.Uses[use] == v {
			only = only && onlyPauses(info, use, append(stack[:len(stack):len(stack)], use))
		}
		return only
	})
	return only
}
