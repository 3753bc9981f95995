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
	f.circles = circles(calls)
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

// circles are the functions from which calls lead back to themselves, found in one
// walk, as Tarjan finds the strongly connected components of a graph.
func circles(calls map[types.Object][]types.Object) map[types.Object]bool {
	w := &circleWalk{calls: calls, met: map[types.Object]int{}, open: map[types.Object]bool{}, found: map[types.Object]bool{}}
	for fn := range calls {
		if w.met[fn] == 0 {
			w.visit(fn)
		}
	}
	return w.found
}

type circleWalk struct {
	calls map[types.Object][]types.Object
	met   map[types.Object]int  // function → as which it was met, from 1 on
	open  map[types.Object]bool // those on the stack
	stack []types.Object        // functions of which it is not known yet what leads back to them
	found map[types.Object]bool
}

// visit returns the earliest function on the stack to which calls from fn lead.
func (w *circleWalk) visit(fn types.Object) (earliest int) {
	at := len(w.met) + 1
	bottom := len(w.stack)
	w.met[fn], w.open[fn], w.stack = at, true, append(w.stack, fn)
	earliest = at
	for _, next := range w.calls[fn] {
		switch {
		case w.met[next] == 0:
			earliest = min(earliest, w.visit(next))
		case w.open[next]:
			earliest = min(earliest, w.met[next])
		}
		if next == fn {
			w.found[fn] = true
		}
	}
	if earliest == at {
		w.close(w.stack[bottom:])
		w.stack = w.stack[:bottom]
	}
	return earliest
}

// close takes functions off the stack that all lead to each other.
func (w *circleWalk) close(all []types.Object) {
	for _, fn := range all {
		w.open[fn] = false
		w.found[fn] = w.found[fn] || len(all) > 1
	}
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
