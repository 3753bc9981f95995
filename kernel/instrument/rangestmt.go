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
func rangeStmt(r *rewriter, s *ast.RangeStmt) {
	switch core(r.info.TypeOf(s.X)).(type) {
	case *types.Chan:
		if rangeChannel(r, s) {
			return
		}
		r.expr(s.X)
	case *types.Map:
		if rangeMap(r, s) {
			return
		}
		if !loadMap(r, s.X, nil) {
			r.expr(s.X)
		}
	case *types.Slice:
		if rangeSlice(r, s) {
			return
		}
		rangePlain(r, s)
		r.expr(s.X)
	case *types.Array:
		if rangePlain(r, s); wanted(s.Value) {
			r.expr(s.X)
		} else {
			array(r, s.X)
		}
	case *types.Pointer:
		if rangeSlice(r, s) {
			return
		}
		rangePlain(r, s)
		array(r, s.X)
	case *types.Signature:
		tick(r, "Tick", s.For, s.Body)
		rangePlain(r, s)
		r.expr(s.X)
	case *types.Basic:
		worksInRange(r, s)
		rangePlain(r, s)
		r.expr(s.X)
	default:
		rangePlain(r, s)
		r.expr(s.X)
	}
	r.stmt(s.Body)
}

// rangePlain keeps the statement. Variables that it sets and that are others' get
// their values in its body.
func rangePlain(r *rewriter, s *ast.RangeStmt) {
	if text := ownRange(r, s); text != "" {
		r.after(s.Body.Lbrace+1, "%s", text)
		return
	}
	if s.Tok == token.ASSIGN {
		for _, x := range rangeVariables(r.info, s) {
			left(r, x)
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
func rangeSlice(r *rewriter, s *ast.RangeStmt) bool {
	if !wanted(s.Value) || r.perLoop() && s.Tok == token.DEFINE || !r.worthElements(s.X) {
		return false
	}
	lo, hi := s.For+3, s.X.Pos()
	if r.between(lo, hi) != "" {
		return false
	}
	key, value, store := "_", r.text(s.Value), ""
	if s.Key != nil {
		key = r.text(s.Key)
	}
	if s.Tok == token.ASSIGN {
		lhs := rangeVariables(r.info, s)
		values, ok := rangeValues(r, s)
		if !ok || !separate(r, lhs) {
			return false
		}
		store = " " + assignments(r, lhs, values) + ";"
		if key != "_" {
			key = values[0].text
		}
		value = values[1].text
	}
	n := elements(r, event.Load, s.X)
	c, ok := r.own("c"), r.own("ok")
	r.swap(lo, hi, " %s, %s, %s, %s := %s(%d, ", c, key, value, ok, r.rt("Each"), n)
	r.after(s.X.End(), "); %s; %s, %s, %s = %s.Next()", ok, key, value, ok, c)
	if _, pointer := core(r.info.TypeOf(s.X)).(*types.Pointer); pointer {
		low := ""
		if r.worthLoading(s.X) && r.repeatable(s.X) && !effects(r.info, s.X) {
			low = lowAfter(r, s.X)
		}
		r.wrap(s.X, "(", ")["+low+":]")
		if low != "" {
			descend(r, s.X)
			r.stmt(s.Body)
			return true
		}
	}
	r.after(s.Body.Lbrace+1, "%s", store)
	r.expr(s.X)
	r.stmt(s.Body)
	return true
}

// elements makes the site of an access to elements of x.
func elements(r *rewriter, op event.Op, x ast.Expr) uint32 {
	n := r.sites.site(op, x.Pos(), r.sites.text(x)+"[…]")
	r.noted.access(op, x)
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
func array(r *rewriter, x ast.Expr) {
	if !effects(r.info, x) {
		return
	}
	r.unrecorded(func() { r.expr(x) })
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
