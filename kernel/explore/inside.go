package explore

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// insideTime is for how long a complete search is checked by random seeds. Tests of
// fakes, which tell what no program does, take none.
var insideTime = 50 * time.Millisecond

// confirm checks that what the seeds 1, 2, 3 and so on come to is among what a
// complete search found. The runs are recorded ones, made by other code than a search uses. One that
// ends otherwise shows that the search has a fault: it is not called complete.
func (e *explorer) confirm() error {
	if !e.checkable() {
		return nil
	}
	ctx, cancel := context.WithTimeout(e.ctx, e.insideTime())
	defer cancel()
	m := merge(e.full, e.rest, e.spec.Values)
	if o := e.outsider(ctx, m); o != nil {
		e.withdraw(o)
	}
	return nil
}

// insideTime is for how long seeds are tried. Where the budget is a number of schedules
// there is a number of seeds, too, see [mostInside].
func (e *explorer) insideTime() time.Duration {
	if e.spec.Schedules > 0 {
		return e.left()
	}
	return min(insideTime, e.left())
}

// checkable says whether all runs are of the same set: nothing that a seed decides
// was held fixed, and nothing is left to chance; and that all of it is known, where a
// search tells of as many outcomes as are kept.
func (e *explorer) checkable() bool {
	silent := func(n wire.Note) bool {
		return n.Kind == wire.NotePutAside || n.Kind == wire.NoteWatched || n.Kind == wire.NoteCalled
	}
	fixed := func(r report) bool { return slices.ContainsFunc(r.notes, func(n wire.Note) bool { return !silent(n) }) }
	more := func(r report) bool { return len(r.outcomes) >= keptOutcomes }
	return e.full != nil && !slices.ContainsFunc(e.full, more) && e.stopped == "" && e.left() >= leastTime && e.spec.Run.Code != "" &&
		len(e.spec.Run.Uncontrolled) == 0 && len(e.inLibraries()) == 0 && !slices.ContainsFunc(e.full, fixed)
}

// outsider makes runs by seeds, several at a time, and returns the first that has
// none of the outcomes, nil if there is none.
func (e *explorer) outsider(ctx context.Context, m *merged) *run.Result {
	var mu sync.Mutex
	var found *run.Result
	var wait sync.WaitGroup
	var seed atomic.Uint64
	for range e.workers {
		wait.Go(func() {
			for n := seed.Add(1); ctx.Err() == nil && (e.spec.Schedules == 0 || n <= mostInside); n = seed.Add(1) {
				o, err := replay(ctx, e.spec.Run, e.spec.seeded(n), nil)
				if err != nil || !tells(o) || m.any(func(s *sum) bool { return s.is(o) }) && e.foundUntrue(m, o.Execution) {
					continue
				}
				mu.Lock()
				found = o
				mu.Unlock()
				return
			}
		})
	}
	wait.Wait()
	return found
}

// seeded has a seed decide what comes after the choices made before.
func (s *Spec) seeded(seed uint64) sched.Spec {
	if s.From.Switches == nil {
		return sched.Spec{Clock: s.Clock, Seed: seed}
	}
	return sched.Spec{Clock: s.Clock, Switches: s.From.Switches, Made: s.From.Made, Then: sched.ThenSeed, Rest: seed}
}

// tells says whether a run came to an end of its own, and nothing but its seed
// decided which.
func tells(o *run.Result) bool {
	return o.Controlled && !o.Interrupted && o.LimitHit == "" && o.Stop != event.StopReplay && o.Loose == 0 &&
		o.Execution != nil && o.Execution.Status != model.Limit && o.Steps > 0
}

// withdraw takes back that all was tried.
func (e *explorer) withdraw(o *run.Result) {
	f := foundBy(o)
	said := newSnapshot()
	said.progress.Runs = 1
	said.outcomes = put(said.outcomes, said.outcomeAt, f.id, f, keptOutcomes)
	e.rest = append(slices.Concat(e.full, e.rest), report{snapshot: said})
	e.full = nil
	e.fault = &model.Fault{Status: f.status, Value: f.value, Token: f.token}
}
