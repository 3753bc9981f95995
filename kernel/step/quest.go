package step

import (
	"context"
	"slices"
	"strconv"

	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// quest is the way to a goal: what is known of it from each position that was seen, and
// the search under way for the one that there is now.
type quest struct {
	aim   *Aim // nil: there is no goal
	known map[string]reach
	best  int     // the fewest steps of a run known that reaches it from the beginning; 0: none is
	under *search // nil: none
	next  int     // after hint: the key of the choice that leads on
}

// search finds out what is known from one position.
type search struct {
	key   string
	end   context.CancelFunc
	done  chan struct{}
	found reach // to be read when done is closed
}

// none is the goal that is none.
const none = "none"

// keyOf tells positions apart.
func keyOf(choices []model.Choice) string {
	return sched.FormatSwitches(switches(choices)) + " " + strconv.Itoa(len(choices))
}

func (s *Session) key() string { return keyOf(s.at.choices) }

// stop has the search under way end, and does not wait for that.
func (q *quest) stop() {
	if q.under != nil {
		q.under.end()
		q.under = nil
	}
}

// reset forgets all that is known, for another goal or another clock.
func (q *quest) reset(aim *Aim) {
	q.stop()
	*q = quest{aim: aim}
}

// look begins to find out whether a way leads to the goal from where the session is now.
// What was found out before tells it of many positions.
func (q *quest) look(s *Session) {
	if q.collect(); q.aim == nil {
		return
	}
	key := s.key()
	if _, known := q.known[key]; known || q.under != nil && q.under.key == key {
		return
	}
	q.stop()
	if r, ok := q.follows(s); ok {
		q.keep(key, r)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	under := &search{key: key, end: cancel, done: make(chan struct{})}
	q.under = under
	at, aim, clock := s.at, q.aim, s.clock
	s.searches.Go(func() {
		defer close(under.done)
		defer cancel()
		under.found = s.reached(ctx, aim, at, clock)
	})
}

// follows is what is known of a position because of others: it is on the way to a
// solution, or behind a position from which no way leads there, or over.
func (q *quest) follows(s *Session) (r reach, ok bool) {
	if n := q.aim.in(s.at, s.cfg.Values); n > 0 {
		return reach{way: Reached, solution: s.at.choices, steps: n}, true
	}
	if !s.at.asks() {
		return reach{way: Unreachable}, true
	}
	for _, r := range q.known {
		if r.way == Reachable && begun(r.solution, s.at.choices) {
			return r, true
		}
	}
	if q.hopeless(s.at.choices[:len(s.at.choices)-min(1, len(s.at.choices))]) >= 0 {
		return reach{way: Unreachable}, true
	}
	return r, false
}

// begun says whether choices are the first of others.
func begun(all, first []model.Choice) bool {
	return len(first) < len(all) && slices.EqualFunc(first, all[:len(first)], func(a, b model.Choice) bool { return a.Nth == b.Nth && a.To == b.To })
}

// collect takes what the search has found, if it has ended.
func (q *quest) collect() {
	if q.under == nil {
		return
	}
	select {
	case <-q.under.done:
		q.keep(q.under.key, q.under.found)
		q.under = nil
	default:
	}
}

func (q *quest) keep(key string, r reach) {
	if q.known == nil {
		q.known = map[string]reach{}
	}
	q.known[key] = r
	if r.steps > 0 && (q.best == 0 || r.steps < q.best) {
		q.best = r.steps
	}
}

// await waits for what is being found out.
func (s *Session) await(ctx context.Context, _ *Request) *Error {
	q := &s.quest
	q.look(s)
	if q.under == nil {
		return nil
	}
	select {
	case <-q.under.done:
		q.collect()
		return nil
	case <-ctx.Done():
		return &Error{Interrupted, words.InterruptedByYou}
	}
}

// aim sets another goal.
func (s *Session) aim(_ context.Context, r *Request) *Error {
	if r.Goal == "" || r.Goal == none {
		s.quest.reset(nil)
		return nil
	}
	aim, err := ParseGoal(r.Goal)
	switch {
	case err != nil:
		return &Error{BadGoal, err.Error()}
	case !aim.told(s.cfg.Values):
		return &Error{BadGoal, words.StepGoalUntold(aim.Text)}
	}
	s.quest.reset(&aim)
	return nil
}

// way is a solution from where the session is, nil if none is known.
func (s *Session) way(ctx context.Context) ([]model.Choice, *Error) {
	if s.quest.aim == nil {
		return nil, &Error{NoWay, words.StepNoGoal}
	}
	if refused := s.await(ctx, nil); refused != nil {
		return nil, refused
	}
	switch r := s.quest.known[s.key()]; {
	case r.way == Unreachable && s.at.asks():
		return nil, &Error{NoWay, words.StepNoWay}
	case r.way != Reachable || !begun(r.solution, s.at.choices):
		return nil, &Error{NoWay, words.StepNoWayKnown}
	default:
		return r.solution, nil
	}
}

// hint says which choice leads on.
func (s *Session) hint(ctx context.Context, _ *Request) *Error {
	solution, refused := s.way(ctx)
	if refused != nil {
		return refused
	}
	want := solution[len(s.at.choices)]
	for i := range s.at.x.Offers {
		if c := s.at.chosen(&s.at.x.Offers[i]); c.To == want.To {
			s.quest.next = i + 1
		}
	}
	return nil
}

// solve makes the choices that lead to the goal.
func (s *Session) solve(ctx context.Context, _ *Request) *Error {
	solution, refused := s.way(ctx)
	if refused != nil {
		return refused
	}
	return s.advance(s.rest(ctx, solution))
}

// told is what a state says of the goal.
func (q *quest) told(s *Session) *Goal {
	if q.aim == nil {
		return nil
	}
	g := &Goal{Text: q.aim.Text, Is: Searching, Next: q.next, Shortest: q.best}
	q.next = 0
	r, known := q.known[s.key()]
	if known {
		g.Is = r.way
	}
	switch {
	case !known:
		g.Says = words.StepSearching
	case r.way == Reached:
		g.Steps = r.steps
		g.Says = words.StepReached(q.aim.Text, r.steps, q.best)
	case r.way == Unreachable:
		var all bool
		g.Since, all = s.since()
		g.Says = words.StepUnreachable(q.aim.Text, g.Since, all, s.at.asks())
	case r.way == NotKnown:
		g.Says = words.StepNotKnown(q.aim.Text, s.cfg.Blind)
	}
	return g
}

// hopeless is how many of the choices lead to the first position from which no way leads
// to the goal, as far as is known; -1 if there is none.
func (q *quest) hopeless(choices []model.Choice) int {
	for n := range len(choices) + 1 {
		if r, known := q.known[keyOf(choices[:n])]; known && r.way == Unreachable {
			return n
		}
	}
	return -1
}

// since is the step from which on no way leads to the goal; 0 where it is not known that
// there was a way before it. all says that there never was one.
func (s *Session) since() (step int, all bool) {
	n := s.quest.hopeless(s.at.choices)
	if n <= 0 {
		return 0, n == 0
	}
	if r, known := s.quest.known[keyOf(s.at.choices[:n-1])]; !known || r.way != Reachable {
		return 0, false
	}
	for _, one := range trace.Steps(s.at.x).List {
		if one.Event >= s.at.choices[n-1].Before {
			return one.N, false
		}
	}
	return 0, false
}
