package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strconv"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/naming"
)

// Started tells by "main.go:12" what the goroutines are called that this line of a
// package starts, with go or with the method Go of a group: what they are called in all
// pictures for want of a better name. It is for programs that are not rewritten.
func Started(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info) map[string]string {
	started := map[string]string{}
	r := &draft.Rewriting{Pkg: pkg, Info: info}
	note := func(fun ast.Expr, at ...token.Pos) {
		name := naming.Hint(r, fun)
		for _, pos := range at {
			place := fset.Position(pos)
			started[filepath.Base(place.Filename)+":"+strconv.Itoa(place.Line)] = name
		}
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				note(n.Call.Fun, n.Pos(), n.Call.Lparen)
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" && len(n.Args) == 1 {
					note(n.Args[0], n.Pos(), n.Lparen)
				}
			}
			return true
		})
	}
	return started
}
