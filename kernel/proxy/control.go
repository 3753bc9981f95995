package proxy

import (
	"math/rand/v2"

	"threading101/kernel/build"
	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// course is who decides the schedule of one run.
type course struct {
	mode    model.Mode
	control *sched.Spec  // nil: Go decides
	token   *sched.Token // of the run to have again, nil for a run of its own
	other   bool         // the token is of other code, and it is to be tried nevertheless
	note    string       // what is to be said of the run, "" for nothing
}

// seeds is how many different runs one gets without naming a seed: few enough
// digits to call across a room.
const seeds = 999_999

// course decides who decides. It fails if the cell asks for a run that this
// program cannot have.
func (e *execution) course(built build.Result, raced bool) (course, *failure) {
	o := &e.orders
	switch {
	case raced:
		return course{mode: model.RaceDetector}, nil
	case o.Real:
		return course{mode: model.Real}, nil
	case o.token != nil && built.Unrecorded != "":
		return course{}, e.refuse(words.NotRecorded(built.Unrecorded), words.ReplayNoCodeHint)
	case o.token != nil && !built.Instrumented:
		return course{}, e.refuse(words.NothingToControl(built.Uncontrolled), words.ReplayNoCodeHint)
	case o.token != nil:
		return e.replay(built)
	case !built.Instrumented && built.Unrecorded == "" && o.Seed != nil:
		return course{mode: model.Real, note: words.NothingToControl(built.Uncontrolled)}, nil
	case !built.Instrumented:
		return course{mode: model.Real}, nil
	case built.Outside && o.Seed == nil && o.Clock == "":
		return course{mode: model.Real, note: words.RunsOutside(built.Uncontrolled)}, nil
	}
	spec := &sched.Spec{Seed: rand.Uint64N(seeds) + 1, Clock: o.clock}
	if o.Seed != nil {
		spec.Seed = *o.Seed
	}
	return course{mode: model.Controlled, control: spec}, nil
}

// apply puts the course into the order for a run.
func (c *course) apply(spec *run.Spec, built build.Result) {
	spec.Mode, spec.Control, spec.Code, spec.ReplayOf = c.mode, c.control, built.Code, c.token
	spec.Uncontrolled, spec.Ledger = built.Uncontrolled, built.Ledger
}

// obeyControl reads what the cell says of the schedule before anything is built.
func (e *execution) obeyControl(c magic.Cell) *failure {
	o := &e.orders
	if c.IsEmpty() {
		for _, word := range []string{"seed", "replay"} {
			if line := c.Line(word); line > 0 {
				return failed(report.Word(e.number, &magic.Error{
					Line: line, Word: "%" + word, Message: words.NothingToRun(word), Hint: words.NothingToRunHint,
				}, e.p.memory))
			}
		}
	}
	o.clock = e.p.clock
	if c.Clock != "" {
		o.clock = clockNamed(c.Clock)
	}
	if c.Clock != "" && c.IsEmpty() && !o.wish.explore {
		e.p.clock = o.clock
		e.out.show("display_data", bundle(map[string]any{"text/plain": words.ClockSet(c.Clock)}))
	}
	if c.Replay == "" {
		return nil
	}
	token, f := e.readToken(c.Replay, c.Line("replay"))
	o.token = &token
	return f
}

func clockNamed(name string) sched.Clock {
	if name == sched.Free.String() {
		return sched.Free
	}
	return sched.Virtual
}
