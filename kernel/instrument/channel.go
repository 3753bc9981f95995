package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
)

// send:
//
//	ch <- v           becomes   rt.S(ch).Send(7, v)
//	chs[i] <- f()     becomes   rt.SendTo(7, chs[i], f())
//
// The element type is the channel's, so v is converted as before. Go calls the
// functions in v before it reads the variables in chs[i], in the arguments of a
// call as in a send statement.
func send(r *rewriter, s *ast.SendStmt) {
	elem, ok := channel(r, s.Chan, "send")
	if ok && effects(r.info, s.Value) && !r.facts.stable(s.Chan) {
		if !effects(r.info, s.Chan) && types.Identical(r.info.TypeOf(s.Value), elem) && !shift(s.Value) {
			sendTo(r, s, elem)
			return
		}
		r.sites.note(s.Pos(), "send", "the channel might be another one once the value is computed")
		ok = false
	}
	if !ok {
		r.expr(s.Chan)
		r.expr(s.Value)
		return
	}
	n := sendSite(r, s, elem)
	r.wrap(s.Chan, r.rt("S")+"(", fmt.Sprintf(").Send(%d, ", n))
	arrow(r, s, "")
	r.after(s.Value.End(), ")")
	r.expr(s.Chan)
	r.expr(s.Value)
}

func sendTo(r *rewriter, s *ast.SendStmt, elem types.Type) {
	r.before(s.Pos(), "%s(%d, ", r.rt("SendTo"), sendSite(r, s, elem))
	arrow(r, s, ", ")
	r.after(s.Value.End(), ")")
	r.expr(s.Chan)
	r.expr(s.Value)
}

func sendSite(r *rewriter, s *ast.SendStmt, elem types.Type) uint32 {
	n := r.sites.site(event.SendWant, s.Arrow, r.sites.text(s.Chan))
	r.sites.last().Kind = kindOf(elem)
	return n
}

// arrow replaces the arrow of a send statement, with the blanks round it where
// nothing else is there.
func arrow(r *rewriter, s *ast.SendStmt, sep string) {
	if lo, hi := s.Chan.End(), s.Value.Pos(); r.between(lo, hi) == "" {
		r.swap(lo, hi, "%s", sep)
		return
	}
	r.swap(s.Arrow, s.Arrow+2, "%s", sep)
}

// receive:
//
//	<-ch              becomes   rt.R(ch).Recv(7)
//	v, ok := <-ch     becomes   v, ok := rt.R(ch).Recv2(7)
func receive(r *rewriter, e *ast.UnaryExpr) {
	elem, ok := channel(r, e.X, "receive")
	two := twoValued(r.info, e)
	if ok && two && !plainBool(r, e) {
		r.sites.note(e.Pos(), "receive", "the second result goes to a type of its own")
		ok = false
	}
	if !ok {
		r.expr(e.X)
		return
	}
	fn := "Recv"
	if two {
		fn = "Recv2"
	}
	n := r.sites.site(event.RecvWant, e.OpPos, r.sites.text(e.X))
	r.sites.last().Kind, r.sites.last().Given = kindOf(elem), given(r, e.X)
	r.swap(e.OpPos, e.OpPos+2, "%s(", r.rt("R"))
	r.after(e.X.End(), ").%s(%d)", fn, n)
	r.expr(e.X)
}

// twoValued reports whether the value of e, seen through parentheses, is
// assigned together with whether there was one.
func twoValued(info *types.Info, e ast.Expr) bool {
	_, ok := info.TypeOf(e).(*types.Tuple)
	return ok
}

// plainBool reports whether the second of the two variables that e is assigned
// to is a bool, not a type made of it.
func plainBool(r *rewriter, e ast.Expr) bool {
	t := r.info.TypeOf(e).(*types.Tuple)
	up := 1
	for ; ; up++ {
		if _, ok := r.parent(up).(*ast.ParenExpr); !ok {
			break
		}
	}
	switch s := r.parent(up).(type) {
	case *ast.AssignStmt:
		if id, ok := s.Lhs[1].(*ast.Ident); ok && id.Name == "_" {
			return true
		}
		return types.Identical(r.info.TypeOf(s.Lhs[1]), types.Typ[types.Bool])
	case *ast.ValueSpec:
		if s.Type != nil {
			return types.Identical(r.info.TypeOf(s.Type), types.Typ[types.Bool])
		}
	}
	return t.Len() == 2
}

// closeCall:
//
//	close(ch)   becomes   rt.Close(7, ch)
func closeCall(r *rewriter, call *ast.CallExpr) bool {
	ch := call.Args[0]
	if _, ok := channel(r, ch, "close"); !ok {
		return false
	}
	if !r.oneLine(call.Fun) { // (close /* comment */)(ch)
		r.sites.note(call.Pos(), "close", "its name is written on several lines")
		return false
	}
	n := r.sites.site(event.Close, call.Pos(), r.sites.text(ch))
	r.swap(call.Fun.Pos(), call.Fun.End(), "%s", r.rt("Close"))
	r.firstArg(call, n)
	r.expr(ch)
	return true
}

// channel returns the element type of a channel, and whether it can be handed
// to the recorder.
func channel(r *rewriter, e ast.Expr, construct string) (types.Type, bool) {
	t := r.info.TypeOf(e)
	if isTypeParam(t) {
		r.sites.note(e.Pos(), construct, "the channel's type is a type parameter")
		return nil, false
	}
	c, ok := t.Underlying().(*types.Chan)
	if !ok {
		return nil, false
	}
	return c.Elem(), true
}

// rangeChannel receives one by one what a range clause would:
//
//	for v := range ch {
//
// becomes
//
//	for c, v, ok := rt.R(ch).First(7); ok; v, ok = c.Recv2(7) {
//
// with names of our own for c and ok. An iterator in the place of the channel
// would be shorter, but the body would become a function of its own, to be seen
// in every traceback.
func rangeChannel(r *rewriter, s *ast.RangeStmt) bool {
	elem, ok := channel(r, s.X, "range over a channel")
	if !ok {
		return false
	}
	if s.Tok != token.ILLEGAL && r.perLoop() {
		r.sites.note(s.Pos(), "range over a channel", "before Go 1.22 its variable belongs to the loop")
		return false
	}
	lo, hi := s.For+3, s.X.Pos()
	if r.between(lo, hi) != "" {
		r.sites.note(s.Pos(), "range over a channel", "it is written on several lines")
		return false
	}
	n := r.sites.site(event.RecvWant, s.For, r.sites.text(s.X))
	r.sites.last().Kind, r.sites.last().Given = kindOf(elem), given(r, s.X)
	v, store := "_", ""
	switch {
	case s.Tok == token.DEFINE:
		v = string(r.source(s.Key))
	case s.Tok == token.ASSIGN && !isBlank(s.Key):
		v = r.own("v")
		store = " " + assignment(r, s.Key, ownValue{text: v, typ: elem}) + ";"
	}
	c, more := r.own("c"), r.own("ok")
	r.swap(lo, hi, " %s, %s, %s := %s(", c, v, more, r.rt("R"))
	r.after(s.X.End(), ").First(%d); %s; %s, %s = %s.Recv2(%d)", n, more, v, more, c, n)
	r.after(s.Body.Lbrace+1, "%s", store)
	r.expr(s.X)
	r.stmt(s.Body)
	return true
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}
