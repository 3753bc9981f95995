package explore

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// seeded tries the orders of the seeds 1, 2, 3 and so on, each in a process of its own, if the
// program has more goroutines than a search can follow, or longer runs: some hundred
// runs in place of some hundred thousand.
func (e *explorer) seeded() error {
	if e.spec.From.Switches != nil || e.stopped != "" || e.left() < leastTime || !e.tooMany() && !e.tooLong() || !tellAll(e.spec.Properties) {
		return nil
	}
	ctx, cancel := context.WithDeadline(e.ctx, e.deadline)
	defer cancel()
	s := &seeds{program: e.spec.Run, control: sched.Spec{Clock: e.spec.Clock}, most: uint64(e.spec.Schedules / seedsOf), said: newSnapshot()}
	if s.program.Limits.MemoryBytes == 0 {
		s.program.Limits.MemoryBytes = memory() / int64(e.workers)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.inParallel(ctx, e.workers)
	}()
	e.follow(ended, s, cancel)
	if !e.tooMany() {
		s.said.notes = append(s.said.notes, wire.Note{Kind: wire.NoteSeeds})
	}
	byseed := s.report()
	if byseed.ended() {
		e.rest = withoutCutOff(e.rest)
	}
	e.rest = append(e.rest, byseed)
	e.heed(nil)
	return nil
}

// withoutCutOff takes out runs that were cut off after the steps that a search allows,
// where longer ones came to their end: those are how the program goes on. What was seen
// in them until then, races for instance, is kept.
func withoutCutOff(all []report) []report {
	var rest []report
	for _, r := range all {
		r.snapshot = r.snapshot.clone()
		r.notes = slices.DeleteFunc(r.notes, func(n wire.Note) bool { return n.Kind == wire.NoteSteps })
		r.outcomes = slices.DeleteFunc(r.outcomes, func(f found) bool { return f.status == model.Limit })
		r.outcomeAt = nil
		rest = append(rest, r)
	}
	return rest
}

// follow tells how far the seeds are until all has ended, which it does early if
// what is checked is violated.
func (e *explorer) follow(ended chan struct{}, s *seeds, cancel func()) {
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
			now := []report{s.report()}
			e.tell(model.Sampled, now)
			if e.violated(now) {
				cancel()
			}
		}
	}
}

// tooMany says whether a search met more goroutines than it can follow.
func (e *explorer) tooMany() bool {
	return met(e.rest, wire.NoteMany)
}

// tellAll says whether a recorded run shows by itself all that is checked.
func tellAll(all []property.Property) bool {
	return !slices.ContainsFunc(all, property.Property.Marked)
}

// seeds are runs by seed, told as a search tells its own.
type seeds struct {
	program run.Spec
	control sched.Spec
	most    uint64 // the last seed; 0: there is none

	mu   sync.Mutex
	said *snapshot
}

func (s *seeds) inParallel(ctx context.Context, workers int) {
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for ctx.Err() == nil && s.once(ctx) {
			}
		})
	}
	wait.Wait()
}

// once makes the run of the next seed, and says whether there is any use in
// making more.
func (s *seeds) once(ctx context.Context) bool {
	control, more := s.next()
	if !more {
		return false
	}
	o, err := replay(ctx, s.program, control, nil)
	if err != nil || o.Interrupted || o.Execution == nil {
		return false
	}
	f := foundBy(o)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said.progress.Runs++
	if o.Execution.RacesPartial && !slices.Contains(s.said.notes, wire.Note{Kind: wire.NoteRacesPartly}) {
		s.said.notes = append(s.said.notes, wire.Note{Kind: wire.NoteRacesPartly})
	}
	if at, known := s.said.outcomeAt[f.id]; known {
		s.said.outcomes[at].runs++
		return true
	}
	s.said.outcomes = put(s.said.outcomes, s.said.outcomeAt, f.id, f, keptOutcomes)
	return true
}

// next is the run to make next, if there is one.
func (s *seeds) next() (control sched.Spec, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.most > 0 && s.control.Seed == s.most {
		return s.control, false
	}
	s.control.Seed++
	return s.control, true
}

// foundBy is what a search would have told of a run.
func foundBy(o *run.Result) found {
	x := o.Execution
	f := found{
		status: x.Status, value: printed(o.Stdout), stderr: printed(o.Stderr), values: x.Values, runs: 1,
		preemptions: math.MaxInt, switches: turns(x), token: o.Token,
	}
	if len(x.Races) > 0 {
		f.marks = append(f.marks, markRace)
	}
	if x.Status == model.CutOff || x.Status == model.Leak {
		f.marks = append(f.marks, markUnjoined)
	}
	f.id = strings.Join(append([]string{string(f.status), f.value, f.stderr, strings.Join(f.values, wire.ValueSeparator)}, f.marks...), "\x00")
	return f
}

// turns is how often another goroutine went on.
func turns(x *model.Execution) (n int) {
	for i := 1; i < len(x.Events); i++ {
		if x.Events[i].G != x.Events[i-1].G {
			n++
		}
	}
	return n
}

func (s *seeds) report() report {
	s.mu.Lock()
	defer s.mu.Unlock()
	return report{snapshot: s.said.clone(), asked: s.control}
}
