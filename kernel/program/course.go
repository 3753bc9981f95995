package program

import (
	"math/rand/v2"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// Wish is what a cell's magics or a command's flags say about the schedule of a
// run.
type Wish struct {
	Real bool    // Go's own scheduler
	Seed *uint64 // nil: a seed is drawn
	// Seeds are those of the cells that the program is made of, nil if no cells
	// continue it. Ends has its main return behind the last prompt.
	Seeds []uint64
	Ends  bool
	Clock sched.Clock
	// Asked says that a controlled run is asked for, by a seed, a clock or a token.
	// It is then made also of a program that lives mostly outside of control.
	Asked bool
	// Insist says that where there is nothing to control, that must be said.
	Insist bool

	Token   *sched.Token // of the run to have again; nil: a run of its own
	Lenient bool         // also where the program is not the token's
	Retry   string       // what to type for that
	// Anyhow says that a program without anything to control is run nevertheless
	// where a token is given.
	Anyhow bool
}

// Course is who decides the schedule of one run, and how.
type Course struct {
	Mode    model.Mode
	Control *sched.Spec  // nil: Go's scheduler decides
	Token   *sched.Token // of the run to have again; nil: a run of its own
	Other   bool         // the token is of other code, and it is tried nevertheless
	Note    string       // what must be said of the run; "": nothing
}

// Refusal says why a program is not run the way that was asked for.
type Refusal struct {
	Message, Hint string
	OtherCode     bool // the token is of other code
}

// Error is the refusal in one text, for the command line.
func (r *Refusal) Error() string {
	if r.Hint == "" {
		return r.Message
	}
	return r.Message + ".\nhint: " + r.Hint
}

// Seeds is how many different runs one gets without naming a seed: few enough
// digits to read a seed out to somebody.
const Seeds = 999_999

// Decide settles the course of a run. A refusal means that nothing is to be run.
func (p *Program) Decide(w Wish) (Course, *Refusal) {
	b := &p.Built
	switch {
	case p.Raced:
		return Course{Mode: model.RaceDetector}, nil
	case w.Real:
		return Course{Mode: model.Real}, nil
	}
	if r := p.refuse(w); r != nil {
		return Course{}, r
	}
	switch {
	case !b.Instrumented:
		return p.alone(w), nil
	case w.Token != nil:
		return p.replay(w), nil
	case w.Seeds != nil:
		return Course{Mode: model.Controlled, Control: &sched.Spec{
			Seed: w.Seeds[0], Later: w.Seeds[1:], Ends: w.Ends, Marks: true, Clock: w.Clock,
		}}, nil
	case b.Outside && !w.Asked:
		return Course{Mode: model.Real, Note: words.RunsOutside(b.Uncontrolled)}, nil
	}
	spec := &sched.Spec{Seed: rand.Uint64N(Seeds) + 1, Clock: w.Clock}
	if w.Seed != nil {
		spec.Seed = *w.Seed
	}
	return Course{Mode: model.Controlled, Control: spec}, nil
}

// alone is the course of a program in which there is nothing to control.
func (p *Program) alone(w Wish) Course {
	c := Course{Mode: model.Real, Token: w.Token, Other: w.Token != nil && w.Token.Code != p.Built.Code}
	if w.Insist && p.Built.Unrecorded == "" {
		c.Note = words.NothingToControl(p.Built.Uncontrolled)
	}
	return c
}

// refuse says why the run of a token cannot be made; nil if it can, or if there is
// no token.
func (p *Program) refuse(w Wish) *Refusal {
	b := &p.Built
	switch {
	case w.Token == nil:
		return nil
	case b.Unrecorded != "" && !w.Anyhow:
		return &Refusal{Message: words.NotRecorded(b.Unrecorded), Hint: words.ReplayNoCodeHint}
	case !b.Instrumented && !w.Anyhow:
		return &Refusal{Message: words.NothingToControl(b.Uncontrolled), Hint: words.ReplayNoCodeHint}
	case w.Token.Code != b.Code && !w.Lenient:
		return &Refusal{Message: words.TokenOtherCode(w.Retry), OtherCode: true}
	}
	return nil
}

// replay is the course of a run that repeats another. The same decisions in
// another program make another run.
func (p *Program) replay(w Wish) Course {
	token, spec := *w.Token, w.Token.Spec
	spec.Lenient = w.Lenient
	spec.Marks = w.Seeds != nil
	return Course{Mode: model.Controlled, Control: &spec, Token: &token, Other: token.Code != p.Built.Code}
}

// Strayed reports whether a run should have been that of its token, and was not.
func (c *Course) Strayed(o *run.Result) bool { return c.Token != nil && !c.Other && o.Parted >= 0 }
