package objects

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
)

// headers are the types of the library that are maps, and which of their methods
// only look.
var headers = map[string]string{
	"net/http.Header": "Clone Get Values Write WriteSubset", "net/textproto.MIMEHeader": "Get Values", "net/url.Values": "Encode Get Has",
}

// HeaderMethod rewrites a method of such a map, or returns false:
//
//	h.Set(k, v)   becomes   rt.MapW(7, h).Set(k, v)
func HeaderMethod(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) bool {
	n, ok := types.Unalias(s.Recv()).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !r.Records() || r.Facts.Private(e.X) {
		return false
	}
	readers, ok := headers[n.Obj().Pkg().Path()+"."+n.Obj().Name()]
	if !ok {
		return false
	}
	fn, op := "MapW", event.Store
	if slices.Contains(strings.Fields(readers), e.Sel.Name) {
		fn, op = "MapR", event.Load
	}
	r.Wrap(e.X, fmt.Sprintf("%s(%d, ", r.RT(fn), r.Sites.Site(op, e.X.Pos(), r.Sites.Text(e.X))), ")")
	r.Expr(e.X)
	return true
}
