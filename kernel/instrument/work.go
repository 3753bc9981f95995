package instrument

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// Computing takes time as well, and others must be given turns meanwhile. Where a
// program may compute for long without a loop of which nothing says that it ends,
// a scheduler is told how much is done:
//
//	func fib(n int) int {     becomes   func fib(n int) int { rt.Work(7);        a function that calls itself
//	for i := range million {  becomes   for i := range million { rt.Work(7);     a number that is not small
//	for k > 1 { k /= 2 }      becomes   for k > 1 { rt.Work(7); k /= 2 }         a loop that only computes
//
// Nobody waits in these, so nothing is noticed but that they go on: an addition.

// smallRange is how many rounds take no time worth the name.
const smallRange = 1000

// works marks the beginning of a function that calls itself, by others perhaps.
func works(r *rewriter, body *ast.BlockStmt) {
	if r.facts.ticks() && body != nil {
		r.after(body.Lbrace+1, " %s(%d);", r.rt("Work"), tickSite(r, body.Pos()))
	}
}

// worksInRange marks the rounds of a range over a number.
func worksInRange(r *rewriter, s *ast.RangeStmt) {
	if b := core(r.info.TypeOf(s.X)).(*types.Basic); b.Info()&types.IsInteger == 0 {
		return
	}
	n, known := constant.Int64Val(constant.ToInt(constantOf(r.info, s.X)))
	if !known || n > smallRange {
		works(r, s.Body)
	}
}

// constant is the value of a constant expression, or one that is no number.
func constantOf(info *types.Info, e ast.Expr) constant.Value {
	if v := info.Types[e].Value; v != nil {
		return v
	}
	return constant.MakeUnknown()
}

// onlyComputes says whether a scheduler sees nothing of a loop's rounds.
func (f *facts) onlyComputes(parts ...ast.Node) bool {
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
func (f *facts) noticed(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		return !f.info.Types[n.Fun].IsType() && !computes[builtin(f.info, ast.Unparen(n.Fun))]
	case *ast.SendStmt, *ast.SelectStmt, *ast.GoStmt, *ast.DeferStmt, *ast.FuncLit:
		return true
	case *ast.UnaryExpr:
		return n.Op == token.ARROW
	case *ast.RangeStmt:
		switch core(f.info.TypeOf(n.X)).(type) {
		case *types.Chan, *types.Signature, *types.Map:
			return true
		}
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		e := n.(ast.Expr)
		return f.records() && f.info.TypeOf(e) != nil && (f.contended(e, true) || f.contended(e, false))
	}
	return false
}

// computes are the builtin functions that only do.
var computes = map[string]bool{"len": true, "cap": true, "min": true, "max": true, "append": true, "complex": true, "real": true, "imag": true}

// recursive says whether a function may come to call itself.
func (f *facts) recursive(fn types.Object) bool {
	if f.circles == nil {
		f.findCircles()
	}
	return f.circles[fn]
}

// findCircles looks who calls whom in the package: functions by their names, and
// function literals by the variables they are assigned to.
func (f *facts) findCircles() {
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

func (f *facts) callsIn(body ast.Node) (all []types.Object) {
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id := called(call.Fun); id != nil {
				switch to := f.info.Uses[id].(type) {
				case *types.Func:
					all = append(all, to.Origin())
				case *types.Var:
					all = append(all, to)
				}
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
	if v := object(g.info, lhs); ok && v != nil {
		g.literals[v] = lit
	}
}

// variableOf is the variable that a function literal is assigned to, nil if there
// is none.
func (f *facts) variableOf(lit *ast.FuncLit) types.Object {
	for v, other := range f.literals {
		if other == lit {
			return v
		}
	}
	return nil
}
