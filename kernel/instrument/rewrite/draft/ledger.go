package draft

import (
	"go/ast"

	"threading101/kernel/event"
)

// Access remembers that the access to what e names has a site.
func (l *noted) Access(op event.Op, e ast.Expr) {
	n := l.Accesses[e]
	if op == event.Load {
		n.Reads++
	} else {
		n.Writes++
	}
	l.Accesses[e] = n
}
