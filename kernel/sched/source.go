package sched

// Source decides. It is asked only where there is a choice, and must answer the
// same question in the same way each time: a run is what its source decided.
type Source interface {
	// Choose returns the index, below p.N, of the goroutine that makes the next
	// step.
	Choose(p *Point) int
	// Pick returns a number from 0 to n-1, n > 1: a choice other than who is next.
	Pick(n int) int
}

// Point is one moment at which more than one goroutine can go on.
type Point struct {
	Step    uint64 // steps made so far
	Current uint32 // the goroutine that made the last step
	N       int    // how many can go on
	Main    int    // which of them main is, -1 if it cannot go on

	// Ready lists them, by number; in an order that is the same in each run. It
	// takes time in proportion to N, and is valid until the answer.
	Ready func() []uint32
}
