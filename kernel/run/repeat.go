package run

import (
	"time"

	"threading101/kernel/event"
)

// Repeated is what many runs in one process came to: see sched.Spec.Repeat.
// Nothing of them is recorded, and what they print is dropped.
type Repeated struct {
	Runs      uint64
	Steps     uint64 // of all
	Hash      uint64 // of all that was done in all
	Deadlocks uint64
	Panics    uint64
	Stopped   uint64 // by a limit, or because nobody got any further
	Time      time.Duration
}

func (r *Run) repeated() Repeated {
	return Repeated{
		Runs: r.header(event.OffRuns), Steps: r.header(event.OffRunSteps), Hash: r.header(event.OffRunHash),
		Deadlocks: r.header(event.OffRunDeadlocks), Panics: r.header(event.OffRunPanics), Stopped: r.header(event.OffRunStops),
		Time: time.Duration(r.header(event.OffRunTime)),
	}
}
