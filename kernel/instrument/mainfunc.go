package instrument

import (
	"go/ast"

	"threading101/kernel/event"
)

// main marks where main begins and ends: others are cut off there.
//
//	func main() { … }   becomes   func main() { if rt.Repeat(main, anew0) { return }; defer rt.MainFrom(1, 2)(); … }
func main(r *rewriter, d *ast.FuncDecl) {
	begin := r.sites.site(event.Start, d.Name.Pos(), "main")
	r.sites.last().Hint = "main"
	end := r.sites.site(event.End, d.Body.Rbrace, "main")
	r.after(d.Body.Lbrace+1, " %s; defer %s(%d, %d)();", again(r), r.rt("MainFrom"), begin, end)
}
