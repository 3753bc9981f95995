package program

import (
	"context"
	"errors"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/explore"
	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/render/found"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// Question is what is asked about all schedules of a program.
type Question struct {
	Budget     time.Duration // 0: the default of package explore
	Schedules  int           // that are tried at most, instead; 0: time decides
	Clock      sched.Clock
	Values     []string // expressions whose values at the end of main tell its ways to end apart
	Properties []property.Property
	Progress   func(explore.Progress) // nil: nobody is told
}

// Suit adds to a build that the program is explored, and what it must be able to
// tell.
func (q *Question) Suit(r build.Request) build.Request {
	r.Explore = true
	needs := property.NeedsOf(q.Properties)
	r.Values, r.Spans = property.Values(q.Values, q.Properties), needs.Spans
	r.Always, r.Eventually = needs.Always, needs.Eventually
	return r
}

// spec is the question put to one program.
func (q *Question) spec(p *Program) explore.Spec {
	s := explore.Spec{
		Run: p.spec(true), Budget: q.Budget, Schedules: q.Schedules, Clock: q.Clock, Progress: q.Progress,
		Values: property.Values(q.Values, q.Properties),
	}
	for _, one := range q.Properties {
		s.Properties = append(s.Properties, one.Among(s.Values))
	}
	return s
}

// Findings is what a search found, and how each property fared.
type Findings struct {
	*model.Result
	Verdicts []model.Verdict // one for each property, in their order

	spec explore.Spec
}

// Unexplorable says why the schedules of a program cannot be tried; nil if they
// can.
func (p *Program) Unexplorable() *Refusal {
	b := &p.Built
	switch {
	case p.Raced:
		return &Refusal{Message: words.ExploreRaced, Hint: words.ExploreRacedHint}
	case b.Unrecorded != "":
		return &Refusal{Message: words.ExploreNotRecorded(b.Unrecorded)}
	case !b.Instrumented:
		return &Refusal{Message: words.ExploreAlone(b.Uncontrolled)}
	case b.Outside:
		return &Refusal{Message: words.ExploreOutside(b.Uncontrolled), Hint: words.ExploreOutsideHint}
	}
	return nil
}

// Explore tries the schedules of a program. The end of ctx ends the search, and is
// no error. An error is for the learner.
func (p *Program) Explore(ctx context.Context, q Question) (*Findings, error) {
	spec := q.spec(p)
	result, err := explore.Explore(ctx, spec)
	if err != nil {
		return nil, errors.New(words.ExploreFailed(err))
	}
	return &Findings{result, property.Judge(q.Properties, result), spec}, nil
}

// Violations makes the shortest run again of each property that does not hold. A run
// that violates several is made once. What cannot be made is logged and left out.
func (f *Findings) Violations(ctx context.Context, log func(format string, args ...any)) []found.Shown {
	var shown []found.Shown
	of := map[string]int{} // the index of a token's run
	for _, v := range f.Verdicts {
		if i, again := of[v.Token]; again {
			shown[i].Properties = append(shown[i].Properties, v.Property)
			continue
		}
		if v.Holds || v.Token == "" {
			continue
		}
		o, err := f.Open(ctx, v.Token)
		if err != nil || o.Interrupted || o.Execution == nil {
			log("opening %s: %v", v.Token, err)
			continue
		}
		of[v.Token] = len(shown)
		shown = append(shown, found.Shown{Properties: []string{v.Property}, Execution: o.Execution, Note: sentences(o.Notes)})
	}
	return shown
}

// Open makes the run of a token that the search gave again, recorded, for its
// picture and explanation. Without a token nothing is run.
func (f *Findings) Open(ctx context.Context, token string) (*run.Result, error) {
	if token == "" {
		return &run.Result{}, nil
	}
	return explore.Open(ctx, f.spec, token)
}
