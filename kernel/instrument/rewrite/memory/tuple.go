package memory

import (
	"go/ast"
	"go/types"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// assignTuple writes several variables at once. Which variables they are is
// found before the first is written; where finding one could panic, Go might
// have written others by then, so that only variables in fixed places, and
// those that were read on the right just before, are recorded.
func assignTuple(r *draft.Rewriting, s *ast.AssignStmt) {
	if !worthAny(r, s.Lhs) {
		plainAssign(r, s)
		return
	}
	if len(s.Lhs) > 3 || holdsLocks(r.Info, s.Lhs) || !tupleFits(r, s) {
		if assignByOwn(r, s) {
			return
		}
		r.Sites.Note(s.Pos(), "assignment", "finding one variable might fail once another is written")
		plainAssign(r, s)
		return
	}
	r.Before(s.Pos(), "%s%d(", r.RT("Store"), len(s.Lhs))
	places(r, s.Lhs, s.Rhs)
	becomes(r, s, ",")
	r.After(s.Rhs[len(s.Rhs)-1].End(), ")")
	for _, e := range s.Lhs {
		if !syntax.IsBlank(e) {
			Place(r, e)
		}
	}
	r.Exprs(s.Rhs)
}

func tupleFits(r *draft.Rewriting, s *ast.AssignStmt) bool {
	for i, x := range s.Lhs {
		e := s.Rhs[i]
		if syntax.IsBlank(x) {
			if !syntax.Typed(r.Info, e) || !r.Predeclared("nil", x.Pos()) {
				return false
			}
			continue
		}
		if syntax.Effects(r.Info, x) || !r.Info.Types[x].Addressable() && !syntax.IsIdent(x) || !(syntax.FixedPlace(r.Info, x) || readBy(r, x, s.Rhs)) {
			return false
		}
		if nothing := r.Info.Types[e].IsNil(); !nothing && !types.Identical(r.Info.TypeOf(e), r.Info.TypeOf(x)) || syntax.HasShift(e) {
			return false
		}
	}
	return true
}

// readBy reports whether x is, letter by letter, one of the values.
func readBy(r *draft.Rewriting, x ast.Expr, values []ast.Expr) bool {
	for _, e := range values {
		if string(r.Source(e)) == string(r.Source(x)) {
			return true
		}
	}
	return false
}

func worthAny(r *draft.Rewriting, list []ast.Expr) bool {
	for _, x := range list {
		if m, ok := syntax.MapIndex(r.Info, x); ok && r.WorthMap(m.X) || !syntax.IsBlank(x) && r.WorthStoring(x) {
			return true
		}
	}
	return false
}

// places writes site and address of each variable of a list: 7, &x, 8, &y. A
// variable that is not to be recorded has site 0, the blank one is nil. values are
// what is written to them, nil if that is not known one by one.
func places(r *draft.Rewriting, list, values []ast.Expr) {
	for i, x := range list {
		switch {
		case syntax.IsBlank(x):
			r.Swap(x.Pos(), x.End(), "0, nil")
		case r.WorthStoring(x):
			r.Before(x.Pos(), "%d, &", r.Access(event.Store, x))
			r.Sites.Last().Blind = values != nil && blind(r.Info, values[i])
		default:
			r.Before(x.Pos(), "0, &")
		}
	}
}

// assignResults writes the results of one call.
func assignResults(r *draft.Rewriting, s *ast.AssignStmt) {
	_, call := s.Rhs[0].(*ast.CallExpr)
	if !call || len(s.Lhs) != 2 || !worthAny(r, s.Lhs) || holdsLocks(r.Info, s.Lhs) || !allFixed(r.Info, s.Lhs) {
		if worthAny(r, s.Lhs) {
			if assignByOwn(r, s) || call && assignOneResult(r, s) {
				return
			}
			r.Sites.Note(s.Pos(), "assignment", "it takes several values from one expression")
		}
		plainAssign(r, s)
		return
	}
	r.Before(s.Pos(), "%s(", r.RT("At2"))
	places(r, s.Lhs, nil)
	r.After(s.Lhs[1].End(), ").Store(")
	becomes(r, s, "")
	r.After(s.Rhs[0].End(), ")")
	r.Exprs(s.Rhs)
}

// assignOneResult writes one of two results, where the other is not wanted, or
// returns false.
func assignOneResult(r *draft.Rewriting, s *ast.AssignStmt) bool {
	if len(s.Lhs) != 2 || syntax.IsBlank(s.Lhs[0]) == syntax.IsBlank(s.Lhs[1]) {
		return false
	}
	fn, x := "AtFirst", s.Lhs[0]
	if syntax.IsBlank(x) {
		fn, x = "AtSecond", s.Lhs[1]
	}
	if !syntax.FixedPlace(r.Info, x) || !r.WorthStoring(x) || !r.OneLine(s) || holdsLocks(r.Info, s.Lhs) {
		return false
	}
	n := r.Access(event.Store, x)
	r.Swap(s.Lhs[0].Pos(), s.Lhs[1].End(), "%s(%d, &%s).Store(", r.RT(fn), n, r.Source(x))
	becomes(r, s, "")
	r.After(s.Rhs[0].End(), ")")
	r.Exprs(s.Rhs)
	return true
}

// holdsLocks reports whether a lock is overwritten, which only a write of one variable
// says: see StoreLock in rt.
func holdsLocks(info *types.Info, list []ast.Expr) bool {
	return slices.ContainsFunc(list, func(x ast.Expr) bool { return !syntax.IsBlank(x) && syntax.HoldsLock(info.TypeOf(x)) })
}

// allFixed reports whether all places are known before the call. A blank one has no
// type to make a pointer of.
func allFixed(info *types.Info, list []ast.Expr) bool {
	for _, x := range list {
		if syntax.IsBlank(x) || !syntax.FixedPlace(info, x) {
			return false
		}
	}
	return true
}
