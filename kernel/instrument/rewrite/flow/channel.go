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

// Send rewrites a send statement:
//
//	ch <- v           becomes   rt.S(ch).Send(7, v)
//	chs[i] <- f()     becomes   rt.SendTo(7, chs[i], f())
//	any[i] <- f()     becomes   rt.SendTo[any](7, any[i], f())
//
// The element type is the channel's, so v is converted as before. Go calls the
// functions in v before it reads the variables in chs[i], in the arguments of a
// call as in a send statement.
func Send(r *draft.Rewriting, s *ast.SendStmt) {
	elem, ok := channel(r, s.Chan, "send")
	if ok && syntax.Effects(r.Info, s.Value) && !r.Facts.Stable(s.Chan) {
		if inst, ok := instance(r, s, elem); ok {
			sendTo(r, s, elem, inst)
			return
		}
		r.Sites.Note(s.Pos(), "send", "the type of its channel cannot be written here")
		ok = false
	}
	if !ok {
		r.Expr(s.Chan)
		r.Expr(s.Value)
		return
	}
	n := sendSite(r, s, elem)
	r.Wrap(s.Chan, r.RT("S")+"(", fmt.Sprintf(").Send(%d, ", n))
	arrow(r, s, "")
	r.After(s.Value.End(), ")")
	r.Expr(s.Chan)
	r.Expr(s.Value)
}

// instance is what tells SendTo the element type where the value has another, or takes
// its own from the channel. It reports false where that cannot be written.
func instance(r *draft.Rewriting, s *ast.SendStmt, elem types.Type) (string, bool) {
	if types.Identical(r.Info.TypeOf(s.Value), elem) && !syntax.HasShift(s.Value) {
		return "", true
	}
	text, ok := r.TypeText(elem, s.Pos())
	return "[" + text + "]", ok
}

func sendTo(r *draft.Rewriting, s *ast.SendStmt, elem types.Type, inst string) {
	r.Before(s.Pos(), "%s%s(%d, ", r.RT("SendTo"), inst, sendSite(r, s, elem))
	arrow(r, s, ", ")
	r.After(s.Value.End(), ")")
	r.Expr(s.Chan)
	r.Expr(s.Value)
}

func sendSite(r *draft.Rewriting, s *ast.SendStmt, elem types.Type) uint32 {
	n := r.Sites.Site(event.SendWant, s.Arrow, r.Sites.Text(s.Chan))
	r.Sites.Last().Kind = site.KindOf(elem)
	return n
}

// arrow replaces the arrow of a send statement, with the blanks round it where
// nothing else is there.
func arrow(r *draft.Rewriting, s *ast.SendStmt, sep string) {
	if lo, hi := s.Chan.End(), s.Value.Pos(); r.Between(lo, hi) == "" {
		r.Swap(lo, hi, "%s", sep)
		return
	}
	r.Swap(s.Arrow, s.Arrow+2, "%s", sep)
}

// Receive rewrites a receive operation:
//
//	<-ch              becomes   rt.R(ch).Recv(7)
//	v, ok := <-ch     becomes   v, ok := rt.R(ch).Recv2(7)
func Receive(r *draft.Rewriting, e *ast.UnaryExpr) {
	elem, ok := channel(r, e.X, "receive")
	two := syntax.TwoValued(r.Info, e)
	if ok && two && !plainBool(r, e) {
		r.Sites.Note(e.Pos(), "receive", "the second result goes to a type of its own")
		ok = false
	}
	if !ok {
		r.Expr(e.X)
		return
	}
	fn := "Recv"
	if two {
		fn = "Recv2"
	}
	n := r.Sites.Site(event.RecvWant, e.OpPos, r.Sites.Text(e.X))
	r.Sites.Last().Kind, r.Sites.Last().Given = site.KindOf(elem), given(r, e.X)
	r.Swap(e.OpPos, e.OpPos+2, "%s(", r.RT("R"))
	r.After(e.X.End(), ").%s(%d)", fn, n)
	r.Expr(e.X)
}

// plainBool reports whether the second of the two variables that e is assigned
// to is a bool, not a type made of it.
func plainBool(r *draft.Rewriting, e ast.Expr) bool {
	t := r.Info.TypeOf(e).(*types.Tuple)
	up := 1
	for ; ; up++ {
		if _, ok := r.Parent(up).(*ast.ParenExpr); !ok {
			break
		}
	}
	switch s := r.Parent(up).(type) {
	case *ast.AssignStmt:
		if id, ok := s.Lhs[1].(*ast.Ident); ok && id.Name == "_" {
			return true
		}
		return types.Identical(r.Info.TypeOf(s.Lhs[1]), types.Typ[types.Bool])
	case *ast.ValueSpec:
		if s.Type != nil {
			return types.Identical(r.Info.TypeOf(s.Type), types.Typ[types.Bool])
		}
	}
	return t.Len() == 2
}

// Close rewrites a call of close, or returns false:
//
//	close(ch)   becomes   rt.Close(7, ch)
func Close(r *draft.Rewriting, call *ast.CallExpr) bool {
	ch := call.Args[0]
	if _, ok := channel(r, ch, "close"); !ok {
		return false
	}
	if !r.OneLine(call.Fun) { // (close /* comment */)(ch)
		r.Sites.Note(call.Pos(), "close", "its name is written on several lines")
		return false
	}
	n := r.Sites.Site(event.Close, call.Pos(), r.Sites.Text(ch))
	r.Swap(call.Fun.Pos(), call.Fun.End(), "%s", r.RT("Close"))
	r.FirstArg(call, n)
	r.Expr(ch)
	return true
}

// channel returns the element type of a channel, and whether it can be handed
// to the recorder.
func channel(r *draft.Rewriting, e ast.Expr, construct string) (types.Type, bool) {
	t := r.Info.TypeOf(e)
	if syntax.IsTypeParam(t) {
		r.Sites.Note(e.Pos(), construct, "the channel's type is a type parameter")
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
func rangeChannel(r *draft.Rewriting, s *ast.RangeStmt) bool {
	elem, ok := channel(r, s.X, "range over a channel")
	if !ok {
		return false
	}
	if s.Tok != token.ILLEGAL && r.PerLoop() {
		r.Sites.Note(s.Pos(), "range over a channel", "before Go 1.22 its variable belongs to the loop")
		return false
	}
	lo, hi := s.For+3, s.X.Pos()
	if r.Between(lo, hi) != "" {
		r.Sites.Note(s.Pos(), "range over a channel", "it is written on several lines")
		return false
	}
	n := r.Sites.Site(event.RecvWant, s.For, r.Sites.Text(s.X))
	r.Sites.Last().Kind, r.Sites.Last().Given = site.KindOf(elem), given(r, s.X)
	v, store := "_", ""
	switch {
	case s.Tok == token.DEFINE:
		v = string(r.Source(s.Key))
	case s.Tok == token.ASSIGN && !syntax.IsBlank(s.Key):
		v = r.Own("v")
		store = " " + memory.Assignment(r, s.Key, memory.OwnValue{Text: v, Type: elem}) + ";"
	}
	c, more := r.Own("c"), r.Own("ok")
	r.Swap(lo, hi, " %s, %s, %s := %s(", c, v, more, r.RT("R"))
	r.After(s.X.End(), ").First(%d); %s; %s, %s = %s.Recv2(%d)", n, more, v, more, c, n)
	r.After(s.Body.Lbrace+1, "%s", store)
	r.Expr(s.X)
	r.Stmt(s.Body)
	return true
}
