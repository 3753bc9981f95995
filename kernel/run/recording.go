package run

import (
	"errors"
	"fmt"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// record reads the recording of the program, which has ended, and puts the
// races on its lanes. A recording that makes no sense gives a TraceProblem: no
// picture rather than a wrong one.
func (r *Run) record(all []raced) {
	o := r.outcome
	status, reason := r.status()
	options := trace.Options{Status: status, Reason: reason, ExitCode: o.Exit, Stdout: o.Stdout, Fatal: fatal(o.Crash, KindFatal), Panic: fatal(o.Crash, KindPanic)}
	if r.ring == nil {
		o.Races = reports(all, r.spec.Sites, r.locate, nil, nil)
		return
	}
	x, err := r.read(options)
	o.Races = reports(all, r.spec.Sites, r.locate, x, r.addresses(x))
	if err == nil && len(o.Races) > 0 {
		options.Races = o.Races
		x, err = r.read(options)
	}
	if errors.Is(err, trace.ErrNoRecording) {
		return // not an instrumented program, or one that ended before it began
	}
	if err != nil {
		o.TraceProblem = fmt.Sprintf("reading the recording: %v", err)
		return
	}
	r.label(x)
	x.Rules, x.Conditions = r.spec.Rules, r.spec.Conditions
	if x.Status != model.Asked { // it is not over
		x.Explanation = explain.Sentences(x)
	}
	o.Execution, o.Races = x, x.Races
}

// fatal is what the trace needs to know of a crash of some kind, nil for anything
// else.
func fatal(c *Crash, kind string) *trace.Fatal {
	if c == nil || c.Kind != kind {
		return nil
	}
	f := &trace.Fatal{}
	if len(c.Goroutines) > 0 {
		s := c.Goroutines[0]
		f.Main = s.ID == 1
		if s.CreatedBy != nil {
			f.Created = s.CreatedBy.Pos
		}
		for _, frame := range s.Frames {
			f.At = append(f.At, frame.Pos)
		}
	}
	return f
}

// read reads the recording as it is now.
func (r *Run) read(o trace.Options) (*model.Execution, error) {
	o.Mode, o.Locate, o.Outside = r.mode(), r.locate, len(r.spec.Uncontrolled)+len(r.spec.Ledger) > 0
	x, err := trace.Read(r.ring, r.spec.Sites, o)
	if err == nil {
		err = trace.Validate(x)
	}
	if err != nil {
		return nil, err
	}
	return x, nil
}

// addresses returns where the objects of x's events lay in the program's
// memory; nil if that is not known.
func (r *Run) addresses(x *model.Execution) []uint64 {
	if x == nil {
		return nil
	}
	all := make([]uint64, len(x.Events))
	for i, e := range x.Events {
		if e.Object >= 0 {
			all[i] = x.Objects[e.Object].Addr
		}
	}
	return all
}
