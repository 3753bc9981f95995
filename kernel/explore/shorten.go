package explore

import (
	"context"
	"slices"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// shortenTime is for how long runs of a search that could not try everything are
// made shorter. Those of one that could are as short as can be, or nearly so.
var shortenTime = 300 * time.Millisecond // tests take as long as they need

// The marks that a recorded run shows by itself. Of a run with another mark nobody
// could tell whether a shorter one has it.
const (
	markRace     = "race"
	markUnjoined = "unjoined"
)

// shorten leaves out switches of the runs that may have too many: of those first
// that somebody will want to look at.
func (e *explorer) shorten(m *merged) {
	if e.full != nil || e.spec.Run.Code == "" {
		return
	}
	ctx, cancel := e.finishing()
	defer cancel()
	until := time.Now().Add(shortenTime)
	for _, wanted := range []bool{true, false} {
		for _, s := range m.outcomes {
			if e.wanted(s) == wanted && e.shortenable(s) && time.Now().Before(until) && ctx.Err() == nil {
				e.shortenOne(ctx, s, until)
			}
		}
	}
}

// wanted says whether it is for this outcome that somebody explores.
func (e *explorer) wanted(s *sum) bool {
	for _, p := range e.spec.Properties {
		if p.Among(e.spec.Values).Violated(&s.Outcome) {
			return true
		}
	}
	return len(e.spec.Properties) == 0 && s.Status != model.OK
}

func (e *explorer) shortenable(s *sum) bool {
	known := func(mark string) bool {
		return mark == markRace || e.ofCondition(mark) || mark == markUnjoined && (s.Status == model.CutOff || s.Status == model.Leak)
	}
	return s.Token != "" && len(s.schedule) > 1 && !s.Proven && s.Status != model.Limit &&
		!slices.ContainsFunc(s.Marks, func(mark string) bool { return !known(mark) })
}

func (e *explorer) shortenOne(ctx context.Context, s *sum, until time.Time) {
	k := &shrinker{
		ctx: ctx, program: e.spec.Run, until: until,
		control: sched.Spec{Switches: s.schedule, Clock: e.spec.Clock},
		still: func(o *run.Result) bool {
			return s.is(o) && (len(o.Execution.Races) > 0) == s.Has(markRace) && e.showsUntrue(s, o.Execution)
		},
	}
	if less, token := k.shrink(s.schedule); token != "" && len(less) < len(s.schedule) {
		s.Token, s.schedule, s.Switches = token, less, len(less)
	}
}
