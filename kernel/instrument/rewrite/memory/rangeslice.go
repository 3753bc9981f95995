package memory

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/site"
	"threading101/kernel/instrument/syntax"
)

// RangePlain keeps the statement. Variables that it sets and that are others' get
// their values in its body.
func RangePlain(r *draft.Rewriting, s *ast.RangeStmt) {
	if text := ownRange(r, s); text != "" {
		r.After(s.Body.Lbrace+1, "%s", text)
		return
	}
	if s.Tok == token.ASSIGN {
		for _, x := range syntax.RangeVariables(r.Info, s) {
			Assigned(r, x)
		}
	}
}

// RangeSlice walks a slice, or what a pointer to an array leads to, element by
// element:
//
//	for i, v := range s {
//
// becomes
//
//	for c, i, v, ok := rt.Each(7, s); ok; i, v, ok = c.Next() {
//
// with names of our own for c and ok. It does so only where the elements are
// wanted, and others may change them.
func RangeSlice(r *draft.Rewriting, s *ast.RangeStmt) bool {
	if !syntax.Wanted(s.Value) || r.PerLoop() && s.Tok == token.DEFINE || !r.WorthElements(s.X) {
		return false
	}
	lo, hi := s.For+3, s.X.Pos()
	if r.Between(lo, hi) != "" {
		return false
	}
	key, value, store := "_", r.Text(s.Value), ""
	if s.Key != nil {
		key = r.Text(s.Key)
	}
	if s.Tok == token.ASSIGN {
		lhs := syntax.RangeVariables(r.Info, s)
		values, ok := rangeValues(r, s)
		if !ok || !Separate(r, lhs) {
			return false
		}
		store = " " + Assignments(r, lhs, values) + ";"
		if key != "_" {
			key = values[0].Text
		}
		value = values[1].Text
	}
	n := elements(r, event.Load, s.X)
	c, ok := r.Own("c"), r.Own("ok")
	r.Swap(lo, hi, " %s, %s, %s, %s := %s(%d, ", c, key, value, ok, r.RT("Each"+ofLock(elementOf(r.Info.TypeOf(s.X)))), n)
	r.After(s.X.End(), "); %s; %s, %s, %s = %s.Next()", ok, key, value, ok, c)
	if _, pointer := syntax.Core(r.Info.TypeOf(s.X)).(*types.Pointer); pointer {
		low := ""
		if r.WorthLoading(s.X) && r.Repeatable(s.X) && !syntax.Effects(r.Info, s.X) {
			low = lowAfter(r, s.X)
		}
		r.Wrap(s.X, "(", ")["+low+":]")
		if low != "" {
			descend(r, s.X)
			r.Stmt(s.Body)
			return true
		}
	}
	r.After(s.Body.Lbrace+1, "%s", store)
	r.Expr(s.X)
	r.Stmt(s.Body)
	return true
}

// elementOf is the type of the elements of a slice, or of what a pointer to an array
// leads to.
func elementOf(t types.Type) types.Type {
	switch u := syntax.Core(t).(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Pointer:
		return syntax.Core(u.Elem()).(*types.Array).Elem()
	}
	return types.Typ[types.Invalid]
}

// elements makes the site of an access to elements of x.
func elements(r *draft.Rewriting, op event.Op, x ast.Expr) uint32 {
	n := r.Sites.Site(op, x.Pos(), r.Sites.Text(x)+"[…]")
	r.Noted.Access(op, x)
	r.Sites.Last().Kind = site.KindOf(elementOf(r.Info.TypeOf(x)))
	return n
}

// Array walks an array, or a pointer to one, if perhaps only its length matters:
// without a call in it, it may be no evaluation at all, and must not get one.
func Array(r *draft.Rewriting, x ast.Expr) {
	if !syntax.Effects(r.Info, x) {
		return
	}
	r.Unrecorded(func() { r.Expr(x) })
}
