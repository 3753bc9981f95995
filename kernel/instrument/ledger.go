package instrument

import (
	"go/ast"

	"threading101/kernel/event"
)

// noting counts the sites that an expression has: as a read and as a write.
type noting struct{ reads, writes int }

// note remembers that the access to what e names has a site.
func (r *rewriter) note(op event.Op, e ast.Expr) {
	n := r.noted[e]
	if op == event.Load {
		n.reads++
	} else {
		n.writes++
	}
	r.noted[e] = n
}
