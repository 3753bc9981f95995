package explore

import (
	"time"

	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// mostTime is for how long is searched at most where the budget is a number of
// schedules. It bounds what goes wrong, not what is tried.
const mostTime = 10 * time.Minute

// The parts of a budget of schedules. What needs a process for each run, or much longer
// runs, gets a small one.
const (
	someOf     = 4 // a search with few preemptions, and one at random: a quarter each
	seedsOf    = 20
	longOf     = 200
	mostShort  = 2_000 // to find the shortest runs
	mostInside = 16    // to confirm a complete search
)

// counted are the rungs of the ladder where the budget is a number of schedules: what is
// tried must not depend on how fast the machine is, nor on how many processors it has. So
// one process makes the runs of each search, and none of them looks at a clock.
func (e *explorer) counted() []func() error {
	return []func() error{e.countedAll, e.countedLong, e.countedBounded, e.countedSampled, e.seeded, e.countedShortest, e.confirm}
}

// schedules is what one process is asked for: n runs and no more.
func (e *explorer) schedules(search string, n int) []sched.Spec {
	o := e.order(search, e.left())
	o.Repeat = uint64(max(n, 1))
	return []sched.Spec{o}
}

func (e *explorer) countedAll() error { return e.wholly(e.spec.Schedules) }

// countedLong lets runs have more steps, where none came to its end.
func (e *explorer) countedLong() error {
	if !e.tooLong() {
		return nil
	}
	e.steps = longSteps
	e.rest = nil
	return e.wholly(e.spec.Schedules / longOf)
}

// wholly tries everything, if that is no more than n schedules.
func (e *explorer) wholly(n int) error {
	all, err := e.exhaust(e.schedules(sched.SearchDPOR, n))
	if completed(all) {
		e.full = all
	} else {
		e.rest = append(e.rest, all...)
	}
	return err
}

func (e *explorer) countedBounded() error {
	if e.over() || e.violated(e.rest) {
		return nil
	}
	return e.some(model.Bounded, e.schedules(sched.SearchBound, e.spec.Schedules/someOf))
}

func (e *explorer) countedSampled() error {
	if e.over() || e.violated(e.rest) {
		return nil
	}
	return e.some(model.Sampled, e.schedules(sched.SearchSample, e.spec.Schedules/someOf))
}

func (e *explorer) countedShortest() error {
	if e.full == nil && !e.violated(e.rest) || e.stopped != "" || e.proven(e.rest) {
		return nil
	}
	level := model.Exhaustive
	if e.full == nil {
		level = model.Bounded
	}
	all, err := e.search(level, e.schedules(sched.SearchFind, min(e.spec.Schedules, mostShort)), e.proven)
	e.rest = append(e.rest, all...)
	return err
}
