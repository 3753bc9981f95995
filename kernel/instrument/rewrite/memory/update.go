package memory

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// opNames are the recorder's functions for the assignment operators.
var opNames = map[token.Token]string{
	token.ADD_ASSIGN: "Add", token.SUB_ASSIGN: "Sub", token.MUL_ASSIGN: "Mul", token.QUO_ASSIGN: "Quo",
	token.REM_ASSIGN: "Rem", token.AND_ASSIGN: "And", token.OR_ASSIGN: "Or", token.XOR_ASSIGN: "Xor",
	token.SHL_ASSIGN: "Shl", token.SHR_ASSIGN: "Shr", token.AND_NOT_ASSIGN: "AndNot",
}

func opAssign(r *draft.Rewriting, s *ast.AssignStmt) {
	x, e := s.Lhs[0], s.Rhs[0]
	if m, ok := syntax.MapIndex(r.Info, x); ok && r.WorthMap(m.X) && updatable(r, m) && countable(r.Info, s) {
		updateElement(r, m, opNames[s.Tok])
		becomes(r, s, "")
		r.After(e.End(), ")")
		element(r, m)
		r.Expr(e)
		return
	}
	if !worthUpdating(r, x) || !countable(r.Info, s) {
		updateInFull(r, s, x, e)
		return
	}
	l, n := r.Access(event.Load, x), r.Access(event.Store, x)
	r.Before(x.Pos(), "%s(%d, %d, &", r.RT(opNames[s.Tok]), l, n)
	becomes(r, s, ",")
	r.After(e.End(), ")")
	Place(r, x)
	r.Expr(e)
}

// worthUpdating reports whether x, in x += e, is to be recorded.
func worthUpdating(r *draft.Rewriting, x ast.Expr) bool {
	t := r.Info.TypeOf(x)
	if !r.WorthStoring(x) || syntax.IsTypeParam(t) {
		return false
	}
	_, basic := t.Underlying().(*types.Basic)
	return basic
}

// updateInFull writes out what Add and its like cannot do:
//
//	x += e   becomes   rt.Store(8, &x, rt.Load(7, &x) + (e))
//
// where x can be evaluated twice, and e changes nothing.
func updateInFull(r *draft.Rewriting, s *ast.AssignStmt, x, e ast.Expr) {
	if !r.WorthStoring(x) || !r.Repeatable(x) || syntax.Effects(r.Info, e) || !r.OneLine(s) {
		plainAssign(r, s)
		return
	}
	l, n := r.Access(event.Load, x), r.Access(event.Store, x)
	op := s.Tok.String()
	r.Before(x.Pos(), "%s(%d, &", r.RT("Store"), n)
	becomes(r, s, fmt.Sprintf(", %s(%d, &%s) %s (", r.RT("Load"), l, r.Source(x), op[:len(op)-1]))
	r.After(e.End(), "))")
	leave(r, x)
	r.Expr(e)
}

// countable reports whether the right side of an assignment with an operator has
// its type by itself: the number of places to shift by must be an integer.
func countable(info *types.Info, s *ast.AssignStmt) bool {
	if s.Tok != token.SHL_ASSIGN && s.Tok != token.SHR_ASSIGN {
		return !syntax.HasShift(s.Rhs[0])
	}
	tv := info.Types[s.Rhs[0]]
	if tv.Value == nil {
		return syntax.Typed(info, s.Rhs[0]) && !syntax.IsTypeParam(tv.Type)
	}
	lit, ok := s.Rhs[0].(*ast.BasicLit)
	return ok && lit.Kind == token.INT && tv.Value.Kind() == constant.Int
}

// IncDec rewrites x++ and x--.
func IncDec(r *draft.Rewriting, s *ast.IncDecStmt) {
	x := s.X
	fn := "Add"
	if s.Tok == token.DEC {
		fn = "Sub"
	}
	if m, ok := syntax.MapIndex(r.Info, x); ok && r.WorthMap(m.X) && updatable(r, m) {
		updateElement(r, m, fn)
		r.Swap(s.TokPos, s.TokPos+2, "1)")
		element(r, m)
		return
	}
	if !worthUpdating(r, x) {
		if r.WorthStoring(x) && r.Repeatable(x) {
			stepInFull(r, s)
			return
		}
		Assigned(r, x)
		return
	}
	l, n := r.Access(event.Load, x), r.Access(event.Store, x)
	r.Before(x.Pos(), "%s(%d, %d, &", r.RT(fn), l, n)
	r.Swap(s.TokPos, s.TokPos+2, ", 1)")
	Place(r, x)
}

// stepInFull is updateInFull for x++.
func stepInFull(r *draft.Rewriting, s *ast.IncDecStmt) {
	l, n := r.Access(event.Load, s.X), r.Access(event.Store, s.X)
	r.Before(s.X.Pos(), "%s(%d, &", r.RT("Store"), n)
	r.Swap(s.TokPos, s.TokPos+2, "%s", fmt.Sprintf(", %s(%d, &%s) %s 1)", r.RT("Load"), l, r.Source(s.X), s.Tok.String()[:1]))
	leave(r, s.X)
}

// updatable reports whether the elements of the map are of a type that has the
// operators and is known here, and its keys of a type that can be written.
func updatable(r *draft.Rewriting, x *ast.IndexExpr) bool {
	t := r.Info.TypeOf(x)
	_, basic := t.Underlying().(*types.Basic)
	_, fits := keyConversion(r, x)
	return basic && fits && !syntax.IsTypeParam(t)
}

// keyConversion is the type that the key of an element is converted to where it
// becomes an argument: "" where it need not be, or ok is false where that type cannot
// be written here.
func keyConversion(r *draft.Rewriting, x *ast.IndexExpr) (text string, ok bool) {
	m, isMap := syntax.Core(r.Info.TypeOf(x.X)).(*types.Map)
	if tv := r.Info.Types[x.Index]; !isMap || types.Identical(tv.Type, m.Key()) {
		return "", isMap
	}
	return r.TypeText(m.Key(), x.Index.Pos())
}

// updateElement begins a read and write of an element of a map: m[k] becomes
// rt.MapAdd(7, 8, m, k, with what is added still to come.
func updateElement(r *draft.Rewriting, x *ast.IndexExpr, fn string) {
	l, n := r.Access(event.Load, x.X), r.Access(event.Store, x.X)
	r.Before(x.Pos(), "%s(%d, %d, ", r.RT("Map"+fn), l, n)
	r.Swap(x.Lbrack, x.Lbrack+1, ", ")
	if text, _ := keyConversion(r, x); text != "" {
		r.Wrap(x.Index, "("+text+")(", ")")
	}
	r.Swap(x.Rbrack, x.Rbrack+1, ", ")
}

// element walks an element that became two arguments.
func element(r *draft.Rewriting, x *ast.IndexExpr) {
	defer r.Push(x)()
	r.Expr(x.X)
	r.Expr(x.Index)
}
