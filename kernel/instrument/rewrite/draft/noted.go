package draft

import (
	"go/ast"

	"threading101/kernel/event"
)

// Noting counts the sites that an expression has: as a read and as a write.
type Noting struct{ Reads, Writes int }

// noted is what has a site: accesses to variables, and return statements that
// write, or read, results with names.
type noted struct {
	Accesses map[ast.Expr]Noting
	Returns  map[ast.Stmt]bool
}

func newNoted() *noted {
	return &noted{Accesses: map[ast.Expr]Noting{}, Returns: map[ast.Stmt]bool{}}
}

// Unrecorded is the reason of a gap in the ledger.
const Unrecorded = "no form is known in which it could be recorded"

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
