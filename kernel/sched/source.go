package sched

import "threading101/kernel/event"

// Source decides a run. A random source, a replay, a search and a person are
// sources; the scheduler treats them alike. It asks only where there is a choice,
// and a source must answer the same questions in the same way each time: a run is
// what its source decided.
type Source interface {
	// Reset begins a new run. A source that draws random numbers draws those of
	// seed.
	Reset(seed uint64)
	// Choose returns the index, below p.N, of the goroutine that makes the next
	// step.
	Choose(p *Point) int
	// Pick returns a number from 0 to n-1, n > 1: a choice other than who is next.
	Pick(n int) int
}

// Strict is a source whose decisions may turn out not to fit the program. The run
// ends where they do not, unless it is lenient (see [Spec]).
type Strict interface {
	Source
	// Misfit returns the first decision that could not be followed, if there is one.
	Misfit() (Switch, bool)
}

// Finite is a source that may come to the end of its decisions. The run ends there, and
// its recording says what could be next.
type Finite interface {
	Source
	// Undecided says that the last answer was none: nobody has decided that.
	Undecided() bool
}

// Point is one moment at which more than one goroutine can make the next step.
// What its functions return is valid until the source has answered.
type Point struct {
	Step    uint64 // steps made so far
	Current uint32 // the goroutine that made the last step
	N       int    // how many can make the next
	Main    int    // which of them main is, -1 if it cannot

	// Ready lists them, by number; in an order that is the same in each run. It
	// takes time in proportion to N.
	Ready func() []uint32
	// About says what the i-th of them is about to do.
	About func(i int) Intent
}

// Intent is what a goroutine is about to do.
type Intent struct {
	Goroutine uint32 // its number
	Op        event.Op
	Site      uint32 // its place in the source, a number in the table of sites
	Object    uint32 // what it is about, in the order of first use; 0: nothing known
}
