package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Recursive says whether a function may come to call itself.
func (f *Facts) Recursive(fn types.Object) bool {
	if f.circles == nil {
		f.findCircles()
	}
	return f.circles[fn]
}

// findCircles looks which functions of the package call which: functions by their
// names, and function literals by the variables they are assigned to.
func (f *Facts) findCircles() {
	calls := map[types.Object][]types.Object{}
	for fn, d := range f.bodies {
		if d.Body != nil {
			calls[fn] = f.callsIn(d.Body)
		}
	}
	for v, lit := range f.literals {
		calls[v] = f.callsIn(lit.Body)
	}
	f.circles = map[types.Object]bool{}
	for from := range calls {
		f.circles[from] = leadsTo(calls, from, from, map[types.Object]bool{})
	}
}

func (f *Facts) callsIn(body ast.Node) (all []types.Object) {
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			switch to := syntax.Callee(f.info, call.Fun).(type) {
			case *types.Func:
				all = append(all, to.Origin())
			case *types.Var:
				all = append(all, to)
			}
		}
		return true
	})
	return all
}

// leadsTo says whether calls from one lead to another.
func leadsTo(calls map[types.Object][]types.Object, from, to types.Object, seen map[types.Object]bool) bool {
	for _, next := range calls[from] {
		if next == to {
			return true
		}
		if !seen[next] {
			if seen[next] = true; leadsTo(calls, next, to, seen) {
				return true
			}
		}
	}
	return false
}

// names keeps which variable a function literal is assigned to.
func (g *gatherer) names(lhs, rhs ast.Expr) {
	lit, ok := ast.Unparen(rhs).(*ast.FuncLit)
	if v := syntax.VariableOf(g.info, lhs); ok && v != nil {
		g.literals[v] = lit
	}
}

// VariableOf is the variable that a function literal is assigned to, nil if there
// is none.
func (f *Facts) VariableOf(lit *ast.FuncLit) types.Object {
	for v, other := range f.literals {
		if other == lit {
			return v
		}
	}
	return nil
}
