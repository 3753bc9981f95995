package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/corpus/try"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
)

// controlSteps is how many steps a program may have. Some count to a million.
const controlSteps = 5_000_000

// A seed is not tried again where it did not make the same run twice, though nothing
// else than the scheduler decided, for that must never be; nor where it made more
// steps than it may, for it would make them again.
var (
	errUnequal = errors.New("two runs differ")
	errSteps   = errors.New("it was ended after the largest number of steps")
	errInvalid = errors.New("its recording is no run")
)

// controlled compares runs under the controlled scheduler, with a few seeds,
// with what plain Go does. Each seed is run twice and must give the same run.
func (s *subject) controlled(ctx context.Context, v *verdict) {
	seeds := uint64(s.seeds)
	if s.long[s.program.name] != "" {
		seeds = min(seeds, 1)
	}
	for seed := range seeds {
		spec := sched.Spec{Seed: seed + 1, Steps: controlSteps}
		for range s.attempts() {
			// Finalizers, the collector or the computer's speed may decide as well.
			if v.err = s.seed(ctx, v, spec); v.err == nil || v.unfit != "" || errors.Is(v.err, errUnequal) || errors.Is(v.err, errInvalid) || errors.Is(v.err, errSteps) {
				break
			}
		}
		if v.err != nil {
			v.err = fmt.Errorf("seed %d: %w", spec.Seed, v.err)
			return
		}
	}
}

// seed compares the two runs of one seed.
func (s *subject) seed(ctx context.Context, v *verdict, spec sched.Spec) error {
	var runs [2]try.Outcome
	for i := range runs {
		var err error
		if runs[i], err = s.run(ctx, s.rewritten, &spec); err != nil {
			return err
		}
		v.events = max(v.events, runs[i].Steps)
		if err, ok := stops[runs[i].Stop]; ok {
			return err
		}
	}
	if err := s.valid(runs[0]); err != nil {
		return err
	}
	var ok bool
	if ok, v.unfit = s.agrees(ctx, runs[0]); !ok {
		return errors.New(difference(s.last, runs[0]))
	}
	if runs[0].Loose|runs[1].Loose == 0 && (runs[0].Hash != runs[1].Hash || look(runs[0]) != look(runs[1])) {
		return fmt.Errorf("%w: hash %x after %d steps, then %x after %d", errUnequal, runs[0].Hash, runs[0].Steps, runs[1].Hash, runs[1].Steps)
	}
	return nil
}

// valid says whether the recording of a run that ended well can be a controlled run's.
func (s *subject) valid(o try.Outcome) error {
	if o.Exit != 0 {
		return nil
	}
	x, err := trace.Read(o.Recording, s.recorded.sites, trace.Options{
		Mode: model.Controlled, Status: model.OK, Stdout: o.Stdout, Outside: s.recorded.gaps || o.Loose != 0,
	})
	if err == nil {
		err = trace.Validate(x)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errInvalid, err)
	}
	return nil
}

// stops are the ends that plain Go does not know.
var stops = map[event.Stop]error{
	event.StopSteps: errSteps,
	event.StopSpin:  errors.New("it was ended because all seemed to wait in loops"),
	event.StopBusy:  errors.New("it was ended because it computed for too long"),
}

// run runs the program that was built as decided by spec, by Go's own scheduler if
// that is nil.
func (s *subject) run(ctx context.Context, path string, spec *sched.Spec) (try.Outcome, error) {
	dir, err := os.MkdirTemp(s.bench.dir, "run")
	if err != nil {
		return try.Outcome{}, err
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	out, err := try.Control(ctx, spec, append(slices.Clip(s.among), try.GoFlags()), path, s.beside, dir, s.program.args...)
	if ctx.Err() != nil {
		return out, errTimeout
	}
	return out, err
}
