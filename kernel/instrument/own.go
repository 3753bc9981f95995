package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/event"
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

// ownValue is a value to be assigned: what it is called, and its type; nil for
// what takes its type from where it stands.
type ownValue struct {
	text string
	typ  types.Type
	name string // of the variable of our own, where text is not that
}

// variable is the variable of our own that holds it, "_" if none needs to.
func (v *ownValue) variable() string {
	if v.name != "" {
		return v.name
	}
	return v.text
}

// own is the name of a variable of our own.
func (n *recorderNames) own(suffix string) string { return n.names[pathRT] + suffix }

// lift takes an expression that names a variable out of where it stands: its
// text, rewritten and on one line, belongs elsewhere. Changes round it were asked
// for since then.
func lift(r *rewriter, x ast.Expr, since int) string {
	leave := r.push(&ast.EmptyStmt{Semicolon: x.Pos()})
	left(r, x)
	leave()
	return flat(r.edits.take(r.off(x.Pos()), r.off(x.End()), since))
}

// assignments are the statements that give values of our own to variables of the
// program. They are to be asked for only if [rewriter.separate] says so.
func assignments(r *rewriter, lhs []ast.Expr, values []ownValue) string {
	var list []string
	for i, x := range lhs {
		if isBlank(x) {
			continue
		}
		list = append(list, assignment(r, x, values[i]))
	}
	return strings.Join(list, "; ")
}

func assignment(r *rewriter, x ast.Expr, v ownValue) string {
	since := r.edits.asked
	if m, ok := mapIndex(r.info, x); ok && r.worthMap(m.X) {
		n := r.access(event.Store, m.X)
		r.wrap(m.X, fmt.Sprintf("%s(%d, ", r.rt("MapW"), n), ")")
		return lift(r, x, since) + " = " + v.text
	}
	if !r.worthStoring(x) {
		return lift(r, x, since) + " = " + v.text
	}
	n := r.access(event.Store, x)
	if v.typ == nil || types.Identical(v.typ, r.info.TypeOf(x)) {
		return fmt.Sprintf("%s(%d, &%s, %s)", r.rt("Store"), n, lift(r, x, since), v.text)
	}
	return fmt.Sprintf("%s(&%s).Store(%d, %s)", r.rt("At"), lift(r, x, since), n, v.text)
}

// separate reports whether the variables of a list can be written one after the
// other, from elsewhere: each is on one line, has no calls, and is found without
// what was written before.
func separate(r *rewriter, lhs []ast.Expr) bool {
	for i, x := range lhs {
		if isBlank(x) {
			continue
		}
		if !r.oneLine(x) || len(lhs) > 1 && effects(r.info, x) {
			return false
		}
		for _, before := range lhs[:i] {
			if !isBlank(before) && findsOther(r.info, before, x) {
				return false
			}
		}
	}
	return true
}

// leadsTo reports whether writing a may change which variable b names: b is found
// by way of a, or of something that may be the same as a.
func findsOther(info *types.Info, a, b ast.Expr) bool {
	target, typ := object(info, a), info.TypeOf(a)
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
	return types.Identical(t, u) || isTypeParam(u)
}

// listed reports whether the statement in hand stands in a list of statements,
// where one may become several.
func listed(r *rewriter) bool {
	for up := 1; ; up++ {
		switch r.parent(up).(type) {
		case *ast.LabeledStmt:
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return true
		default:
			return false
		}
	}
}

// assignByOwn assigns by way of variables of our own, or returns false.
func assignByOwn(r *rewriter, s *ast.AssignStmt) bool {
	lo, hi := s.Lhs[0].Pos(), s.Lhs[len(s.Lhs)-1].End()
	if !listed(r) || !separate(r, s.Lhs) || r.between(lo, hi) != "" {
		return false
	}
	var values []ownValue
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
		if names[i] = v.variable(); isBlank(s.Lhs[i]) {
			names[i] = "_"
		}
	}
	define := ":="
	if !slices.ContainsFunc(names, func(n string) bool { return n != "_" }) {
		define = "="
	}
	r.before(s.Pos(), "{ ")
	fill := r.afterAll(s.Rhs[len(s.Rhs)-1].End())
	fill("; " + assignments(r, s.Lhs, values) + " }")
	r.swap(lo, hi, "%s", strings.Join(names, ", "))
	r.swap(s.TokPos, s.TokPos+1, "%s", define)
	for i, e := range s.Rhs {
		if len(s.Rhs) == len(values) && values[i].name == "_" {
			r.swap(e.Pos(), e.End(), "0")
			continue
		}
		r.expr(e)
	}
	return true
}

// ownOfEach are variables for as many values as there are on the right. A
// constant needs none; all else must have its type by itself.
func ownOfEach(r *rewriter, s *ast.AssignStmt) (values []ownValue, ok bool) {
	for i, e := range s.Rhs {
		tv := r.info.Types[e]
		switch {
		case typed(r.info, e) && !shift(e):
			values = append(values, ownValue{text: r.own(fmt.Sprintf("v%d", i)), typ: tv.Type})
		case (tv.Value != nil || tv.IsNil()) && r.oneLine(e):
			values = append(values, ownValue{text: r.text(e), name: "_"})
		default:
			return nil, false
		}
	}
	return values, true
}

