package memory

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/splice"
	"threading101/kernel/instrument/syntax"
)

// Where a write cannot be recorded in place, its value goes into a variable of
// our own first, and from there into the program's:
//
//	for a.i = range s {    becomes   for v := range s { rt.Store(7, &a.i, v);
//	a.v, a.ok = <-ch       becomes   { v0, v1 := rt.R(ch).Recv2(6); rt.Store(7, &a.v, v0); rt.Store(8, &a.ok, v1) }
//	n, err := f()          becomes   n, v8 := f(); rt.Store(8, &err, v8)   where err was there before
//
// Go finds all variables on the left before it writes the first. So this is only
// done where writing one does not change which the next is.

// OwnValue is a value to be assigned: what it is called, and its type; nil for
// what takes its type from its surroundings.
type OwnValue struct {
	Text string
	Type types.Type
	name string // of the variable of our own, where text is not that
}

// variable is the variable of our own that holds it, "_" if none needs to.
func (v *OwnValue) variable() string {
	if v.name != "" {
		return v.name
	}
	return v.Text
}

// lift takes an expression that names a variable out of its place: its text,
// rewritten and on one line, belongs elsewhere. Changes round it were asked for
// since then.
func lift(r *draft.Rewriting, x ast.Expr, since int) string {
	leave := r.Push(&ast.EmptyStmt{Semicolon: x.Pos()})
	Assigned(r, x)
	leave()
	return splice.Flat(r.Edits.Take(r.Off(x.Pos()), r.Off(x.End()), since))
}

// Assignments are the statements that give values of our own to variables of the
// program. They are to be asked for only if [Separate] says so.
func Assignments(r *draft.Rewriting, lhs []ast.Expr, values []OwnValue) string {
	var list []string
	for i, x := range lhs {
		if syntax.IsBlank(x) {
			continue
		}
		list = append(list, Assignment(r, x, values[i]))
	}
	return strings.Join(list, "; ")
}

// Assignment is the statement that gives a value of our own to x.
func Assignment(r *draft.Rewriting, x ast.Expr, v OwnValue) string {
	since := r.Edits.Asked
	if m, ok := syntax.MapIndex(r.Info, x); ok && r.WorthMap(m.X) {
		n := r.Access(event.Store, m.X)
		r.Wrap(m.X, fmt.Sprintf("%s(%d, ", r.RT("MapW"), n), ")")
		return lift(r, x, since) + " = " + v.Text
	}
	if !r.WorthStoring(x) {
		return lift(r, x, since) + " = " + v.Text
	}
	n := r.Access(event.Store, x)
	if v.Type == nil || types.Identical(v.Type, r.Info.TypeOf(x)) {
		return fmt.Sprintf("%s(%d, &%s, %s)", r.RT("Store"+ofLock(r.Info.TypeOf(x))), n, lift(r, x, since), v.Text)
	}
	return fmt.Sprintf("%s(&%s).Store(%d, %s)", r.RT("At"), lift(r, x, since), n, v.Text)
}

// Separate reports whether the variables of a list can be written one after the
// other, from elsewhere: each is on one line, has no calls, and is found without
// what was written before.
func Separate(r *draft.Rewriting, lhs []ast.Expr) bool {
	for i, x := range lhs {
		if syntax.IsBlank(x) {
			continue
		}
		if !r.OneLine(x) || len(lhs) > 1 && syntax.Effects(r.Info, x) {
			return false
		}
		for _, before := range lhs[:i] {
			if !syntax.IsBlank(before) && findsOther(r.Info, before, x) {
				return false
			}
		}
	}
	return true
}

// findsOther reports whether writing a may change which variable b names: b is found
// by way of a, or of something that may be the same as a.
func findsOther(info *types.Info, a, b ast.Expr) bool {
	target, typ := syntax.VariableOf(info, a), info.TypeOf(a)
	found := false
	way := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				v, ok := info.Uses[n].(*types.Var)
				found = found || ok && (target == v.Origin() || target == nil && overlap(typ, v.Type()))
			case *ast.IndexExpr, *ast.StarExpr:
				found = found || overlap(typ, info.TypeOf(n.(ast.Expr)))
			}
			return !found
		})
	}
	switch b := ast.Unparen(b).(type) {
	case *ast.SelectorExpr:
		way(b.X)
	case *ast.StarExpr:
		way(b.X)
	case *ast.IndexExpr:
		way(b.X)
		way(b.Index)
	}
	return found
}

