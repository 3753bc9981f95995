package memory

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/stream"
	"threading101/kernel/instrument/syntax"
)

// Assign rewrites writes of variables that others can reach:
//
//	x = e           becomes   rt.Store(7, &x, e)
//	x = e           becomes   rt.At(&x).Store(7, e)         where e has another type than x
//	x, y = d, e     becomes   rt.Store2(7, &x, 8, &y, d, e)
//	x, y = f()      becomes   rt.At2(7, &x, 8, &y).Store(f())
//	_, y = f()      becomes   rt.AtSecond(8, &y).Store(f())         in the header of an if, for or switch
//	x += e, x++     become    rt.Add(7, 8, &x, e), rt.Add(7, 8, &x, 1)
//	m[k] = e        becomes   m[k] = rt.MapWAfterKey(e, 7, m, k)   or, where k cannot be evaluated twice,
//	                          m[k] = rt.MapWAfter(e, 7, m)
//	m[k] += e       becomes   rt.MapAdd(7, 8, m, k, e)
//
// The operands are evaluated once. Go calls the functions on the right before
// it computes where &p.f or &s[i] is, in the arguments of a call as in an
// assignment.
func Assign(r *draft.Rewriting, s *ast.AssignStmt) {
	switch {
	case s.Tok == token.DEFINE:
		redeclared(r, s)
	case s.Tok != token.ASSIGN:
		opAssign(r, s)
	case len(s.Lhs) == 1:
		assignOne(r, s)
	case len(s.Lhs) == len(s.Rhs):
		assignTuple(r, s)
	default:
		assignResults(r, s)
	}
}

// plainAssign leaves the writes alone.
func plainAssign(r *draft.Rewriting, s *ast.AssignStmt) {
	for _, e := range s.Lhs {
		Assigned(r, e)
	}
	r.Exprs(s.Rhs)
}

// Assigned walks the left side of an assignment that stays one.
func Assigned(r *draft.Rewriting, e ast.Expr) {
	if x, ok := syntax.MapIndex(r.Info, e); ok {
		defer r.Push(x)()
		r.Expr(x.X)
		r.Expr(x.Index)
		return
	}
	Place(r, e)
}

func assignOne(r *draft.Rewriting, s *ast.AssignStmt) {
	x, e := s.Lhs[0], s.Rhs[0]
	if m, ok := syntax.MapIndex(r.Info, x); ok && r.WorthMap(m.X) {
		assignElement(r, s, m, e)
		return
	}
	how, convert := how(r, s, x, e)
	if how == "" {
		stream.WrapAssigned(r, x, e)
		plainAssign(r, s)
		return
	}
	n := written(r, x, e)
	if how == "Store" {
		r.Before(x.Pos(), "%s(%d, &", r.RT("Store"+ofLock(r.Info.TypeOf(x))), n)
		becomes(r, s, ",")
	} else {
		r.Wrap(x, r.RT("At")+"(&", fmt.Sprintf(").Store(%d, ", n))
		becomes(r, s, "")
	}
	if r.After(e.End(), ")"); convert != "" {
		r.Wrap(e, "("+convert+")(", ")")
	}
	Place(r, x)
	r.Expr(e)
}

// how chooses the form in which x = e is recorded, "" for none, and what e is
// converted to.
func how(r *draft.Rewriting, s *ast.AssignStmt, x, e ast.Expr) (how, convert string) {
	if !r.WorthStoring(x) || r.Facts.First[s] {
		return "", ""
	}
	if tv := r.Info.Types[e]; tv.IsNil() || types.Identical(tv.Type, r.Info.TypeOf(x)) && !syntax.HasShift(e) {
		return "Store", ""
	}
	if !syntax.Effects(r.Info, e) || syntax.FixedPlace(r.Info, x) {
		return "At", ""
	}
	if text, ok := r.TypeText(r.Info.TypeOf(x), e.Pos()); ok {
		return "Store", text
	}
	r.Sites.Note(x.Pos(), "assignment", "the variable is found only after the calls on the right, and the types differ")
	return "", ""
}

// becomes replaces the operator of an assignment by a separator, with the
// blanks before it where nothing else is there.
func becomes(r *draft.Rewriting, s *ast.AssignStmt, sep string) {
	lo, hi := s.Lhs[len(s.Lhs)-1].End(), s.Rhs[0].Pos()
	if r.Between(lo, hi) != "" {
		r.Swap(s.TokPos, s.TokPos+token.Pos(len(s.Tok.String())), "%s", sep)
		return
	}
	if sep != "" {
		sep += " "
	}
	r.Swap(lo, hi, "%s", sep)
}

// assignElement writes an element of a map. The map is found, and the event
// noted, when the value is there.
func assignElement(r *draft.Rewriting, s *ast.AssignStmt, x *ast.IndexExpr, e ast.Expr) {
	value := r.Info.Types[e]
	switch {
	case value.Value != nil || value.IsNil():
		wrapMap(r, "MapW", BlindAccess(r, x.X), x.X, x.Index)
		Assigned(r, x)
	case syntax.Typed(r.Info, e) && r.Repeatable(x.X) && !syntax.Effects(r.Info, x.Index):
		n := written(r, x.X, e)
		if key := keyText(r, x.X, x.Index); key != "" {
			r.Wrap(e, r.RT("MapWAfterKey")+"(", fmt.Sprintf(", %d, %s, %s)", n, r.Source(x.X), key))
		} else {
			r.Wrap(e, r.RT("MapWAfter")+"(", fmt.Sprintf(", %d, %s)", n, r.Source(x.X)))
		}
		Assigned(r, x)
		r.Expr(e)
	default:
		plainAssign(r, s)
	}
}
