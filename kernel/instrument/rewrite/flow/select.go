package flow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/site"
	"threading101/kernel/instrument/syntax"
)

// Select keeps a select a select and has its parts noted:
//
//	select {                     rt.Selecting(7, 3); select {
//	case v := <-in:              case v, ok := <-rt.SelR(7, 0, in): rt.SelectedRecv(8, 0, v, ok);
//	case out <- x:     becomes   case rt.SelS(7, 1, out) <- x: rt.Selected(9, 1);
//	default:                     default: rt.Selected(10, 2);
//	}                            ; case <-rt.Decide(7, true): panic("unreachable") }
//
// with a name of our own for ok. The last case is never chosen: it is there for
// its operand, which is evaluated when those of all others are. A case that
// assigns to what exists assigns once it was noted:
//
//	case x = <-in:     becomes   case v, ok := <-rt.SelR(7, 0, in): rt.SelectedRecv(8, 0, v, ok); x = v;
//
// All return, break, goto and continue statements in the bodies stay what they
// are.
func Select(r *draft.Rewriting, s *ast.SelectStmt) {
	at, reason := selectStart(r, s)
	if reason == "" {
		reason = selectable(r.Info, s)
	}
	if reason != "" {
		r.Sites.Note(s.Pos(), "select", "%s", reason)
		selectBodies(r, s)
		return
	}
	n := r.Sites.Site(event.SelectWant, s.Select, "")
	r.Before(at, "%s(%d, %d); ", r.RT("Selecting"), n, len(s.Body.List))
	defer r.Push(s.Body)()
	orElse := false
	for _, c := range s.Body.List {
		clause := c.(*ast.CommClause)
		orElse = orElse || clause.Comm == nil
		caseSite(r, clause)
	}
	for i, c := range s.Body.List {
		comm(r, c.(*ast.CommClause), n, i)
	}
	if len(s.Body.List) > 0 {
		r.Before(s.Body.Rbrace, "; case <-%s(%d, %t): %s ", r.RT("Decide"), n, orElse, unreachable(r, s.Body.Rbrace))
	}
}

// unreachable is a terminating statement, so that a function may still end with the
// select.
func unreachable(r *draft.Rewriting, pos token.Pos) string {
	if r.Predeclared("panic", pos) {
		return `panic("unreachable")`
	}
	return "select {}"
}

// selectStart is where the note that a goroutine is about to select belongs:
// before the labels of the statement, since break wants its label just before
// the select. A goto to such a label would jump past it.
func selectStart(r *draft.Rewriting, s *ast.SelectStmt) (token.Pos, string) {
	at := s.Pos()
	for up := 1; ; up++ {
		l, ok := r.Parent(up).(*ast.LabeledStmt)
		if !ok {
			return at, ""
		}
		if r.Facts.Gotos[r.Info.Defs[l.Label]] {
			return at, "a goto leads to its label"
		}
		at = l.Pos()
	}
}

func selectable(info *types.Info, s *ast.SelectStmt) string {
	for _, c := range s.Body.List {
		ch := commChannel(c.(*ast.CommClause).Comm)
		if ch != nil && syntax.IsTypeParam(info.TypeOf(ch)) {
			return "the type of a channel is a type parameter"
		}
	}
	return ""
}

// commChannel is the channel of a case, nil for default.
func commChannel(s ast.Stmt) ast.Expr {
	if send, ok := s.(*ast.SendStmt); ok {
		return send.Chan
	}
	if recv := received(s); recv != nil {
		return recv.X
	}
	return nil
}

// received is the receive operation of a receiving case.
func received(s ast.Stmt) *ast.UnaryExpr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	default:
		return nil
	}
	u, _ := ast.Unparen(e).(*ast.UnaryExpr)
	return u
}

// comm rewrites case number i. The channels and the values to send are all
// evaluated before one case is chosen, one after the other: what is called in one
// is called once those before it are read.
func comm(r *draft.Rewriting, c *ast.CommClause, n uint32, i int) {
	defer r.Push(c)()
	r.After(c.Colon+1, " %s;", chosen(r, c.Comm, n+1+uint32(i), i))
	if c.Comm != nil {
		leave := r.Push(c.Comm)
		commOperands(r, c.Comm, n, i)
		leave()
	}
	r.Stmts(c.Body)
}

// caseSite makes the site of a case. Those of a select's cases follow the
// select's own, in order, so that the recorder knows them before one is chosen.
func caseSite(r *draft.Rewriting, c *ast.CommClause) {
	ch := commChannel(c.Comm)
	if ch == nil {
		r.Sites.Site(event.Select, c.Pos(), "")
		return
	}
	op := event.Recv
	if _, sends := c.Comm.(*ast.SendStmt); sends {
		op = event.Send
	}
	r.Sites.Site(op, c.Pos(), r.Sites.Text(ch))
	r.Sites.Last().Kind, r.Sites.Last().Given = site.KindOf(r.Info.TypeOf(ch).Underlying().(*types.Chan).Elem()), given(r, ch)
}

