package program

import (
	"sync"
	"sync/atomic"

	"threading101/kernel/cell"
	"threading101/kernel/sched"
)

// Session is what the cells of one kernel have in common: what they declared, how
// they ran, and what was said or set for the rest of the session.
type Session struct {
	Memory *cell.Memory
	Log    func(format string, args ...any)

	// Continues says that there is a program that cells continue, for a command
	// that stands alone. It belongs to the goroutine that executes cells.
	Continues bool

	runs       runs
	tallies    tallies
	said       sync.Map               // notes shown before
	plain      atomic.Bool            // pictures explain nothing
	untold     atomic.Pointer[untold] // the last run, if its picture explained nothing
	pictureOff atomic.Bool            // set by one cell while the run of another may still be drawn
	clock      sched.Clock            // read and set by the goroutine that executes cells alone
}

// NewSession is a session in which nothing has been executed yet.
func NewSession(log func(format string, args ...any)) *Session {
	return &Session{Memory: cell.NewMemory(), Log: log}
}
