package memory

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/stream"
	"threading101/kernel/instrument/syntax"
)

// Writes of variables that others can reach:
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
		r.Before(x.Pos(), "%s(%d, &", r.RT("Store"), n)
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

// countable: the number of places to shift by must be an integer by itself.
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

// updatable reports whether the elements of the map are of a type that the
// operators are defined on, known here, and its keys of one that can be written.
func updatable(r *draft.Rewriting, x *ast.IndexExpr) bool {
	t := r.Info.TypeOf(x)
	_, basic := t.Underlying().(*types.Basic)
	_, fits := keyConversion(r, x)
	return basic && fits && !syntax.IsTypeParam(t) && !syntax.IsTypeParam(r.Info.TypeOf(x.X))
}

// keyConversion is the type that the key of an element is converted to where it
// becomes an argument: "" where it need not be, or ok is false where that type cannot
// be written here.
func keyConversion(r *draft.Rewriting, x *ast.IndexExpr) (text string, ok bool) {
	m, isMap := r.Info.TypeOf(x.X).Underlying().(*types.Map)
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

// assignTuple writes several variables at once. Which variables they are is
// found before the first is written; where finding one could panic, Go might
// have written others by then, so that only variables in fixed places, and
// those that were read on the right just before, are recorded.
func assignTuple(r *draft.Rewriting, s *ast.AssignStmt) {
	if !worthAny(r, s.Lhs) {
		plainAssign(r, s)
		return
	}
	if len(s.Lhs) > 3 || !tupleFits(r, s) {
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
	if !call || len(s.Lhs) != 2 || !worthAny(r, s.Lhs) || !allFixed(r.Info, s.Lhs) {
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
	if !syntax.FixedPlace(r.Info, x) || !r.WorthStoring(x) || !r.OneLine(s) {
		return false
	}
	n := r.Access(event.Store, x)
	r.Swap(s.Lhs[0].Pos(), s.Lhs[1].End(), "%s(%d, &%s).Store(", r.RT(fn), n, r.Source(x))
	becomes(r, s, "")
	r.After(s.Rhs[0].End(), ")")
	r.Exprs(s.Rhs)
	return true
}

// allFixed: the places are taken before the call. A blank one has no type to
// make a pointer of.
func allFixed(info *types.Info, list []ast.Expr) bool {
	for _, x := range list {
		if syntax.IsBlank(x) || !syntax.FixedPlace(info, x) {
			return false
		}
	}
	return true
}
