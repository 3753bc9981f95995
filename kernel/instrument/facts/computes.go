package facts

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// OnlyComputes says whether a scheduler sees nothing of a loop's rounds.
func (f *Facts) OnlyComputes(parts ...ast.Node) bool {
	quiet := true
	for _, n := range parts {
		ast.Inspect(n, func(n ast.Node) bool {
			quiet = quiet && !f.noticed(n)
			return quiet
		})
	}
	return quiet
}

// noticed says whether a scheduler may see something of a node.
func (f *Facts) noticed(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		return !f.info.Types[n.Fun].IsType() && !computes[syntax.BuiltinName(f.info, ast.Unparen(n.Fun))]
	case *ast.SendStmt, *ast.SelectStmt, *ast.GoStmt, *ast.DeferStmt, *ast.FuncLit:
		return true
	case *ast.UnaryExpr:
		return n.Op == token.ARROW
	case *ast.RangeStmt:
		switch syntax.Core(f.info.TypeOf(n.X)).(type) {
		case *types.Chan, *types.Signature, *types.Map:
			return true
		}
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		e := n.(ast.Expr)
		return f.Records() && f.info.TypeOf(e) != nil && (f.contended(e, true) || f.contended(e, false))
	}
	return false
}

// computes are the builtin functions that do nothing but compute.
var computes = map[string]bool{"len": true, "cap": true, "min": true, "max": true, "append": true, "complex": true, "real": true, "imag": true}
