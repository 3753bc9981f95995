package explore

import (
	"context"
	"slices"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
)

// showTime is for how long a run is looked for in which a rule about calls is
// broken for all to see.
var showTime = 150 * time.Millisecond // tests take as long as they need

// show finds, for each rule about calls that some outcome breaks, and that no run
// breaks for all to see, one that does. A search tries one order of what is
// independent, and in that one the calls may stand one after the other.
func (e *explorer) show(m *merged) {
	if e.spec.Run.Code == "" {
		return
	}
	ctx, cancel := e.finishing()
	defer cancel()
	until, watched := time.Now().Add(showTime), property.NeedsOf(e.spec.Properties).Spans
	for _, p := range e.spec.Properties {
		rule, ok := p.Rule(watched)
		if !ok {
			continue
		}
		if s := e.unseen(m, p, rule); s != nil {
			k := &showing{ctx: ctx, explorer: e, outcomes: m.outcomes, rule: rule, until: until}
			k.from(s)
		}
	}
}

// unseen is the shortest outcome that violates p, if none of its kind shows that.
func (e *explorer) unseen(m *merged, p property.Property, rule model.Rule) (best *sum) {
	p = p.Among(e.spec.Values)
	for _, s := range m.outcomes {
		switch {
		case !p.Violated(&s.Outcome) || s.Token == "":
		case slices.Contains(s.Shows, rule):
			return nil
		case s.seeded == "" && (best == nil || s.Switches < best.Switches):
			best = s
		}
	}
	return best
}

// showing is the search for a run that breaks a rule for all to see.
type showing struct {
	ctx      context.Context
	explorer *explorer
	outcomes []*sum
	rule     model.Rule
	until    time.Time
	atOnce   int  // calls that the run shows from which it goes on
	gained   bool // the run made last shows more
}

// from tries the outcome's run with one more switch; and where a number of calls is
// not to be exceeded, with another in the run with more of them at once.
func (k *showing) from(s *sum) {
	for schedule := s.schedule; schedule != nil; {
		schedule = k.oneMore(schedule)
	}
}

// oneMore tries a run with one more switch: at each of its steps, to each goroutine
// that calls one of the functions. What was decided after it is forgotten. If none
// shows the rule broken, it returns the first in which more calls are under way.
func (k *showing) oneMore(schedule []sched.Switch) (closer []sched.Switch) {
	first, err := k.replay(schedule)
	if err != nil || first.Execution == nil {
		return nil
	}
	callers := k.callers(first.Execution)
	k.atOnce = k.together(first.Execution)
	for step := range uint64(len(first.Execution.Events)) {
		for _, to := range callers {
			before := slices.Clone(schedule)
			before = slices.DeleteFunc(before, func(w sched.Switch) bool { return w.Step >= step })
			before = append(before, sched.Switch{Step: step, To: to})
			if time.Now().After(k.until) || k.ctx.Err() != nil || k.shows(before) {
				return nil
			}
			if k.gained {
				return before
			}
		}
	}
	return nil
}

// together is how many calls a run shows at once, where the rule asks for that.
func (k *showing) together(x *model.Execution) int {
	if k.rule.Most == 0 {
		return 0
	}
	return trace.AtOnce(x, k.rule, trace.Steps(x))
}

// callers are the goroutines whose calls the rule is about, as the scheduler numbers
// them.
func (k *showing) callers(x *model.Execution) (all []uint32) {
	for _, s := range x.Spans {
		to := uint32(s.G + 1)
		if (s.N == k.rule.First || s.N == k.rule.Then) && !slices.Contains(all, to) {
			all = append(all, to)
		}
	}
	return all
}

// shows makes a run, and takes it for the outcome that it has, if it breaks the rule.
func (k *showing) shows(switches []sched.Switch) bool {
	o, err := k.replay(switches)
	k.gained = err == nil && o.Execution != nil && k.together(o.Execution) > k.atOnce
	if err != nil || o.Execution == nil || o.Token == "" || !slices.Contains(broken(o.Execution), k.rule) {
		return false
	}
	for _, s := range k.outcomes {
		if s.is(o) && (len(o.Execution.Races) > 0) == s.Has(markRace) {
			s.Token, s.schedule, s.Switches, s.Shows = o.Token, switches, len(switches), broken(o.Execution)
			return true
		}
	}
	return false
}

func (k *showing) replay(switches []sched.Switch) (*run.Result, error) {
	if switches == nil {
		switches = []sched.Switch{} // nil would have the seed decide
	}
	control := sched.Spec{Switches: switches, Clock: k.explorer.spec.Clock}
	return replay(k.ctx, k.explorer.spec.ruled(), control, nil)
}
