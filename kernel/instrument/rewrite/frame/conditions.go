package frame

import (
	"go/ast"
	"slices"
	"strconv"

	"threading101/kernel/instrument/asked"
	"threading101/kernel/instrument/rewrite/draft"
)

// Watch has conditions looked at from main's beginning on, where only names of the
// package mean something: those that are to be true always, and those that are to be
// so when the run ends.
//
//	func main() { rtfmt.Conditions(1, func() interface{} { return (rtfmt.Tell("n", (*rtfmt.See(&n))) >= 0) == (0 == 0) });
//
// What is spliced in is not rewritten itself: to look is not something that the
// program does.
func Watch(r *draft.Rewriting, d *ast.FuncDecl, always, eventually []string) {
	if len(always)+len(eventually) == 0 {
		return
	}
	from := r.From(draft.PathFmt, "")
	text := " " + from + "Conditions(" + strconv.Itoa(len(always))
	for _, expr := range slices.Concat(always, eventually) {
		one, err := asked.Watched(r.Pkg, r.Facts.Owned, expr, d.Body.Lbrace, from)
		if err != nil {
			panic(err) // the caller was to check
		}
		text += ", func() interface{} { return (" + one + ") == (0 == 0) }"
	}
	r.After(d.Body.Lbrace+1, "%s);", text)
}
