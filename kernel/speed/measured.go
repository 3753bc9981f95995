package speed

import "time"

// Measured is what came of a plan.
type Measured struct {
	Plan
	Took      [][]time.Duration // for each number of processors, in the order of the rounds
	Machine   int               // how many processors a program may use here
	Others    float64           // how many of them other programs kept busy meanwhile; below 0: not known
	Differ    int               // how many runs printed something else than the first
	Printed   bool              // the first printed something
	Input     bool              // the program wanted to read its standard input, which was empty
	Cut       Cut               // why some runs are missing
	Timeline  *Timeline         // nil: there is none
	Untimed   Untimed           // why there is none
	TimedWith int               // how many processors the run of the time axis had
}

// Cut is why a measurement ended before its last run.
type Cut string

// The reasons. A measurement that was not cut has none.
const (
	CutByHand Cut = "interrupted"
	CutByTime Cut = "time"
)

// Untimed is why there is no time axis.
type Untimed string

// The reasons.
const (
	NoTrace   Untimed = "none"   // the run left no trace, or half of one
	LongTrace Untimed = "long"   // there is too much in it
	NotTraced Untimed = "build"  // the program could not be built with the tracer
	NoTime    Untimed = "time"   // the measurement was cut before
	NoMore    Untimed = "failed" // that run failed, though the others had not
)

// Runs is how many runs were measured.
func (m *Measured) Runs() (n int) {
	for _, all := range m.Took {
		n += len(all)
	}
	return n
}

// Rounds is in how many rounds each value was measured.
func (m *Measured) Rounds() int {
	if len(m.Took) == 0 {
		return 0
	}
	least := len(m.Took[0])
	for _, all := range m.Took {
		least = min(least, len(all))
	}
	return least
}

// Busy reports whether other programs took so much of the machine that it shows in the
// times.
func (m *Measured) Busy() bool { return m.Others >= busyFrom }

// busyFrom is from how many processors on: a tenth of one is what a page that is open
// in a browser needs.
const busyFrom = 0.25
