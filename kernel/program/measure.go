package program

import (
	"context"
	"errors"
	"os"
	"slices"
	"strconv"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/speed"
)

// Bench is a measurement of a program that was built as it is.
type Bench struct {
	Plan speed.Plan
	// Traced builds the same program with Go's tracer; see [build.Request]. Nil: without
	// a time axis.
	Traced func(context.Context) (build.Result, error)
	// Progress is told how many runs were measured, and of how many; nil: nobody is.
	Progress func(n, of int)
}

// Timed is what came of a measurement.
type Timed struct {
	*speed.Measured
	First  *run.Result // the run whose output was shown; nil if it never began
	Failed *run.Result // the run that failed; nil if none did
	Nth    int         // which of the measured runs that was, from 1; 0 for the first run
}

// Measure runs the program again and again, its values in turns, after a first run that
// is not measured and whose output alone goes to the streams. An interrupt or the end of
// the time ends the measurement, and is no error: what was measured until then counts.
func (p *Program) Measure(ctx context.Context, b Bench, s Streams, stop *Stop) (*Timed, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t := &Timed{Measured: &speed.Measured{Plan: b.Plan, Machine: speed.Processors(), Took: make([][]time.Duration, len(b.Plan.Procs))}}
	if !stop.Begin(cancel) {
		t.Cut = speed.CutByHand
		return t, nil
	}
	defer stop.Finish()
	m := &measuring{p, b, t, stop}
	timed, end := context.WithTimeout(ctx, speed.MostTime)
	defer end()
	if err := m.first(timed, s); err != nil || t.Failed != nil || t.Cut != "" {
		return t, err
	}
	others := speed.Watch()
	err := m.rounds(timed)
	t.Others = others()
	if err == nil && t.Failed == nil {
		err = m.timeline(timed)
	}
	return t, err
}

// measuring is a measurement on its way.
type measuring struct {
	p    *Program
	b    Bench
	t    *Timed
	stop *Stop
}

// first makes the run that is not measured: it finds the files and the memory that later
// runs find, too.
func (m *measuring) first(ctx context.Context, s Streams) error {
	spec := m.spec(slices.Max(m.b.Plan.Procs))
	spec.Output, spec.OutputFile, spec.MentionsStdin = s.Output, s.OutputFile, true
	o, err := m.run(ctx, spec)
	if err != nil || o == nil {
		return err
	}
	m.t.First, m.t.Input, m.t.Printed = o, o.ReadStdin, o.Stdout != "" || o.Stderr != ""
	if wentWrong(o) {
		m.t.Failed = o
	}
	return nil
}

func wentWrong(o *run.Result) bool { return o.Exit != 0 || o.Crash != nil || o.LimitHit != "" }

// rounds measures each value once, then again.
func (m *measuring) rounds(ctx context.Context) error {
	plan := m.b.Plan
	for n := range plan.Repeat * len(plan.Procs) {
		if m.b.Progress != nil {
			m.b.Progress(n, plan.Repeat*len(plan.Procs))
		}
		i := n % len(plan.Procs)
		spec := m.spec(plan.Procs[i])
		spec.NoInput = true
		o, err := m.run(ctx, spec)
		switch {
		case err != nil || o == nil:
			return err
		case wentWrong(o):
			m.t.Failed, m.t.Nth = o, n+1
			return nil
		}
		m.t.Took[i] = append(m.t.Took[i], o.Took)
		if o.Stdout != m.t.First.Stdout || o.Stderr != m.t.First.Stderr {
			m.t.Differ++
		}
	}
	return nil
}

// spec is a run with so many processors.
func (m *measuring) spec(procs int) run.Spec {
	spec := m.p.spec(true)
	env := spec.Env
	if env == nil {
		env = os.Environ()
	}
	spec.Env = append(slices.Clip(env), "GOMAXPROCS="+strconv.Itoa(procs))
	spec.Mode = model.Real
	return spec
}

// run runs the program once; nil if it was cut.
func (m *measuring) run(ctx context.Context, spec run.Spec) (*run.Result, error) {
	if m.cut(ctx) {
		return nil, nil
	}
	r, err := run.Start(ctx, spec)
	if err != nil {
		if m.cut(ctx) {
			return nil, nil
		}
		return nil, err
	}
	o := m.stop.wait(r)
	m.stop.running(nil)
	if o.Interrupted || m.cut(ctx) {
		m.cut(ctx)
		return nil, nil
	}
	return o, nil
}

// cut reports whether the measurement is to end, and notes why.
func (m *measuring) cut(ctx context.Context) bool {
	switch {
	case m.stop.Interrupted():
		m.t.Cut = speed.CutByHand
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		m.t.Cut = speed.CutByTime
	case ctx.Err() != nil:
		m.t.Cut = speed.CutByHand
	}
	return m.t.Cut != ""
}

// timeline makes one more run, with the tracer, on as many processors as the plan and
// the machine have.
func (m *measuring) timeline(ctx context.Context) error {
	t := m.t
	if m.b.Traced == nil || t.Cut != "" {
		t.Untimed = speed.NoTime
		return nil
	}
	if n := t.Runs(); m.b.Progress != nil {
		m.b.Progress(n, n)
	}
	built, err := m.b.Traced(ctx)
	if err != nil || built.Exit != 0 {
		if t.Untimed = speed.NotTraced; m.cut(ctx) {
			t.Untimed = speed.NoTime
		}
		return nil
	}
	file, err := os.CreateTemp("", "threading101-trace-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	t.TimedWith = m.timedWith()
	spec := m.spec(t.TimedWith)
	spec.Path, spec.Extra, spec.NoInput = built.Binary, file, true
	o, err := m.run(ctx, spec)
	switch {
	case err != nil:
		return err
	case o == nil:
		t.Untimed = speed.NoTime
		return nil
	case wentWrong(o):
		t.Untimed = speed.NoMore
		return nil
	}
	m.read(file, built.Started)
	return nil
}

// timedWith is the most processors of the plan that the machine has, else all that it
// has: with more, the operating system would decide who of those that Go runs really does.
func (m *measuring) timedWith() int {
	with := min(m.t.Machine, m.b.Plan.Procs[0])
	for _, n := range m.b.Plan.Procs {
		if n <= m.t.Machine {
			with = n
		}
	}
	return with
}

// read reads the trace that the program has written.
func (m *measuring) read(file *os.File, started map[string]string) {
	if _, err := file.Seek(0, 0); err != nil {
		m.t.Untimed = speed.NoTrace
		return
	}
	line, err := speed.Read(file, m.t.TimedWith, started)
	switch {
	case errors.Is(err, speed.ErrLong):
		m.t.Untimed = speed.LongTrace
	case err != nil:
		m.t.Untimed = speed.NoTrace
	default:
		m.t.Timeline = line
	}
}
