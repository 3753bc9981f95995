package program

import (
	"threading101/kernel/build"
	"threading101/kernel/sched"
	"threading101/kernel/step"
	"threading101/kernel/words"
)

// ByHand is how a learner makes a run, choice by choice.
type ByHand struct {
	Clock sched.Clock
	Goal  *step.Aim // what is to be reached; nil: nothing
}

// Suit adds to a build that the program's goal can be searched, and what it must be able
// to tell.
func (h *ByHand) Suit(r build.Request) build.Request {
	r.Explore = true
	if h.Goal != nil {
		r.Values = h.Goal.Values()
	}
	return r
}

// values are the expressions whose values the program tells.
func (h *ByHand) values() []string {
	if h.Goal == nil {
		return nil
	}
	return h.Goal.Values()
}

// Step begins a run that is made by hand. A refusal means that there is nothing to
// choose.
func (p *Program) Step(h ByHand) (*step.Session, *Refusal) {
	b := &p.Built
	c := step.Config{Run: p.spec(), Clock: h.Clock, Values: h.values(), Goal: h.Goal}
	switch {
	case p.Raced:
		return nil, &Refusal{Message: words.StepRaced}
	case b.Unrecorded != "":
		return nil, &Refusal{Message: words.StepUnrecorded(b.Unrecorded)}
	case !b.Instrumented:
		return nil, &Refusal{Message: words.StepNothing}
	case b.Outside:
		c.Blind = words.ExploreOutside(b.Uncontrolled)
	}
	return step.New(c), nil
}
