package step

import (
	"context"
	"slices"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/explore"
	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// reach is what is known of a goal from one position on.
type reach struct {
	way      Way
	solution []model.Choice // of a run that reaches it; nil if none is known
	steps    int            // of that run
}

// searchTime is for how long is searched whether a way leads to a goal.
const searchTime = 2 * time.Second

// mostOpened is how many runs are looked at for the shortest, or for one that shows what
// an outcome does not.
const mostOpened = 200

// reached finds out whether a way leads to a goal from a position. It never says that
// none does unless all were tried.
func (s *Session) reached(ctx context.Context, aim *Aim, p *position, clock sched.Clock) reach {
	if n := aim.in(p, s.cfg.Values); n > 0 {
		return reach{way: Reached, solution: p.choices, steps: n}
	}
	if !p.asks() {
		return reach{way: Unreachable}
	}
	from, ok := p.from()
	if !ok || s.cfg.Blind != "" {
		return reach{way: NotKnown}
	}
	r, err := explore.Explore(ctx, explore.Spec{Run: s.cfg.Run, Budget: searchTime, Clock: clock, Values: s.cfg.Values, From: from})
	if err != nil {
		return reach{way: NotKnown}
	}
	return s.among(ctx, aim, r, clock)
}

// from is a position as a search begins with it. ok is false where it cannot: in the
// middle of a choice that has two parts.
func (p *position) from() (from explore.From, ok bool) {
	if len(p.choices) == 0 && p.x.Offers[0].Asks == event.AsksTurn {
		return from, true
	}
	from = explore.From{Switches: switches(p.choices), Made: uint64(len(p.choices)), Steps: p.result.Steps, Turns: turns(p.choices)}
	if p.x.Offers[0].Asks == event.AsksTurn {
		return from, true
	}
	if n := len(p.choices); n > 0 && p.choices[n-1].To >= sched.Picked && p.choices[n-1].Before == len(p.x.Events) {
		return from, false
	}
	if from.Steps == 0 || p.x.Stopped.G < 0 {
		return from, false
	}
	from.Steps, from.Begun = from.Steps-1, true // the step is begun: who makes it is decided, and how is not
	whose := sched.Switch{Step: from.Steps, To: uint32(p.x.Stopped.G + 1)}
	if n := len(p.choices); n > 0 && p.choices[n-1].Nth == whose.Step && p.choices[n-1].To == whose.To {
		from.Turns--
		from.Switches = slices.DeleteFunc(from.Switches, func(w sched.Switch) bool { return w == whose })
	}
	from.Switches = append(from.Switches, whose)
	return from, true
}

// turns counts the choices that say who goes on.
func turns(choices []model.Choice) (n uint64) {
	for _, c := range choices {
		if c.To < sched.Picked {
			n++
		}
	}
	return n
}

// among says what a search found of a goal.
func (s *Session) among(ctx context.Context, aim *Aim, r *model.Result, clock sched.Clock) reach {
	complete := r.Complete() && !aim.mixed(r) && r.Omitted == 0 && r.Ticks == 0 && !slices.ContainsFunc(r.Outcomes, func(o model.Outcome) bool { return unfinished(o.Status) })
	best := reach{way: NotKnown}
	tokens, all := aim.candidates(r)
	for _, token := range tokens {
		one, ok := s.open(ctx, aim, token, clock)
		if all = all && ok; one.way == Reached && (best.solution == nil || one.steps < best.steps) {
			best = reach{way: Reachable, solution: one.solution, steps: one.steps}
		}
	}
	switch {
	case best.way == Reachable:
	case slices.ContainsFunc(r.Outcomes, func(o model.Outcome) bool { return aim.by(&o, r.Values) }):
		best.way = Reachable
	case complete && (!aim.kind.lost || all && len(r.Parallel) == r.Classes):
		best.way = Unreachable
	}
	return best
}

// candidates are the tokens of runs that may reach a goal, one for each class of them as
// far as they are known, and whether that is all of them.
func (a *Aim) candidates(r *model.Result) (tokens []string, all bool) {
	all = true
	add := func(token string) {
		switch {
		case token == "" || len(tokens) == mostOpened:
			all = false
		case !slices.Contains(tokens, token):
			tokens = append(tokens, token)
		}
	}
	for i := range r.Outcomes {
		if a.kind.lost || a.by(&r.Outcomes[i], r.Values) {
			add(r.Outcomes[i].Token)
		}
	}
	for _, c := range r.Parallel {
		if a.kind.lost || a.by(&r.Outcomes[c.Outcome], r.Values) {
			add(c.Token)
		}
	}
	return tokens, all
}

// open makes the run of a token again, with its choices. ok is false where it could not
// be made.
func (s *Session) open(ctx context.Context, aim *Aim, text string, clock sched.Clock) (r reach, ok bool) {
	token, err := sched.ParseToken(text)
	if err != nil {
		return r, false
	}
	p, refused := s.runOn(ctx, token.Spec, nil, clock)
	if refused != nil || p.x.Dropped > 0 {
		return r, false
	}
	if n := aim.in(p, s.cfg.Values); n > 0 {
		return reach{way: Reached, solution: p.choices, steps: n}, true
	}
	return r, true
}
