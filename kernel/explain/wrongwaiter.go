package explain

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words/finding"
)

// wrongWaiters tells of a Signal that woke one who could not use it, while
// another, who waits on the same Cond for something else, goes on waiting.
func (s *speaker) wrongWaiters() (all []string) {
	waits := s.onConditions()
	if len(waits) < 2 {
		return nil
	}
	conditions := s.conditions()
	for object := range s.x.Objects {
		if sentence := s.wrongWaiter(object, conditions[object], waits); sentence != "" {
			all = append(all, sentence)
		}
	}
	return all
}

func (s *speaker) wrongWaiter(object int, c *condition, waits []model.Wait) string {
	if c == nil || len(c.signals) == 0 {
		return ""
	}
	signal := c.signals[len(c.signals)-1]
	e := &s.x.Events[signal]
	if e.Op != event.Signal || e.Link < 0 {
		return ""
	}
	back := c.last[s.x.Events[e.Link].G]
	for _, w := range waits {
		if w.Object != object || !c.waits(w.G) || w.Event > signal || w.G == s.x.Events[back].G {
			continue
		}
		test := wakeUps{s}.lastTest(w.G, w.Event)
		if test < 0 || !c.waits(s.x.Events[back].G) || !s.inVain(e.Link, back) {
			return ""
		}
		if write := (wakeUps{s}).changedSince(test, len(s.x.Events)); write > w.Event {
			return s.notWoken(signal, back, w, write)
		}
	}
	return ""
}

func (s *speaker) notWoken(signal, back int, w model.Wait, write int) string {
	s.sentence()
	s.explained[w.G], s.explained[s.x.Events[back].G] = true, true
	e, changed, at := &s.x.Events[signal], s.access(write), s.whenAt(signal)
	woken := finding.ExplainAccess{Who: s.name(s.x.Events[back].G), At: s.at(back)}
	other := finding.ExplainAccess{Who: s.name(w.G), At: s.at(w.Event)}
	return finding.ExplainWrongWaiter(changed, s.object(s.x.Events[write].Object), s.name(e.G), s.object(e.Object), at, woken, other)
}

// inVain says whether one that was woken in event woken went back to waiting in
// event back, where it had waited, and changed nothing in between.
func (s *speaker) inVain(woken, back int) bool {
	if back < woken {
		return false
	}
	g, began := s.x.Events[woken].G, -1
	for i := range s.x.Events[:back] {
		e := &s.x.Events[i]
		if e.G != g {
			continue
		}
		switch {
		case i < woken && e.Op == event.CondWant:
			began = i
		case i > woken && changes(e.Op):
			return false
		}
	}
	return began >= 0 && s.x.Events[began].Pos == s.x.Events[back].Pos
}

// changes says whether an operation may change what others wait for.
func changes(op event.Op) bool {
	switch op {
	case event.Load, event.AtomicLoad, event.Print, event.Start, event.Name, event.Gosched, event.Sleep, event.Woke,
		event.Lock, event.LockWant, event.Unlock, event.RLock, event.RLockWant, event.RUnlock:
		return false
	}
	return true
}
