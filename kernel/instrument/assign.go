package instrument

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"threading101/kernel/event"
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
func assign(r *rewriter, s *ast.AssignStmt) {
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
func plainAssign(r *rewriter, s *ast.AssignStmt) {
	for _, e := range s.Lhs {
		left(r, e)
	}
	r.exprs(s.Rhs)
}

// left walks the left side of an assignment that stays one.
func left(r *rewriter, e ast.Expr) {
	if x, ok := mapIndex(r.info, e); ok {
		defer r.push(x)()
		r.expr(x.X)
		r.expr(x.Index)
		return
	}
	place(r, e)
}

func assignOne(r *rewriter, s *ast.AssignStmt) {
	x, e := s.Lhs[0], s.Rhs[0]
	if m, ok := mapIndex(r.info, x); ok && r.worthMap(m.X) {
		assignElement(r, s, m, e)
		return
	}
	how, convert := how(r, s, x, e)
	if how == "" {
		handsTo(r, x, e)
		plainAssign(r, s)
		return
	}
	n := written(r, x, e)
	if how == "Store" {
		r.before(x.Pos(), "%s(%d, &", r.rt("Store"), n)
		becomes(r, s, ",")
	} else {
		r.wrap(x, r.rt("At")+"(&", fmt.Sprintf(").Store(%d, ", n))
		becomes(r, s, "")
	}
	if r.after(e.End(), ")"); convert != "" {
		r.wrap(e, "("+convert+")(", ")")
	}
	place(r, x)
	r.expr(e)
}

// how chooses the form in which x = e is recorded, "" for none, and what e is
// converted to.
func how(r *rewriter, s *ast.AssignStmt, x, e ast.Expr) (how, convert string) {
	if !r.worthStoring(x) || r.facts.first[s] {
		return "", ""
	}
	if tv := r.info.Types[e]; tv.IsNil() || types.Identical(tv.Type, r.info.TypeOf(x)) && !shift(e) {
		return "Store", ""
	}
	if !effects(r.info, e) || fixed(r.info, x) {
		return "At", ""
	}
	if text, ok := r.typeText(r.info.TypeOf(x), e.Pos()); ok {
		return "Store", text
	}
	r.sites.note(x.Pos(), "assignment", "the variable is found only after the calls on the right, and the types differ")
	return "", ""
}

// shift reports whether e has a shift in it, whose left side may take its type
// from where it stands.
func shift(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok {
			found = found || b.Op == token.SHL || b.Op == token.SHR
		}
		return !found
	})
	return found
}

// fixed reports whether x is a variable, or a part of one, whose place does not
// depend on any value.
func fixed(info *types.Info, x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		s := info.Selections[x]
		return s == nil || !s.Indirect() && fixed(info, x.X)
	}
	return false
}

// becomes replaces the operator of an assignment by a separator, with the
// blanks before it where nothing else is there.
func becomes(r *rewriter, s *ast.AssignStmt, sep string) {
	lo, hi := s.Lhs[len(s.Lhs)-1].End(), s.Rhs[0].Pos()
	if r.between(lo, hi) != "" {
		r.swap(s.TokPos, s.TokPos+token.Pos(len(s.Tok.String())), "%s", sep)
		return
	}
	if sep != "" {
		sep += " "
	}
	r.swap(lo, hi, "%s", sep)
}

