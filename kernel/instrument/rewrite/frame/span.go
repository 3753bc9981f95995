package frame

import (
	"go/ast"

	"threading101/kernel/instrument/asked"
	"threading101/kernel/instrument/rewrite/draft"
)

// Spans has the calls of a function noted that is watched:
//
//	func work() { … }   becomes   func work() { defer rt.Span(0)(); … }
func Spans(r *draft.Rewriting, d *ast.FuncDecl, watched []string) {
	for i, name := range watched {
		if asked.IsNamed(d, name) {
			r.After(d.Body.Lbrace+1, " defer %s(%d)();", r.RT("Span"), i)
		}
	}
}