// ownResults are variables for the values of one expression.
func ownResults(r *rewriter, s *ast.AssignStmt) (values []ownValue, ok bool) {
	t, ok := r.info.TypeOf(s.Rhs[0]).(*types.Tuple)
	if !ok || t.Len() != len(s.Lhs) {
		return nil, false
	}
	for i := range t.Len() {
		typ := t.At(i).Type()
		if b, untyped := typ.(*types.Basic); untyped && b.Info()&types.IsUntyped != 0 {
			typ = types.Default(typ)
		}
		v := ownValue{text: r.own(fmt.Sprintf("v%d", i)), typ: typ}
		if _, call := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); !call && i == 1 { // whatever it is assigned to
			if v, ok = truth(r, s.Lhs[1], v.text); !ok {
				return nil, false
			}
		}
		values = append(values, v)
	}
	return values, true
}

// truth is a bool in a variable of our own as it can be given to x, which may be of
// a type made of bool.
func truth(r *rewriter, x ast.Expr, name string) (v ownValue, ok bool) {
	v = ownValue{text: name, typ: types.Typ[types.Bool]}
	if isBlank(x) || types.AssignableTo(v.typ, r.info.TypeOf(x)) {
		return v, true
	}
	text, ok := r.typeText(r.info.TypeOf(x), x.Pos())
	return ownValue{text: "(" + text + ")(" + name + ")", name: name}, ok
}

// redeclared writes variables that were there before a := that declares others.
func redeclared(r *rewriter, s *ast.AssignStmt) {
	defer r.exprs(s.Rhs)
	if !listed(r) {
		return
	}
	var text strings.Builder
	for i, x := range s.Lhs {
		id := x.(*ast.Ident)
		if isBlank(x) || r.info.Defs[id] != nil || !r.worthStoring(x) {
			continue
		}
		typ := rightType(r, s, i)
		if typ == nil {
			continue
		}
		n := r.access(event.Store, x)
		v := ownValue{text: r.own(fmt.Sprintf("v%d", n)), typ: typ}
		r.swap(x.Pos(), x.End(), "%s", v.text)
		if types.Identical(v.typ, r.info.TypeOf(x)) {
			text.WriteString(fmt.Sprintf("; %s(%d, &%s, %s)", r.rt("Store"), n, id.Name, v.text))
		} else {
			text.WriteString(fmt.Sprintf("; %s(&%s).Store(%d, %s)", r.rt("At"), id.Name, n, v.text))
		}
	}
	r.after(s.Rhs[len(s.Rhs)-1].End(), "%s", text.String())
}

// rightType is the type of value i of an assignment, nil if it has none by itself.
func rightType(r *rewriter, s *ast.AssignStmt, i int) types.Type {
	if len(s.Lhs) == len(s.Rhs) {
		if !typed(r.info, s.Rhs[i]) || shift(s.Rhs[i]) {
			return nil
		}
		return r.info.TypeOf(s.Rhs[i])
	}
	values, ok := ownResults(r, s)
	if !ok {
		return nil
	}
	if values[i].name != "" {
		return nil
	}
	return values[i].typ
}

// ownRange has a range clause set variables of our own, where one that is not the
// statement's own is to be recorded. It returns the statements that give the
// values to the program's.
func ownRange(r *rewriter, s *ast.RangeStmt) string {
	lhs := rangeVariables(r.info, s)
	if s.Tok != token.ASSIGN || !worthAny(r, lhs) || !separate(r, lhs) {
		return ""
	}
	lo, hi := s.Key.Pos(), s.TokPos
	if r.between(lo, hi) != "" {
		return ""
	}
	values, ok := rangeValues(r, s)
	if !ok {
		return ""
	}
	text := assignments(r, lhs, values)
	names := make([]string, len(lhs))
	for i, x := range lhs {
		if names[i] = values[i].text; isBlank(x) {
			names[i] = "_"
		}
	}
	r.swap(s.Key.Pos(), lhs[len(lhs)-1].End(), "%s", strings.Join(names, ", "))
	r.swap(s.TokPos, s.TokPos+1, ":=")
	return " " + text + ";"
}

func rangeVariables(info *types.Info, s *ast.RangeStmt) (lhs []ast.Expr) {
	for _, x := range []ast.Expr{s.Key, s.Value} {
		if x != nil {
			lhs = append(lhs, x)
		}
	}
	return lhs
}

// rangeValues are variables for what a range clause yields. A number without a
// type takes that of the variable.
func rangeValues(r *rewriter, s *ast.RangeStmt) (values []ownValue, ok bool) {
	var key, value types.Type = types.Typ[types.Int], nil
	t := r.info.TypeOf(s.X)
	switch u := core(t).(type) {
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			value = types.Universe.Lookup("rune").Type()
			break
		}
		if key = t; r.info.Types[s.X].Value != nil && !types.Identical(t, types.Typ[types.Int]) && s.Key != nil {
			text, ok := r.typeText(t, s.Pos())
			if !ok {
				return nil, false
			}
			r.wrap(s.X, "("+text+")(", ")")
		}
	case *types.Slice:
		value = u.Elem()
	case *types.Array:
		value = u.Elem()
	case *types.Pointer:
		value = u.Elem().Underlying().(*types.Array).Elem()
	case *types.Signature:
		yield := u.Params().At(0).Type().Underlying().(*types.Signature).Params()
		key, value = nil, nil
		if yield.Len() > 0 {
			key = yield.At(0).Type()
		}
		if yield.Len() > 1 {
			value = yield.At(1).Type()
		}
	default:
		return nil, false
	}
	return []ownValue{{text: r.own("k"), typ: key}, {text: r.own("v"), typ: value}}, true
}
