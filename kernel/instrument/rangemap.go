package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"threading101/kernel/event"
)

// rangeMap walks a map entry by entry, in an order that a scheduler may choose:
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
func rangeMap(r *rewriter, s *ast.RangeStmt) bool {
	if !wanted(s.Key) && !wanted(s.Value) {
		return false
	}
	if r.perLoop() {
		r.sites.note(s.Pos(), "range over a map", "before Go 1.22 its variables belong to the loop")
		return false
	}
	lo, hi := s.For+3, s.X.Pos()
	if r.between(lo, hi) != "" {
		r.sites.note(s.Pos(), "range over a map", "it is written on several lines")
		return false
	}
	n := uint32(0)
	if r.worthMap(s.X) {
		n = r.access(event.Load, s.X)
	}
	fn, vars, store := walked(r, s)
	own := r.own("")
	r.swap(lo, hi, " %sc, %s, %sok := %s(%d, ", own, vars, own, r.from(pathMap, fn), n)
	r.after(s.X.End(), "); %sok; %s, %sok = %sc.Next()", own, vars, own, own)
	r.after(s.Body.Lbrace+1, "%s", store)
	r.expr(s.X)
	r.stmt(s.Body)
	return true
}

// walked says how a map is walked: by which function, into which variables, and
// the assignment that copies those where the statement has variables of others.
func walked(r *rewriter, s *ast.RangeStmt) (fn, vars, store string) {
	k, v := r.own("k"), r.own("v")
	if s.Tok == token.DEFINE {
		if !wanted(s.Value) {
			return "Keys", r.text(s.Key), ""
		}
		return "Pairs", r.text(s.Key) + ", " + r.text(s.Value), ""
	}
	m := core(r.info.TypeOf(s.X)).(*types.Map)
	fn, vars = "Keys", k
	if wanted(s.Value) {
		if fn, vars = "Pairs", k+", "+v; !wanted(s.Key) {
			vars = "_, " + v
		}
	}
	lhs, values := rangeVariables(r.info, s), []ownValue{{text: k, typ: m.Key()}, {text: v, typ: m.Elem()}}
	if separate(r, lhs) {
		return fn, vars, " " + assignments(r, lhs, values) + ";"
	}
	var to, from []string
	for i, x := range lhs {
		if !isBlank(x) {
			to, from = append(to, r.text(x)), append(from, values[i].text)
		}
	}
	return fn, vars, " " + strings.Join(to, ", ") + " = " + strings.Join(from, ", ") + ";"
}

func (r *rewriter) text(e ast.Expr) string { return string(r.source(e)) }

// wanted reports whether a range clause has something to set.
func wanted(e ast.Expr) bool { return e != nil && !isBlank(e) }

// core is what a type is made of. A type parameter has one if all types it may
// stand for are made of the same.
func core(t types.Type) types.Type {
	if !isTypeParam(t) {
		return t.Underlying()
	}
	if u := coreOf(t.Underlying()); u != nil {
		return u
	}
	return t.Underlying()
}

// coreOf is what all types are made of that an element of a constraint admits,
// nil if there is no one such.
func coreOf(e types.Type) types.Type {
	union, ok := e.(*types.Union)
	if !ok {
		if inner, ok := e.Underlying().(*types.Interface); ok {
			for e := range inner.EmbeddedTypes() {
				if u := coreOf(e); u != nil {
					return u
				}
			}
			return nil
		}
		return e.Underlying()
	}
	var all types.Type
	for term := range union.Terms() {
		u := coreOf(term.Type())
		if u == nil || all != nil && !types.Identical(all, u) {
			return nil
		}
		all = u
	}
	return all
}

// mapsFunctions are the functions of package maps that walk one, and ours.
var mapsFunctions = map[string]string{"maps.All": "All", "maps.Keys": "AllKeys", "maps.Values": "AllValues"}

// mapsCall:
//
//	maps.Keys(m)   becomes   rtmap.AllKeys(7, m)
//
// which returns an iterator of the same type. Function values, and calls with
// type arguments, stay plain.
func mapsCall(r *rewriter, call *ast.CallExpr) bool {
	id := called(call.Fun)
	if id == nil || len(call.Args) != 1 {
		return false
	}
	fn, ok := r.info.Uses[id].(*types.Func)
	if !ok {
		return false
	}
	ours, ok := mapsFunctions[fn.FullName()]
	if !ok {
		return false
	}
	m := call.Args[0]
	n := uint32(0)
	if r.worthMap(m) {
		n = r.access(event.Load, m)
	}
	r.rename(call.Fun, pathMap, ours)
	r.firstArg(call, n)
	r.expr(m)
	return true
}
