package memory

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// ownRange has a range clause set variables of our own, where one that is not the
// statement's own is to be recorded. It returns the statements that give the
// values to the program's.
func ownRange(r *draft.Rewriting, s *ast.RangeStmt) string {
	lhs := syntax.RangeVariables(r.Info, s)
	if s.Tok != token.ASSIGN || !worthAny(r, lhs) || !Separate(r, lhs) {
		return ""
	}
	lo, hi := s.Key.Pos(), s.TokPos
	if r.Between(lo, hi) != "" {
		return ""
	}
	values, ok := rangeValues(r, s)
	if !ok {
		return ""
	}
	text := Assignments(r, lhs, values)
	names := make([]string, len(lhs))
	for i, x := range lhs {
		if names[i] = values[i].Text; syntax.IsBlank(x) {
			names[i] = "_"
		}
	}
	r.Swap(s.Key.Pos(), lhs[len(lhs)-1].End(), "%s", strings.Join(names, ", "))
	r.Swap(s.TokPos, s.TokPos+1, ":=")
	return " " + text + ";"
}

// rangeValues are variables for what a range clause yields. A number without a
// type takes that of the variable.
func rangeValues(r *draft.Rewriting, s *ast.RangeStmt) (values []OwnValue, ok bool) {
	var key, value types.Type = types.Typ[types.Int], nil
	t := r.Info.TypeOf(s.X)
	switch u := syntax.Core(t).(type) {
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			value = types.Universe.Lookup("rune").Type()
			break
		}
		if key = t; r.Info.Types[s.X].Value != nil && !types.Identical(t, types.Typ[types.Int]) && s.Key != nil {
			text, ok := r.TypeText(t, s.Pos())
			if !ok {
				return nil, false
			}
			r.Wrap(s.X, "("+text+")(", ")")
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
	return []OwnValue{{Text: r.Own("k"), Type: key}, {Text: r.Own("v"), Type: value}}, true
}