// assignElement writes an element of a map. The map is found, and the event
// noted, when the value is there.
func assignElement(r *rewriter, s *ast.AssignStmt, x *ast.IndexExpr, e ast.Expr) {
	value := r.info.Types[e]
	switch {
	case value.Value != nil || value.IsNil():
		wrapMap(r, "MapW", blindAccess(r, x.X), x.X, x.Index)
		left(r, x)
	case typed(r.info, e) && r.repeatable(x.X) && !effects(r.info, x.Index):
		n := written(r, x.X, e)
		if key := keyText(r, x.X, x.Index); key != "" {
			r.wrap(e, r.rt("MapWAfterKey")+"(", fmt.Sprintf(", %d, %s, %s)", n, r.source(x.X), key))
		} else {
			r.wrap(e, r.rt("MapWAfter")+"(", fmt.Sprintf(", %d, %s)", n, r.source(x.X)))
		}
		left(r, x)
		r.expr(e)
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

func opAssign(r *rewriter, s *ast.AssignStmt) {
	x, e := s.Lhs[0], s.Rhs[0]
	if m, ok := mapIndex(r.info, x); ok && r.worthMap(m.X) && updatable(r, m) && countable(r.info, s) {
		updateElement(r, m, opNames[s.Tok])
		becomes(r, s, "")
		r.after(e.End(), ")")
		element(r, m)
		r.expr(e)
		return
	}
	if !worthUpdating(r, x) || !countable(r.info, s) {
		updateInFull(r, s, x, e)
		return
	}
	l, n := r.access(event.Load, x), r.access(event.Store, x)
	r.before(x.Pos(), "%s(%d, %d, &", r.rt(opNames[s.Tok]), l, n)
	becomes(r, s, ",")
	r.after(e.End(), ")")
	place(r, x)
	r.expr(e)
}

// worthUpdating reports whether x, in x += e, is to be recorded.
func worthUpdating(r *rewriter, x ast.Expr) bool {
	t := r.info.TypeOf(x)
	if !r.worthStoring(x) || isTypeParam(t) {
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
func updateInFull(r *rewriter, s *ast.AssignStmt, x, e ast.Expr) {
	if !r.worthStoring(x) || !r.repeatable(x) || effects(r.info, e) || !r.oneLine(s) {
		plainAssign(r, s)
		return
	}
	l, n := r.access(event.Load, x), r.access(event.Store, x)
	op := s.Tok.String()
	r.before(x.Pos(), "%s(%d, &", r.rt("Store"), n)
	becomes(r, s, fmt.Sprintf(", %s(%d, &%s) %s (", r.rt("Load"), l, r.source(x), op[:len(op)-1]))
	r.after(e.End(), "))")
	leave(r, x)
	r.expr(e)
}

// countable: the number of places to shift by must be an integer by itself.
func countable(info *types.Info, s *ast.AssignStmt) bool {
	if s.Tok != token.SHL_ASSIGN && s.Tok != token.SHR_ASSIGN {
		return !shift(s.Rhs[0])
	}
	tv := info.Types[s.Rhs[0]]
	if tv.Value == nil {
		return typed(info, s.Rhs[0]) && !isTypeParam(tv.Type)
	}
	lit, ok := s.Rhs[0].(*ast.BasicLit)
	return ok && lit.Kind == token.INT && tv.Value.Kind() == constant.Int
}

func incDec(r *rewriter, s *ast.IncDecStmt) {
	x := s.X
	fn := "Add"
	if s.Tok == token.DEC {
		fn = "Sub"
	}
	if m, ok := mapIndex(r.info, x); ok && r.worthMap(m.X) && updatable(r, m) {
		updateElement(r, m, fn)
		r.swap(s.TokPos, s.TokPos+2, "1)")
		element(r, m)
		return
	}
	if !worthUpdating(r, x) {
		if r.worthStoring(x) && r.repeatable(x) {
			stepInFull(r, s)
			return
		}
		left(r, x)
		return
	}
	l, n := r.access(event.Load, x), r.access(event.Store, x)
	r.before(x.Pos(), "%s(%d, %d, &", r.rt(fn), l, n)
	r.swap(s.TokPos, s.TokPos+2, ", 1)")
	place(r, x)
}

// stepInFull is updateInFull for x++.
func stepInFull(r *rewriter, s *ast.IncDecStmt) {
	l, n := r.access(event.Load, s.X), r.access(event.Store, s.X)
	r.before(s.X.Pos(), "%s(%d, &", r.rt("Store"), n)
	r.swap(s.TokPos, s.TokPos+2, "%s", fmt.Sprintf(", %s(%d, &%s) %s 1)", r.rt("Load"), l, r.source(s.X), s.Tok.String()[:1]))
	leave(r, s.X)
}

// updatable reports whether the elements of the map are of a type that the
// operators are defined on, known here, and its keys of one that can be written.
func updatable(r *rewriter, x *ast.IndexExpr) bool {
	t := r.info.TypeOf(x)
	_, basic := t.Underlying().(*types.Basic)
	_, fits := keyConversion(r, x)
	return basic && fits && !isTypeParam(t) && !isTypeParam(r.info.TypeOf(x.X))
}

// keyConversion is the type that the key of an element is converted to where it
// becomes an argument: "" where it need not be, or ok is false where that type cannot
// be written here.
func keyConversion(r *rewriter, x *ast.IndexExpr) (text string, ok bool) {
	m, isMap := r.info.TypeOf(x.X).Underlying().(*types.Map)
	if tv := r.info.Types[x.Index]; !isMap || types.Identical(tv.Type, m.Key()) {
		return "", isMap
	}
	return r.typeText(m.Key(), x.Index.Pos())
}

// updateElement begins a read and write of an element of a map: m[k] becomes
// rt.MapAdd(7, 8, m, k, with what is added still to come.
func updateElement(r *rewriter, x *ast.IndexExpr, fn string) {
	l, n := r.access(event.Load, x.X), r.access(event.Store, x.X)
	r.before(x.Pos(), "%s(%d, %d, ", r.rt("Map"+fn), l, n)
	r.swap(x.Lbrack, x.Lbrack+1, ", ")
	if text, _ := keyConversion(r, x); text != "" {
		r.wrap(x.Index, "("+text+")(", ")")
	}
	r.swap(x.Rbrack, x.Rbrack+1, ", ")
}

// element walks an element that became two arguments.
func element(r *rewriter, x *ast.IndexExpr) {
	defer r.push(x)()
	r.expr(x.X)
	r.expr(x.Index)
}

// assignTuple writes several variables at once. Which variables they are is
// found before the first is written; where finding one could panic, Go might
// have written others by then, so that only variables in fixed places, and
// those that were read on the right just before, are recorded.
func assignTuple(r *rewriter, s *ast.AssignStmt) {
	if !worthAny(r, s.Lhs) {
		plainAssign(r, s)
		return
	}
	if len(s.Lhs) > 3 || !tupleFits(r, s) {
		if assignByOwn(r, s) {
			return
		}
		r.sites.note(s.Pos(), "assignment", "finding one variable might fail once another is written")
		plainAssign(r, s)
		return
	}
	r.before(s.Pos(), "%s%d(", r.rt("Store"), len(s.Lhs))
	places(r, s.Lhs, s.Rhs)
	becomes(r, s, ",")
	r.after(s.Rhs[len(s.Rhs)-1].End(), ")")
	for _, e := range s.Lhs {
		if !isBlank(e) {
			place(r, e)
		}
	}
	r.exprs(s.Rhs)
}

func tupleFits(r *rewriter, s *ast.AssignStmt) bool {
	for i, x := range s.Lhs {
		e := s.Rhs[i]
		if isBlank(x) {
			if !typed(r.info, e) || !r.predeclared("nil", x.Pos()) {
				return false
			}
			continue
		}
		if effects(r.info, x) || !r.info.Types[x].Addressable() && !isIdent(x) || !(fixed(r.info, x) || readBy(r, x, s.Rhs)) {
			return false
		}
		if nothing := r.info.Types[e].IsNil(); !nothing && !types.Identical(r.info.TypeOf(e), r.info.TypeOf(x)) || shift(e) {
			return false
		}
	}
	return true
}

func isIdent(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.Ident)
	return ok
}

// readBy reports whether x is, letter by letter, one of the values.
func readBy(r *rewriter, x ast.Expr, values []ast.Expr) bool {
	for _, e := range values {
		if string(r.source(e)) == string(r.source(x)) {
			return true
		}
	}
	return false
}

func worthAny(r *rewriter, list []ast.Expr) bool {
	for _, x := range list {
		if m, ok := mapIndex(r.info, x); ok && r.worthMap(m.X) || !isBlank(x) && r.worthStoring(x) {
			return true
		}
	}
	return false
}

// places writes site and address of each variable of a list: 7, &x, 8, &y. A
// variable that is not to be recorded has site 0, the blank one is nil. values are
// what is written to them, nil if that is not known one by one.
func places(r *rewriter, list, values []ast.Expr) {
	for i, x := range list {
		switch {
		case isBlank(x):
			r.swap(x.Pos(), x.End(), "0, nil")
		case r.worthStoring(x):
			r.before(x.Pos(), "%d, &", r.access(event.Store, x))
			r.sites.last().Blind = values != nil && blind(r.info, values[i])
		default:
			r.before(x.Pos(), "0, &")
		}
	}
}

// assignResults writes the results of one call.
func assignResults(r *rewriter, s *ast.AssignStmt) {
	_, call := s.Rhs[0].(*ast.CallExpr)
	if !call || len(s.Lhs) != 2 || !worthAny(r, s.Lhs) || !allFixed(r.info, s.Lhs) {
		if worthAny(r, s.Lhs) {
			if assignByOwn(r, s) || call && assignOneResult(r, s) {
				return
			}
			r.sites.note(s.Pos(), "assignment", "it takes several values from one expression")
		}
		plainAssign(r, s)
		return
	}
	r.before(s.Pos(), "%s(", r.rt("At2"))
	places(r, s.Lhs, nil)
	r.after(s.Lhs[1].End(), ").Store(")
	becomes(r, s, "")
	r.after(s.Rhs[0].End(), ")")
	r.exprs(s.Rhs)
}

// assignOneResult writes one of two results, where the other is not wanted, or
// returns false.
func assignOneResult(r *rewriter, s *ast.AssignStmt) bool {
	if len(s.Lhs) != 2 || isBlank(s.Lhs[0]) == isBlank(s.Lhs[1]) {
		return false
	}
	fn, x := "AtFirst", s.Lhs[0]
	if isBlank(x) {
		fn, x = "AtSecond", s.Lhs[1]
	}
	if !fixed(r.info, x) || !r.worthStoring(x) || !r.oneLine(s) {
		return false
	}
	n := r.access(event.Store, x)
	r.swap(s.Lhs[0].Pos(), s.Lhs[1].End(), "%s(%d, &%s).Store(", r.rt(fn), n, r.source(x))
	becomes(r, s, "")
	r.after(s.Rhs[0].End(), ")")
	r.exprs(s.Rhs)
	return true
}

// allFixed: the places are taken before the call. A blank one has no type to
// make a pointer of.
func allFixed(info *types.Info, list []ast.Expr) bool {
	for _, x := range list {
		if isBlank(x) || !fixed(info, x) {
			return false
		}
	}
	return true
}