// overlap reports whether a variable of type t may be, or have in it, one of type
// u that is read to find another. A struct or an array on the way is not read.
func overlap(t, u types.Type) bool {
	switch u.Underlying().(type) {
	case *types.Struct, *types.Array:
		return false
	}
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array, *types.Interface:
		return true
	}
	return types.Identical(t, u) || syntax.IsTypeParam(u)
}

// listed reports whether the statement in hand is in a list of statements, where one
// may become several.
func listed(r *draft.Rewriting) bool {
	for up := 1; ; up++ {
		switch r.Parent(up).(type) {
		case *ast.LabeledStmt:
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return true
		default:
			return false
		}
	}
}

// assignByOwn assigns by way of variables of our own, or returns false.
func assignByOwn(r *draft.Rewriting, s *ast.AssignStmt) bool {
	lo, hi := s.Lhs[0].Pos(), s.Lhs[len(s.Lhs)-1].End()
	if !listed(r) || !Separate(r, s.Lhs) || r.Between(lo, hi) != "" {
		return false
	}
	var values []OwnValue
	var ok bool
	if len(s.Lhs) == len(s.Rhs) {
		values, ok = ownOfEach(r, s)
	} else {
		values, ok = ownResults(r, s)
	}
	if !ok {
		return false
	}
	names := make([]string, len(values))
	for i, v := range values {
		if names[i] = v.variable(); syntax.IsBlank(s.Lhs[i]) {
			names[i] = "_"
		}
	}
	define := ":="
	if !slices.ContainsFunc(names, func(n string) bool { return n != "_" }) {
		define = "="
	}
	r.Before(s.Pos(), "{ ")
	fill := r.AfterAll(s.Rhs[len(s.Rhs)-1].End())
	fill("; " + Assignments(r, s.Lhs, values) + " }")
	r.Swap(lo, hi, "%s", strings.Join(names, ", "))
	r.Swap(s.TokPos, s.TokPos+1, "%s", define)
	for i, e := range s.Rhs {
		if len(s.Rhs) == len(values) && values[i].name == "_" {
			r.Swap(e.Pos(), e.End(), "0")
			continue
		}
		r.Expr(e)
	}
	return true
}

// ownOfEach are variables for as many values as there are on the right. A
// constant needs none; all else must have its type by itself.
func ownOfEach(r *draft.Rewriting, s *ast.AssignStmt) (values []OwnValue, ok bool) {
	for i, e := range s.Rhs {
		tv := r.Info.Types[e]
		switch {
		case syntax.Typed(r.Info, e) && !syntax.HasShift(e):
			values = append(values, OwnValue{Text: r.Own(fmt.Sprintf("v%d", i)), Type: tv.Type})
		case (tv.Value != nil || tv.IsNil()) && r.OneLine(e):
			values = append(values, OwnValue{Text: r.Text(e), name: "_"})
		default:
			return nil, false
		}
	}
	return values, true
}

// ownResults are variables for the values of one expression.
func ownResults(r *draft.Rewriting, s *ast.AssignStmt) (values []OwnValue, ok bool) {
	t, ok := r.Info.TypeOf(s.Rhs[0]).(*types.Tuple)
	if !ok || t.Len() != len(s.Lhs) {
		return nil, false
	}
	for i := range t.Len() {
		typ := t.At(i).Type()
		if b, untyped := typ.(*types.Basic); untyped && b.Info()&types.IsUntyped != 0 {
			typ = types.Default(typ)
		}
		v := OwnValue{Text: r.Own(fmt.Sprintf("v%d", i)), Type: typ}
		if _, call := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); !call && i == 1 { // whatever it is assigned to
			if v, ok = Bool(r, s.Lhs[1], v.Text); !ok {
				return nil, false
			}
		}
		values = append(values, v)
	}
	return values, true
}

// Bool is a bool in a variable of our own as it can be given to x, which may be of
// a type made of bool.
func Bool(r *draft.Rewriting, x ast.Expr, name string) (v OwnValue, ok bool) {
	v = OwnValue{Text: name, Type: types.Typ[types.Bool]}
	if syntax.IsBlank(x) || types.AssignableTo(v.Type, r.Info.TypeOf(x)) {
		return v, true
	}
	text, ok := r.TypeText(r.Info.TypeOf(x), x.Pos())
	return OwnValue{Text: "(" + text + ")(" + name + ")", name: name}, ok
}
