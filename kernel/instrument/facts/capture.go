package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// capture marks a local variable that is declared outside of a function literal and
// used in it, if the literal may run as another goroutine, or later.
func (g *gatherer) capture(id *ast.Ident, stack []ast.Node) {
	v, ok := g.info.Uses[id].(*types.Var)
	if !ok || v.IsField() || g.escapes[v] && g.lent[v] || v.Parent() == g.pkg.Scope() {
		return
	}
	for i := len(stack) - 1; i >= 0; i-- {
		lit, ok := stack[i].(*ast.FuncLit)
		if !ok {
			continue
		}
		if lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
			return
		}
		if g.leaves(lit, stack[:i]) {
			g.escapes[v] = true
			if g.lent[v] = g.lent[v] || g.goes(lit, stack[:i]); g.lent[v] {
				return
			}
		}
	}
}

// goes reports whether a function literal is what a new goroutine runs.
func (g *gatherer) goes(lit *ast.FuncLit, stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	call, ok := stack[len(stack)-1].(*ast.CallExpr)
	if !ok {
		return false
	}
	if call.Fun != lit {
		id := syntax.CalleeIdent(call.Fun)
		return id != nil && (id.Name == "Go" || id.Name == "TryGo" || id.Name == "AfterFunc")
	}
	_, starts := stack[len(stack)-2].(*ast.GoStmt)
	return starts
}

// leaves reports whether a function literal may run at another time than when it is
// evaluated.
func (g *gatherer) leaves(lit *ast.FuncLit, stack []ast.Node) bool {
	var child ast.Node = lit
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.ParenExpr:
			child = n
		case *ast.CallExpr:
			if n.Fun != child {
				return !g.synchronous(n)
			}
			_, starts := stack[i-1].(*ast.GoStmt)
			return starts
		default:
			return true
		}
	}
	return true
}

// synchronous reports whether a call runs the functions given to it before it
// returns, and keeps none.
func (g *gatherer) synchronous(call *ast.CallExpr) bool {
	fn := g.Function(call)
	return fn != nil && keepsNothing[fn.Pkg().Path()]
}

// looksOnly reports whether a call is one of a function that keeps no copy of what it is
// given.
func (g *gatherer) looksOnly(call *ast.CallExpr) bool {
	fn := g.Function(call)
	return fn != nil && (keepsNothing[fn.Pkg().Path()] || onlyReads[fn.Pkg().Path()] || fn.Pkg().Path() == "encoding/json")
}

// keepsNothing are packages whose functions run those given to them before they
// return, and do not keep them, nor slices.
var keepsNothing = map[string]bool{"bytes": true, "fmt": true, "io": true, "maps": true, "math/rand": true, "slices": true, "sort": true, "strings": true, "strconv": true}
