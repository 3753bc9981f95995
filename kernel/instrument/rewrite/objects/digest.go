package objects

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
)

// digests are the methods of checksums, which are known by an interface only, and
// the recorder's functions for what they do.
var digests = map[string]string{"Reset": "Written", "Sum": "Looked", "Sum32": "Looked", "Sum64": "Looked"}

// DigestMethod rewrites such a method, or returns false:
//
//	h.Sum(nil)   becomes   rtos.Looked(7, h).Sum(nil)
func DigestMethod(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) bool {
	n, ok := types.Unalias(s.Recv()).(*types.Named)
	fn := digests[e.Sel.Name]
	if !ok || fn == "" || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "hash" || !r.Records() {
		return false
	}
	r.Wrap(e.X, fmt.Sprintf("%s(%d, ", r.From(draft.PathOS, fn), objectSite(r, fn, e.X)), ")")
	r.Expr(e.X)
	return true
}
