package instrument

import (
	"go/ast"

	"threading101/kernel/event"
)

// mainFunc marks where main begins and ends: others are cut off there.
//
//	func main() { … }   becomes   func main() { if rt.Repeat(main, anew0) { return }; defer rt.MainFrom(1, 2)(); … }
func mainFunc(r *rewriter, d *ast.FuncDecl, again *renewal) {
	begin := r.sites.site(event.Start, d.Name.Pos(), "main")
	r.sites.last().Hint = "main"
	end := r.sites.site(event.End, d.Body.Rbrace, "main")
	r.after(d.Body.Lbrace+1, " %s; defer %s(%d, %d)();", again.again(), r.rt("MainFrom"), begin, end)
}
