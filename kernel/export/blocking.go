package export

import (
	"fmt"
	"go/ast"

	"threading101/kernel/words"
)

// within has a goroutine let others go on while it waits in an operation, and wait for
// its turn behind that:
//
//	who3 := away(3)
//	ch <- v
//	back(who3)
func (w *weaver) within(p *place, m int) {
	st, at := p.statement()
	if st == nil {
		w.cannot(p)
		return
	}
	switch n := p.node.(type) {
	case *ast.SendStmt:
		w.sent(p, n, st, m)
	case *ast.UnaryExpr:
		w.receivedIn(p, n, st, m)
	case *ast.CallExpr:
		if _, whole := unlabelled(st).(*ast.ExprStmt); !whole || p.deferred(at) {
			w.cannot(p)
			return
		}
		if sel, method := n.Fun.(*ast.SelectorExpr); method && w.conds[p] {
			w.replace(w.offset(n.Pos()), w.offset(n.End()), fmt.Sprintf("%s(%d, %s.L, %s)", w.call("waited"), m, w.textOf(sel.X), w.textOf(sel)))
			return
		}
		w.around(st, m)
	case *ast.DeclStmt:
		w.line(st, "%s(%d)", w.call("turn"), m)
	default:
		w.cannot(p)
	}
}

// takesLong says whether more is done to know a value than to look at what nobody else
// has.
func (w *weaver) takesLong(e ast.Expr) (long bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		_, call := n.(*ast.CallExpr)
		long = long || call || n != nil && w.places[n] != nil
		return !long
	})
	return long
}

func (w *weaver) around(st ast.Stmt, m int) {
	w.line(st, "who%d := %s(%d)", m, w.call("away"), m)
	w.follow(st, "%s(who%d)", w.call("back"), m)
}

// sent keeps what is sent apart, where it takes more than a look.
func (w *weaver) sent(p *place, n *ast.SendStmt, st ast.Stmt, m int) {
	if st != n {
		w.cannot(p)
		return
	}
	if w.takesLong(n.Value) {
		w.bind(st, n.Value, "v")
	}
	w.around(st, m)
}

// receivedIn is a receive, alone or in an expression.
func (w *weaver) receivedIn(p *place, n *ast.UnaryExpr, st ast.Stmt, m int) {
	if len(p.path) > 1 && both(p.path[1]) {
		if _, simple := p.path[1].(ast.Stmt); simple && p.path[1] == st {
			w.around(st, m)
			return
		}
		w.cannot(p)
		return
	}
	w.wrap(n, fmt.Sprintf("%s(%s(%d), ", w.call("came"), w.call("away"), m), ")")
}

// both says whether a receive also asks whether the channel is closed.
func both(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return len(n.Lhs) == 2 && len(n.Rhs) == 1
	case *ast.ValueSpec:
		return len(n.Names) == 2 && len(n.Values) == 1
	}
	return false
}

// ranged is a loop over a channel.
func (w *weaver) ranged(p *place, n *ast.RangeStmt) {
	if m := w.mark(p, after); m > 0 {
		w.insert(w.offset(n.Body.Lbrace)+1, fmt.Sprintf("\n%s(%d);", w.call("turn"), m))
		w.follow(n, "%s(%d)", w.call("turn"), m)
	}
	w.wrap(n.X, fmt.Sprintf("%s(%d, %d, ", w.call("received"), unset(w.mark(p, before)), unset(w.mark(p, within))), ")")
}

// unset is a mark at which nobody stops, where there is none.
func unset(m int) int {
	if m == 0 {
		return -1
	}
	return m
}

// selected is a select. It takes the case that it took in the run: all others get no
// channel.
func (w *weaver) selected(p *place, n *ast.SelectStmt) {
	st, _ := p.statement()
	if m := w.mark(p, before); m > 0 {
		w.line(st, "%s(%d)", w.call("turn"), m)
	}
	m := w.mark(p, within)
	if len(n.Body.List) > 0 {
		w.chosen(n, st)
	}
	if last := w.mark(p, after); last > 0 {
		defer w.inCases(n, fmt.Sprintf("\n%s(%d);", w.call("turn"), last))
	}
	if m == 0 {
		return
	}
	w.line(st, "who%d := %s(%d)", m, w.call("away"), m)
	w.inCases(n, fmt.Sprintf("\n%s(who%d);", w.call("back"), m))
}

// inCases puts a call first in each case of a select.
func (w *weaver) inCases(n *ast.SelectStmt, call string) {
	for _, c := range n.Body.List {
		w.insert(w.offset(c.(*ast.CommClause).Colon)+1, call)
	}
}

func (w *weaver) chosen(n *ast.SelectStmt, st ast.Stmt) {
	if w.forced[n] {
		return
	}
	w.forced[n] = true
	name := fmt.Sprintf("case%d", w.fset.Position(n.Pos()).Line)
	w.line(st, "%s := %s()", name, w.call("choice"))
	for i, c := range n.Body.List {
		clause := c.(*ast.CommClause)
		only := fmt.Sprintf("%s(%s, %d, ", w.call("only"), name, i)
		switch comm := clause.Comm.(type) {
		case nil:
			w.replace(w.offset(clause.Case), w.offset(clause.Colon), fmt.Sprintf("case <-%s%s)", only, w.call("otherwise")))
		case *ast.SendStmt:
			w.wrap(comm.Chan, only, ")")
		default:
			if recv := receiveOf(comm); recv != nil {
				w.wrap(recv.X, only, ")")
			}
		}
	}
}

// receiveOf is the receive of a case.
func receiveOf(comm ast.Stmt) *ast.UnaryExpr {
	var x ast.Expr
	switch comm := comm.(type) {
	case *ast.ExprStmt:
		x = comm.X
	case *ast.AssignStmt:
		x = comm.Rhs[0]
	}
	recv, _ := ast.Unparen(x).(*ast.UnaryExpr)
	return recv
}

// choices forces the case of each select of the run, also where nobody stops there, and
// returns them in their order.
func (w *weaver) choices(all []choiceMade) (text string) {
	for i, c := range all {
		n, ok := c.place.node.(*ast.SelectStmt)
		if !ok {
			w.fail(words.ExportMiddle(c.place.line))
			return ""
		}
		if st, _ := c.place.statement(); len(n.Body.List) > 0 {
			w.chosen(n, st)
		}
		if i > 0 {
			text += ", "
		}
		text += c.value
	}
	return text
}

// choiceMade is a select of the run, and which case it took.
type choiceMade struct {
	place *place
	value string
}
