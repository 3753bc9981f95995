package memory

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Slice rewrites p[i:j]. The compiler (Go 1.26) stops with an internal error where it slices a
// pointer to an array that a generic function returned. The read of such a pointer
// is noted with the first index:
//
//	p[1:]   becomes   p[rt.After(1, 7, &p):]
func Slice(r *draft.Rewriting, e *ast.SliceExpr) {
	_, pointer := syntax.Core(r.Info.TypeOf(e.X)).(*types.Pointer)
	if later, ok := r.Later(); pointer && ok && later == nil && r.WorthLoading(e.X) && r.Repeatable(e.X) && !syntax.Effects(r.Info, e) {
		if e.Low != nil {
			r.Wrap(e.Low, r.RT("After")+"(", fmt.Sprintf(", %d, &%s)", r.Access(event.Load, e.X), r.Source(e.X)))
		} else {
			r.After(e.Lbrack+1, "%s", lowAfter(r, e.X))
		}
		descend(r, e.X)
	} else {
		base(r, e.X)
	}
	r.Optional(e.Low)
	r.Optional(e.High)
	r.Optional(e.Max)
}

// lowAfter is a first index that notes the read of x.
func lowAfter(r *draft.Rewriting, x ast.Expr) string {
	n := r.Access(event.Load, x)
	return fmt.Sprintf("%s(0, %d, &%s)", r.RT("After"), n, r.Source(x))
}
