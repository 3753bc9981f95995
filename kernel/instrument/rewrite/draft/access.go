package draft

import (
	"go/ast"
	"go/token"

	"threading101/kernel/event"
	"threading101/kernel/instrument/site"
)

// Access makes the site of a read or write of the variable that e names.
func (r *Rewriting) Access(op event.Op, e ast.Expr) uint32 {
	n := r.Sites.Site(op, e.Pos(), r.Sites.Text(e))
	r.Noted.Access(op, e)
	r.Sites.Last().Kind = site.KindOf(r.Info.TypeOf(e))
	if op == event.Load {
		r.Sites.Last().Test = r.Test(e)
	}
	return n
}

// WorthLoading reports whether the read of the variable e is to be recorded here.
func (r *Rewriting) WorthLoading(e ast.Expr) bool { return r.plain == 0 && r.Facts.WorthLoading(e) }

// WorthStoring reports whether the write of the variable e is to be recorded here.
func (r *Rewriting) WorthStoring(e ast.Expr) bool { return r.plain == 0 && r.Facts.WorthStoring(e) }

// WorthMap reports whether an access to the map that e is is to be recorded here.
func (r *Rewriting) WorthMap(e ast.Expr) bool { return r.plain == 0 && r.Facts.WorthMap(e) }

// WorthElements reports whether an access to the elements of e is to be recorded
// here.
func (r *Rewriting) WorthElements(e ast.Expr) bool { return r.plain == 0 && r.Facts.WorthElements(e) }

// Records reports whether accesses are recorded at all where the walk is.
func (r *Rewriting) Records() bool { return r.plain == 0 && r.Facts.Records() }

// Test is what depends on the read of e, the expression in hand.
func (r *Rewriting) Test(e ast.Expr) *event.Test {
	return r.Facts.Test(r.Path, func(p token.Pos) int { return r.fset.PositionFor(p, false).Line }, e)
}
