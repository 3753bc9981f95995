package explain

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words/finding"
)

// lostWakeUps tells of signals that came when nobody waited, and of those who
// then waited for ever.
func (s *speaker) lostWakeUps() (all []string) {
	waits := s.onConditions()
	if len(waits) == 0 {
		return nil
	}
	conditions := s.conditions()
	early := func(w model.Wait) bool {
		c := conditions[w.Object]
		return c != nil && c.waits(w.G) && c.early(w.Event) >= 0
	}
	for _, g := range s.groups(waits, early) {
		if len(all) == mostLost {
			break
		}
		all = append(all, wakeUps{s}.lostWakeUp(g, conditions[g.wait.Object].early(g.wait.Event)))
		for _, lane := range g.lanes {
			s.explained[lane] = true
		}
	}
	return all
}

// onConditions are the waits on Conds of goroutines that cannot go on, where all
// that was done with the Cond is recorded.
func (s *speaker) onConditions() (all []model.Wait) {
	if s.x.Status != model.Deadlock && s.x.Status != model.Leak {
		return nil
	}
	for _, w := range s.forGood() {
		if s.x.Events[w.Event].Op == event.CondWant && w.Object >= 0 && s.whole(w.Object) {
			all = append(all, w)
		}
	}
	return all
}

// early is the last signal, if nobody waited when it came and it came before the
// waiting in event want began; else -1.
func (c *condition) early(want int) int {
	if len(c.signals) == 0 {
		return -1
	}
	if last := c.signals[len(c.signals)-1]; last < want && c.idle[last] {
		return last
	}
	return -1
}

// wakeUps speaks of who waits on a Cond for a signal that does not come.
type wakeUps struct{ *speaker }

func (s wakeUps) lostWakeUp(g group, signal int) string {
	s.sentence()
	before := ""
	if len(g.lanes) == 1 {
		before = s.testedBefore(g.wait, signal)
	}
	e := &s.x.Events[signal]
	return before + finding.ExplainLostWakeUp(s.name(e.G), e.Op == event.Broadcast, s.object(e.Object), s.whenAt(signal), s.names(g.lanes), s.at(g.wait.Event))
}

// testedBefore says what a goroutine that waits had tested before the signal, and
// who changed it since; "" if there is no such test.
func (s wakeUps) testedBefore(w model.Wait, signal int) string {
	test := s.lastTest(w.G, w.Event)
	if test < 0 || test > signal {
		return ""
	}
	write := s.changedSince(test, w.Event)
	if write < 0 {
		return ""
	}
	object := s.object(s.x.Events[test].Object)
	looked, wrote := s.withoutLock(test, w.Event), s.withoutLock(write, w.Event)
	return finding.ExplainTestedBefore(s.access(test), s.access(write), object, looked, wrote)
}

// lastTest is the last test that goroutine g made before event i, -1 if there is
// none, or if not all accesses were recorded.
func (s wakeUps) lastTest(g, i int) int {
	for i--; i >= 0 && s.x.Skipped == 0; i-- {
		if e := &s.x.Events[i]; e.G == g && e.Op == event.Load && s.site(i).Test != nil {
			return i
		}
	}
	return -1
}

// changedSince is the last write, before event end, to what the test looked at, if
// another goroutine made it after the test, and it made a difference; else -1.
func (s wakeUps) changedSince(test, end int) int {
	t, write := &s.x.Events[test], -1
	for i := test + 1; i < end; i++ {
		if e := &s.x.Events[i]; e.Object == t.Object && e.Op == event.Store {
			write = i
		}
	}
	if write < 0 || s.x.Events[write].G == t.G || !accesses(s).differ(test, write) {
		return -1
	}
	return write
}

// withoutLock is the name of the lock that belongs to the Cond waited for in
// event want, if it was not held at an access; else "".
func (s wakeUps) withoutLock(access, want int) string {
	lock := s.x.Events[want].CondLock()
	if lock < 0 || !s.whole(lock) {
		return ""
	}
	if _, ok := holds(trace.Holding(s.x, access)[0], lock); ok {
		return ""
	}
	return s.object(lock)
}
