package frame

import (
	"go/ast"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
)

// MainFunc marks where main begins and ends. The other goroutines end with it.
//
//	func main() { … }   becomes   func main() { if rt.Repeat(main, anew0) { return }; defer rt.MainFrom(1, 2)(); … }
func MainFunc(r *draft.Rewriting, d *ast.FuncDecl, again *Renewal) {
	begin := r.Sites.Site(event.Start, d.Name.Pos(), "main")
	r.Sites.Last().Hint = "main"
	end := r.Sites.Site(event.End, d.Body.Rbrace, "main")
	r.After(d.Body.Lbrace+1, " %s; defer %s(%d, %d)();", again.again(), r.RT("MainFrom"), begin, end)
}
