package instrument

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
)

// selectStmt keeps a select a select and has its parts noted:
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
func (r *rewriter) selectStmt(s *ast.SelectStmt) {
	at, reason := r.selectStart(s)
	if reason == "" {
		reason = r.selectable(s)
	}
	if reason != "" {
		r.sites.note(s.Pos(), "select", "%s", reason)
		r.selectBodies(s)
		return
	}
	n := r.sites.site(event.SelectWant, s.Select, "")
	r.before(at, "%s(%d, %d); ", r.rt("Selecting"), n, len(s.Body.List))
	defer r.push(s.Body)()
	orElse := false
	for _, c := range s.Body.List {
		clause := c.(*ast.CommClause)
		orElse = orElse || clause.Comm == nil
		r.caseSite(clause)
	}
	for i, c := range s.Body.List {
		r.comm(c.(*ast.CommClause), n, i)
	}
	if len(s.Body.List) > 0 {
		r.before(s.Body.Rbrace, "; case <-%s(%d, %t): %s ", r.rt("Decide"), n, orElse, r.unreachable(s.Body.Rbrace))
	}
}

// unreachable is a statement that ends what it stands in, so that a function may
// still end with the select.
func (r *rewriter) unreachable(pos token.Pos) string {
	if r.predeclared("panic", pos) {
		return `panic("unreachable")`
	}
	return "select {}"
}

// selectStart is where the note that a goroutine is about to select belongs:
// before the labels of the statement, since break wants its label just before
// the select. A goto to such a label would jump past it.
func (r *rewriter) selectStart(s *ast.SelectStmt) (token.Pos, string) {
	at := s.Pos()
	for up := 1; ; up++ {
		l, ok := r.parent(up).(*ast.LabeledStmt)
		if !ok {
			return at, ""
		}
		if r.facts.gotos[r.info.Defs[l.Label]] {
			return at, "a goto leads to its label"
		}
		at = l.Pos()
	}
}

func (r *rewriter) selectable(s *ast.SelectStmt) string {
	for _, c := range s.Body.List {
		ch := commChannel(c.(*ast.CommClause).Comm)
		if ch != nil && isTypeParam(r.info.TypeOf(ch)) {
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
func (r *rewriter) comm(c *ast.CommClause, n uint32, i int) {
	defer r.push(c)()
	r.after(c.Colon+1, " %s;", r.chosen(c.Comm, n+1+uint32(i), i))
	if c.Comm != nil {
		leave := r.push(c.Comm)
		r.commOperands(c.Comm, n, i)
		leave()
	}
	r.stmts(c.Body)
}

// caseSite makes the site of a case. Those of a select's cases follow the
// select's own, in order, so that the recorder knows them before one is chosen.
func (r *rewriter) caseSite(c *ast.CommClause) {
	ch := commChannel(c.Comm)
	if ch == nil {
		r.sites.site(event.Select, c.Pos(), "")
		return
	}
	op := event.Recv
	if _, sends := c.Comm.(*ast.SendStmt); sends {
		op = event.Send
	}
	r.sites.site(op, c.Pos(), r.sites.text(ch))
	r.sites.last().Kind, r.sites.last().Given = kindOf(r.info.TypeOf(ch).Underlying().(*types.Chan).Elem()), r.given(ch)
}

// chosen is the note that a case was chosen. Where a value was received, it
// says which, and whether the channel was closed, which the case is made to ask.
func (r *rewriter) chosen(s ast.Stmt, n uint32, i int) string {
	ok := r.names[pathRT] + "ok"
	switch s := s.(type) {
	case *ast.ExprStmt:
		r.before(s.Pos(), "_, %s := ", ok)
		return r.chosenRecv(n, i, "_", ok)
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			return r.chosenAssign(s, n, i)
		}
		if len(s.Lhs) == 1 {
			r.after(s.Lhs[0].End(), ", %s", ok)
		} else if ok = r.text(s.Lhs[1]); ok == "_" {
			break
		}
		return r.chosenRecv(n, i, r.text(s.Lhs[0]), ok)
	}
	return sprintf("%s(%d, %d)", r.rt("Selected"), n, i)
}

func (r *rewriter) chosenRecv(n uint32, i int, v, ok string) string {
	if v == "_" {
		return sprintf("%s(%d, %d, %s)", r.rt("SelectedDrop"), n, i, ok)
	}
	return sprintf("%s(%d, %d, %s, %s)", r.rt("SelectedRecv"), n, i, v, ok)
}

// chosenAssign has a case receive into variables of our own, which are assigned
// to those of the case after the note.
func (r *rewriter) chosenAssign(s *ast.AssignStmt, n uint32, i int) string {
	if !r.movable(s) {
		return sprintf("%s(%d, %d)", r.rt("Selected"), n, i)
	}
	v, ok := "_", r.own("ok")
	if !isBlank(s.Lhs[0]) {
		v = r.own("v")
	}
	elem := r.info.TypeOf(received(s).X).Underlying().(*types.Chan).Elem()
	text := r.chosenRecv(n, i, v, ok)
	values := []ownValue{{text: v, typ: elem}}
	if len(s.Lhs) > 1 {
		closed, _ := r.truth(s.Lhs[1], ok)
		values = append(values, closed)
	}
	if to := r.assignments(s.Lhs, values); to != "" {
		text += "; " + to
	}
	r.swap(s.Lhs[0].Pos(), s.Lhs[len(s.Lhs)-1].End(), "%s, %s", v, ok)
	r.swap(s.TokPos, s.TokPos+1, ":=")
	return text
}

// movable reports whether what a case assigns to can be written elsewhere.
func (r *rewriter) movable(s *ast.AssignStmt) bool {
	lo, hi := s.Lhs[0].Pos(), s.Lhs[len(s.Lhs)-1].End()
	if trivia(r.edits.src[r.off(lo):r.off(hi)]) != "" || !r.separate(s.Lhs) {
		return false
	}
	if len(s.Lhs) == 1 {
		return true
	}
	_, ok := r.truth(s.Lhs[1], "")
	return ok
}

func (r *rewriter) commOperands(s ast.Stmt, n uint32, i int) {
	if send, ok := s.(*ast.SendStmt); ok {
		r.commChannel("SelS", send.Chan, n, i)
		r.alone(send.Value)
		return
	}
	r.commChannel("SelR", received(s).X, n, i)
	if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN && !r.movable(a) {
		for _, e := range a.Lhs { // nothing can be written round the receive
			leave := r.push(&ast.EmptyStmt{Semicolon: e.Pos()})
			r.left(e)
			leave()
		}
	}
}

func (r *rewriter) commChannel(fn string, ch ast.Expr, n uint32, i int) {
	r.wrap(ch, sprintf("%s(%d, %d, ", r.rt(fn), n, i), ")")
	r.alone(ch)
}

// alone walks an expression that is evaluated before all that stands behind it.
func (r *rewriter) alone(e ast.Expr) {
	defer r.push(&ast.EmptyStmt{Semicolon: e.Pos()})()
	r.expr(e)
}

// selectBodies walks a select that stays as it is.
func (r *rewriter) selectBodies(s *ast.SelectStmt) {
	defer r.push(s.Body)()
	for _, c := range s.Body.List {
		leave := r.push(c)
		r.stmts(c.(*ast.CommClause).Body)
		leave()
	}
}
