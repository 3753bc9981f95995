package instrument

import (
	"go/ast"

	"threading101/kernel/event"
)

// main marks where main begins and ends: others are cut off there.
//
//	func main() { … }   becomes   func main() { defer rt.Main(1)(); … }
func (r *rewriter) main(d *ast.FuncDecl) {
	s := r.sites.site(event.Start, d.Name.Pos(), "main")
	r.sites.last().Hint = "main"
	r.after(d.Body.Lbrace+1, " defer %s(%d)();", r.rt("Main"), s)
}
