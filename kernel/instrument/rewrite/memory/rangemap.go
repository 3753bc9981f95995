package memory

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// RangeMap walks a map entry by entry, in an order that a scheduler may choose:
//
//	for k, v := range m {
//
// becomes
//
//	for c, k, v, ok := rtmap.Pairs(7, m); ok; k, v, ok = c.Next() {
//
// with names of our own for c and ok, and rtmap.Keys where only keys are wanted.
// Where no variable is set, the order says nothing, and the statement stays as
// it is.
func RangeMap(r *draft.Rewriting, s *ast.RangeStmt) bool {
	if !syntax.Wanted(s.Key) && !syntax.Wanted(s.Value) {
		return false
	}
	if r.PerLoop() {
		r.Sites.Note(s.Pos(), "range over a map", "before Go 1.22 its variables belong to the loop")
		return false
	}
	lo, hi := s.For+3, s.X.Pos()
	if r.Between(lo, hi) != "" {
		r.Sites.Note(s.Pos(), "range over a map", "it is written on several lines")
		return false
	}
	n := uint32(0)
	if r.WorthMap(s.X) {
		n = r.Access(event.Load, s.X)
	}
	fn, vars, store := walked(r, s)
	own := r.Own("")
	r.Swap(lo, hi, " %sc, %s, %sok := %s(%d, ", own, vars, own, r.From(draft.PathMap, fn), n)
	r.After(s.X.End(), "); %sok; %s, %sok = %sc.Next()", own, vars, own, own)
	r.After(s.Body.Lbrace+1, "%s", store)
	r.Expr(s.X)
	r.Stmt(s.Body)
	return true
}

// walked says how a map is walked: by which function, into which variables, and
// the assignment that copies those where the statement has variables of others.
func walked(r *draft.Rewriting, s *ast.RangeStmt) (fn, vars, store string) {
	k, v := r.Own("k"), r.Own("v")
	if s.Tok == token.DEFINE {
		if !syntax.Wanted(s.Value) {
			return "Keys", r.Text(s.Key), ""
		}
		return "Pairs", r.Text(s.Key) + ", " + r.Text(s.Value), ""
	}
	m := syntax.Core(r.Info.TypeOf(s.X)).(*types.Map)
	fn, vars = "Keys", k
	if syntax.Wanted(s.Value) {
		if fn, vars = "Pairs", k+", "+v; !syntax.Wanted(s.Key) {
			vars = "_, " + v
		}
	}
	lhs, values := syntax.RangeVariables(r.Info, s), []OwnValue{{Text: k, Type: m.Key()}, {Text: v, Type: m.Elem()}}
	if Separate(r, lhs) {
		return fn, vars, " " + Assignments(r, lhs, values) + ";"
	}
	var to, from []string
	for i, x := range lhs {
		if !syntax.IsBlank(x) {
			to, from = append(to, r.Text(x)), append(from, values[i].Text)
		}
	}
	return fn, vars, " " + strings.Join(to, ", ") + " = " + strings.Join(from, ", ") + ";"
}
