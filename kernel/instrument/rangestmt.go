package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"

	"threading101/kernel/event"
)

// rangeStmt: over a channel each value is received, a map is walked, as is a slice
// whose elements others may change; over all else, what is ranged over is read
// once.
func (r *rewriter) rangeStmt(s *ast.RangeStmt) {
	switch core(r.info.TypeOf(s.X)).(type) {
	case *types.Chan:
		if r.rangeChannel(s) {
			return
		}
		r.expr(s.X)
	case *types.Map:
		if r.rangeMap(s) {
			return
		}
		if !r.loadMap(s.X, nil) {
			r.expr(s.X)
		}
	case *types.Slice:
		if r.rangeSlice(s) {
			return
		}
		r.rangePlain(s)
		r.expr(s.X)
	case *types.Array:
		if r.rangePlain(s); wanted(s.Value) {
			r.expr(s.X)
		} else {
			r.array(s.X)
		}
	case *types.Pointer:
		if r.rangeSlice(s) {
			return
		}
		r.rangePlain(s)
		r.array(s.X)
	case *types.Signature:
		r.tick("Tick", s.For, s.Body)
		r.rangePlain(s)
		r.expr(s.X)
	case *types.Basic:
		r.worksInRange(s)
		r.rangePlain(s)
		r.expr(s.X)
	default:
		r.rangePlain(s)
		r.expr(s.X)
	}
	r.stmt(s.Body)
}

// rangePlain keeps the statement. Variables that it sets and that are others' get
// their values in its body.
func (r *rewriter) rangePlain(s *ast.RangeStmt) {
	if text := r.ownRange(s); text != "" {
		r.after(s.Body.Lbrace+1, "%s", text)
		return
	}
	if s.Tok == token.ASSIGN {
		for _, x := range r.rangeVariables(s) {
			r.left(x)
		}
	}
}

// rangeSlice walks a slice, or what a pointer to an array leads to, element by
// element:
//
//	for i, v := range s {
//
// becomes
//
//	for c, i, v, ok := rt.Each(7, s); ok; i, v, ok = c.Next() {
//
// with names of our own for c and ok. It does so only where the elements are
// wanted, and others may change them.
func (r *rewriter) rangeSlice(s *ast.RangeStmt) bool {
	if !wanted(s.Value) || r.perLoop() && s.Tok == token.DEFINE || !r.worthElements(s.X) {
		return false
	}
	lo, hi := s.For+3, s.X.Pos()
	if trivia(r.edits.src[r.off(lo):r.off(hi)]) != "" {
		return false
	}
	key, value, store := "_", r.text(s.Value), ""
	if s.Key != nil {
		key = r.text(s.Key)
	}
	if s.Tok == token.ASSIGN {
		lhs := r.rangeVariables(s)
		values, ok := r.rangeValues(s)
		if !ok || !r.separate(lhs) {
			return false
		}
		store = " " + r.assignments(lhs, values) + ";"
		if key != "_" {
			key = values[0].text
		}
		value = values[1].text
	}
	n := r.elements(event.Load, s.X)
	c, ok := r.own("c"), r.own("ok")
	r.swap(lo, hi, " %s, %s, %s, %s := %s(%d, ", c, key, value, ok, r.rt("Each"), n)
	r.after(s.X.End(), "); %s; %s, %s, %s = %s.Next()", ok, key, value, ok, c)
	if _, pointer := core(r.info.TypeOf(s.X)).(*types.Pointer); pointer {
		low := ""
		if r.worthLoading(s.X) && r.repeatable(s.X) && !r.effects(s.X) {
			low = r.lowAfter(s.X)
		}
		r.wrap(s.X, "(", ")["+low+":]")
		if low != "" {
			r.descend(s.X)
			r.stmt(s.Body)
			return true
		}
	}
	r.after(s.Body.Lbrace+1, "%s", store)
	r.expr(s.X)
	r.stmt(s.Body)
	return true
}

// worthElements reports whether reads or writes of the elements of a slice, or of
// what a pointer to an array leads to, are to be recorded.
func (r *rewriter) worthElements(x ast.Expr) bool {
	t := r.info.TypeOf(x)
	if r.plain > 0 || !r.facts.records() || isTypeParam(t) {
		return false
	}
	var elem types.Type
	switch u := t.Underlying().(type) {
	case *types.Slice:
		elem = u.Elem()
		if !r.facts.everything && !r.facts.elements[typeKey(t)] && !r.facts.elements[""] && !r.facts.partChanges(elem) {
			return false
		}
	case *types.Pointer:
		a, ok := u.Elem().Underlying().(*types.Array)
		if !ok {
			return false
		}
		elem = a.Elem()
	default:
		return false
	}
	if _, literal := ast.Unparen(x).(*ast.CompositeLit); literal {
		return r.facts.everything
	}
	return telling(elem) && (r.facts.everything || !r.facts.private(x))
}

// elements makes the site of an access to elements of x.
func (r *rewriter) elements(op event.Op, x ast.Expr) uint32 {
	n := r.sites.site(op, x.Pos(), r.sites.text(x)+"[…]")
	r.note(op, x)
	switch u := r.info.TypeOf(x).Underlying().(type) {
	case *types.Slice:
		r.sites.last().Kind = kindOf(u.Elem())
	case *types.Pointer:
		r.sites.last().Kind = kindOf(u.Elem().Underlying().(*types.Array).Elem())
	}
	return n
}

// array walks an array, or a pointer to one, of which perhaps only the length
// matters: without a call in it, it may be no evaluation at all, and must not
// get one.
func (r *rewriter) array(x ast.Expr) {
	if !r.effects(x) {
		return
	}
	r.plain++
	r.expr(x)
	r.plain--
}

// perLoop reports whether the variables of a loop belong to the loop as a
// whole, as they did before Go 1.22, and not to each iteration.
func (r *rewriter) perLoop() bool { return perLoop(r.info, r.pkg, r.file) }

func perLoop(info *types.Info, pkg *types.Package, f *ast.File) bool {
	v := info.FileVersions[f]
	if v == "" {
		v = pkg.GoVersion()
	}
	return v != "" && version.Compare(v, "go1.22") < 0
}
