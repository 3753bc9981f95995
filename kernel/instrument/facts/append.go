package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// appendsToItself marks s = append(s, v), unless another variable may have the same
// array.
func (g *gatherer) appendsToItself(s *ast.AssignStmt) {
	if len(s.Lhs) != 1 || len(s.Rhs) != 1 {
		return
	}
	call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	if syntax.BuiltinName(g.info, call.Fun) == "append" && types.ExprString(call.Args[0]) == types.ExprString(s.Lhs[0]) && !g.hasAnothers(s.Lhs[0]) {
		g.Itself[call] = true
	}
}

// hasAnothers reports whether the array of a slice may be that of another variable:
// x is a parameter, or was given another one's value.
func (g *gatherer) hasAnothers(x ast.Expr) bool {
	v, ok := syntax.VariableOf(g.info, x).(*types.Var)
	return ok && (v.Kind() == types.ParamVar || g.anothers[v])
}

// gives marks a variable that is given a part, or the whole, of another slice.
func (g *gatherer) gives(x, e ast.Expr) {
	v, ok := syntax.VariableOf(g.info, x).(*types.Var)
	if !ok || !syntax.Appendable(e) || syntax.VariableOf(g.info, syntax.Sliced(e)) == v {
		return
	}
	if _, slice := v.Type().Underlying().(*types.Slice); slice {
		g.anothers[v] = true
	}
}