// chosen is the note that a case was chosen. Where a value was received, it
// says which, and whether the channel was closed, which the case is made to ask.
func chosen(r *draft.Rewriting, s ast.Stmt, n uint32, i int) string {
	ok := r.Own("ok")
	switch s := s.(type) {
	case *ast.ExprStmt:
		r.Before(s.Pos(), "_, %s := ", ok)
		return chosenRecv(r, n, i, "_", ok)
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			return chosenAssign(r, s, n, i)
		}
		if len(s.Lhs) == 1 {
			r.After(s.Lhs[0].End(), ", %s", ok)
		} else if ok = r.Text(s.Lhs[1]); ok == "_" {
			break
		}
		return chosenRecv(r, n, i, r.Text(s.Lhs[0]), ok)
	}
	return fmt.Sprintf("%s(%d, %d)", r.RT("Selected"), n, i)
}

func chosenRecv(r *draft.Rewriting, n uint32, i int, v, ok string) string {
	if v == "_" {
		return fmt.Sprintf("%s(%d, %d, %s)", r.RT("SelectedDrop"), n, i, ok)
	}
	return fmt.Sprintf("%s(%d, %d, %s, %s)", r.RT("SelectedRecv"), n, i, v, ok)
}

// chosenAssign has a case receive into variables of our own, which are assigned
// to those of the case after the note.
func chosenAssign(r *draft.Rewriting, s *ast.AssignStmt, n uint32, i int) string {
	if !movable(r, s) {
		return fmt.Sprintf("%s(%d, %d)", r.RT("Selected"), n, i)
	}
	v, ok := "_", r.Own("ok")
	if !syntax.IsBlank(s.Lhs[0]) {
		v = r.Own("v")
	}
	elem := r.Info.TypeOf(received(s).X).Underlying().(*types.Chan).Elem()
	text := chosenRecv(r, n, i, v, ok)
	values := []memory.OwnValue{{Text: v, Type: elem}}
	if len(s.Lhs) > 1 {
		closed, _ := memory.Bool(r, s.Lhs[1], ok)
		values = append(values, closed)
	}
	if to := memory.Assignments(r, s.Lhs, values); to != "" {
		text += "; " + to
	}
	r.Swap(s.Lhs[0].Pos(), s.Lhs[len(s.Lhs)-1].End(), "%s, %s", v, ok)
	r.Swap(s.TokPos, s.TokPos+1, ":=")
	return text
}

// movable reports whether what a case assigns to can be written elsewhere.
func movable(r *draft.Rewriting, s *ast.AssignStmt) bool {
	lo, hi := s.Lhs[0].Pos(), s.Lhs[len(s.Lhs)-1].End()
	if r.Between(lo, hi) != "" || !memory.Separate(r, s.Lhs) {
		return false
	}
	if len(s.Lhs) == 1 {
		return true
	}
	_, ok := memory.Bool(r, s.Lhs[1], "")
	return ok
}

func commOperands(r *draft.Rewriting, s ast.Stmt, n uint32, i int) {
	if send, ok := s.(*ast.SendStmt); ok {
		commOperand(r, "SelS", send.Chan, n, i)
		alone(r, send.Value)
		return
	}
	commOperand(r, "SelR", received(s).X, n, i)
	if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN && !movable(r, a) {
		for _, e := range a.Lhs { // nothing can be written round the receive
			leave := r.Push(&ast.EmptyStmt{Semicolon: e.Pos()})
			memory.Assigned(r, e)
			leave()
		}
	}
}

func commOperand(r *draft.Rewriting, fn string, ch ast.Expr, n uint32, i int) {
	r.Wrap(ch, fmt.Sprintf("%s(%d, %d, ", r.RT(fn), n, i), ")")
	alone(r, ch)
}

// alone walks an expression that is evaluated before anything to its right.
func alone(r *draft.Rewriting, e ast.Expr) {
	defer r.Push(&ast.EmptyStmt{Semicolon: e.Pos()})()
	r.Expr(e)
}

// selectBodies walks a select that stays as it is.
func selectBodies(r *draft.Rewriting, s *ast.SelectStmt) {
	defer r.Push(s.Body)()
	for _, c := range s.Body.List {
		leave := r.Push(c)
		r.Stmts(c.(*ast.CommClause).Body)
		leave()
	}
}
