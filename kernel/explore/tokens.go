package explore

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"threading101/kernel/event"
	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// leastClassTime is for making runs again that only stand for others of their outcome.
var leastClassTime = time.Second // tests take as long as they need

// afterInterrupt is for making all runs again, once somebody has interrupted.
const afterInterrupt = 300 * time.Millisecond

// shown is something that a schedule shows, and wants a token.
type shown struct {
	schedule []sched.Switch
	as       *sum // the outcome that its run has
	token    string
	class    bool         // it is one of many runs of its outcome
	strayed  bool         // its run, made again, was another one
	shows    []model.Rule // what is asked of calls and was broken in it
}

// name gives all in the result a token, if its run was made again: outcomes first,
// then races, then classes.
func (e *explorer) name(m *merged, r *model.Result) {
	var all []*shown
	for _, s := range m.outcomes {
		all = append(all, &shown{schedule: s.schedule, as: s, token: s.seeded})
	}
	races, classes := e.races(), m.parallel(e.full)
	for _, one := range races {
		all = append(all, &shown{schedule: one.schedule})
	}
	for _, c := range classes {
		all = append(all, &shown{schedule: c.schedule, as: m.outcomes[c.Outcome], class: true})
	}
	e.replays(all)
	if n := unnamed(all); n > 0 && e.spec.Run.Code != "" {
		r.Notes = append(r.Notes, words.SearchNotReplayed(n))
	}
	for i, s := range m.outcomes {
		s.Shows = all[i].shows
		if s.Token = all[i].token; all[i].strayed {
			r.Notes = append(r.Notes, words.SearchNotRepeated(string(s.Status), s.Value+s.Stderr))
			e.contradicted(r)
		}
	}
	e.shorten(m)
	e.show(m)
	all = all[len(m.outcomes):]
	for i, one := range races {
		one.Token = all[i].token
		r.Races = append(r.Races, one.FoundRace)
	}
	all = all[len(races):]
	for i, c := range classes {
		c.Token = all[i].token
		r.Parallel = append(r.Parallel, c.Class)
	}
	if e.past() && e.spec.Run.Code != "" {
		m.dropUnread()
	}
	r.Outcomes = m.list()
}

// contradicted takes back that all was tried: a run that was made again was another
// one, so the search does not know this program.
func (e *explorer) contradicted(r *model.Result) {
	if r.Level == model.Exhaustive {
		r.Level, r.Interleavings, r.Endless, r.Classes = model.Sampled, nil, false, 0
	}
}

// unnamed counts what has no token because there was no time to make its run again.
func unnamed(all []*shown) (n int) {
	for _, one := range all {
		if one.token == "" && !one.strayed {
			n++
		}
	}
	return n
}

// replays makes the runs again, several at a time, equal ones once: those first that
// somebody will want to look at.
func (e *explorer) replays(all []*shown) {
	if e.spec.Run.Code == "" {
		return
	}
	firsts, again := map[string]*shown{}, map[*shown]*shown{}
	var wanted, pending []*shown
	for _, one := range all {
		if one.token != "" {
			continue // the run was a recorded one
		}
		key := e.direct(one.schedule)
		switch first := firsts[key]; {
		case first != nil:
			again[one] = first
			continue
		case one.as != nil && !one.class && e.wanted(one.as):
			wanted = append(wanted, one)
		default:
			pending = append(pending, one)
		}
		firsts[key] = one
	}
	e.inParallel(slices.Concat(wanted, pending))
	for one, first := range again {
		one.token, one.strayed, one.shows = first.token, first.strayed, first.shows
	}
}

// direct is the token of a run, without what it was like.
func (e *explorer) direct(schedule []sched.Switch) string {
	return sched.Token{Code: e.spec.Run.Code, Spec: sched.Spec{Switches: schedule, Clock: e.spec.Clock}}.String()
}

func (e *explorer) inParallel(pending []*shown) {
	ctx, cancel := e.replaying()
	defer cancel()
	classes := time.Now().Add(max(e.left(), leastClassTime))
	next := make(chan *shown)
	var wait sync.WaitGroup
	for range min(e.workers, len(pending)) {
		wait.Go(func() {
			for one := range next {
				if !one.class || time.Now().Before(classes) {
					e.again(ctx, one)
				}
			}
		})
	}
	for _, one := range pending {
		next <- one
	}
	close(next)
	wait.Wait()
}

// replaying ends when runs are to be made shorter, or, where those are as short as
// can be, when all is over; after an interrupt soon, but not at once: what was found
// until then is to be looked at.
func (e *explorer) replaying() (context.Context, context.CancelFunc) {
	until := e.final
	if e.full == nil {
		until = until.Add(-shortenTime)
	}
	ctx, cancel := context.WithDeadline(context.WithoutCancel(e.ctx), until)
	stop := context.AfterFunc(e.ctx, func() { time.AfterFunc(afterInterrupt, cancel) })
	return ctx, func() { stop(); cancel() }
}

// again makes a run again, recorded, and takes its token if it is the run that
// the search had. One that cannot be made, or that a slow machine has not come to the
// end of in time, is not said to be another. One that met the search's limit is made
// as far as that: its token has it go on.
func (e *explorer) again(ctx context.Context, one *shown) {
	if ctx.Err() != nil {
		return
	}
	control := sched.Spec{Switches: one.schedule, Clock: e.spec.Clock}
	limit := one.as != nil && one.as.Status == model.Limit
	if limit {
		control.Steps = cmp.Or(e.steps, sched.SearchSteps)
	}
	o, err := replay(ctx, e.spec.ruled(), control, nil)
	if err != nil {
		return
	}
	switch {
	case o.Interrupted || o.LimitHit != "" && o.Stop == event.NotStopped:
	case one.as != nil && one.as.prints(o) && e.past():
		one.as.Value, one.as.Stderr, one.token = printed(o.Stdout), printed(o.Stderr), o.Token
	case one.as != nil && (!one.as.is(o) || !e.showsUntrue(one.as, o.Execution)):
		one.strayed = true
	case limit:
		one.token = e.direct(one.schedule)
	case o.Token != "":
		one.token = o.Token
	}
	if x := o.Execution; x != nil && one.token == o.Token {
		one.shows = broken(x)
	}
}

// broken is what is asked of calls and does not hold in a run, for all to see.
func broken(x *model.Execution) (rules []model.Rule) {
	if len(x.Rules) == 0 {
		return nil
	}
	for _, b := range trace.Breaches(x, trace.Steps(x)) {
		rules = append(rules, b.Rule)
	}
	return rules
}

// is says whether a run has this outcome: by the values that were asked for, or,
// where none were, or main did not get as far as that, by what it printed.
func (s *sum) is(o *run.Result) bool {
	if !o.Controlled || o.Stop == event.StopReplay || o.Execution == nil || o.Execution.Status != s.Status {
		return false
	}
	if values := o.Execution.Values; values != nil || s.Values != nil {
		return slices.EqualFunc(values, s.Values, sameValue)
	}
	return s.valued || printed(o.Stdout) == printed(s.Value) && printed(o.Stderr) == printed(s.Stderr)
}

// prints says whether a run ends as this outcome, which is known by what is
// printed, whatever that is.
func (s *sum) prints(o *run.Result) bool {
	return !s.valued && o.Controlled && o.Stop != event.StopReplay && o.Execution != nil && o.Execution.Status == s.Status
}

// past says whether something was printed past the search. Then what a run prints
// is known only where it is made again.
func (e *explorer) past() bool {
	return slices.ContainsFunc(slices.Concat(e.full, e.rest), func(r report) bool {
		return slices.ContainsFunc(r.notes, func(n wire.Note) bool { return n.Kind == wire.NotePrint })
	})
}

// sameValue compares a value as it was recorded, which may be cut, with the whole.
func sameValue(recorded, whole string) bool {
	cut := len(recorded) > event.MaxText-utf8.UTFMax
	return recorded == whole || cut && strings.HasPrefix(whole, recorded)
}

// mostPrinted is how many bytes of its output an outcome is known by.
const mostPrinted = 4 << 10

// printed is what is compared of an output.
func printed(text string) string {
	if len(text) > mostPrinted {
		text = text[:mostPrinted]
	}
	for n := len(text); n > 0 && n > mostPrinted-utf8.UTFMax; n = len(text) {
		if r, size := utf8.DecodeLastRuneInString(text); r != utf8.RuneError || size != 1 {
			break
		}
		text = text[:n-1] // a character that was cut
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}
