package explain

import (
	"strconv"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words/finding"
)

// crash is the panic that ended the run: -1 if there is none that says why.
func (s *speaker) crash(why string) int {
	if s.x.Status != model.Panicked || s.x.Fatal || !strings.Contains(s.x.Reason, why) {
		return -1
	}
	for i := range s.x.Events {
		if s.x.Events[i].Op == event.Panic {
			return i
		}
	}
	return -1
}

// before is the last operation of that kind by the goroutine of event i before it,
// -1 if there is none.
func (s *speaker) before(i int, op event.Op) int {
	for j := i - 1; j >= 0; j-- {
		if e := &s.x.Events[j]; e.G == s.x.Events[i].G && e.Op == op {
			return j
		}
	}
	return -1
}

// nilPointers says where the nil was read that a goroutine followed, and who had
// written it.
func (s *speaker) nilPointers() []string {
	i := s.crash("nil pointer dereference")
	if i < 0 {
		return nil
	}
	read := trace.NilRead(s.x, i)
	if read < 0 {
		return nil
	}
	s.sentence()
	e := &s.x.Events[read]
	who, object, at := s.name(e.G), s.object(e.Object), s.whenAt(read)
	for w := read - 1; w >= 0; w-- {
		if o := &s.x.Events[w]; o.Object == e.Object && o.Op == event.Store && o.Value != model.Nil {
			return nil // it is another variable by now
		} else if o.Object == e.Object && o.Op == event.Store {
			return []string{finding.ExplainNilWritten(who, object, at, s.name(o.G), s.whenAt(w))}
		}
	}
	if !s.whole(e.Object) || s.x.Skipped > 0 {
		return nil
	}
	return []string{finding.ExplainNil(who, object, at)}
}

// negativeCounters says how often Done was called, and what Add had added.
func (s *speaker) negativeCounters() []string {
	i := s.crash("negative WaitGroup counter")
	if i < 0 {
		return nil
	}
	last := s.before(i, event.WGDone)
	if last < 0 || !s.whole(s.x.Events[last].Object) {
		return nil
	}
	group, added, done := s.x.Events[last].Object, 0, 0
	for j := range s.x.Events[:last+1] {
		switch e := &s.x.Events[j]; {
		case e.Object != group:
		case e.Op == event.WGDone:
			done++
		case e.Op == event.WGAdd:
			n, _ := strconv.Atoi(e.Value)
			added += n
		}
	}
	if done != added+1 {
		return nil
	}
	s.sentence()
	return []string{finding.ExplainNegative(s.name(s.x.Events[last].G), s.object(group), s.whenAt(last), done, added)}
}

// closedTwice says who had closed the channel that a goroutine closes again. Which
// one that is, the panic does not say: only if no other was closed is it sure, or none
// that the source calls so.
func (s *speaker) closedTwice() []string {
	i := s.crash("close of closed channel")
	if i < 0 || s.x.Dropped > 0 {
		return nil
	}
	all := s.closings(i, func(int) bool { return true })
	if len(all) > 1 && s.site(i).Object != "" {
		all = s.closings(i, func(j int) bool { return s.site(j).Object == s.site(i).Object })
	}
	if len(all) != 1 || !s.whole(s.x.Events[all[0]].Object) {
		return nil
	}
	s.sentence()
	first := all[0]
	c := &s.x.Events[first]
	return []string{finding.ExplainClosedTwice(s.name(c.G), s.object(c.Object), s.whenAt(first), s.name(s.x.Events[i].G), s.at(i))}
}

// closings are those closings of channels before event i that are asked for.
func (s *speaker) closings(i int, wanted func(j int) bool) (all []int) {
	for j := range s.x.Events[:i] {
		if s.x.Events[j].Op == event.Close && wanted(j) {
			all = append(all, j)
		}
	}
	return all
}

// unlockedTwice says who had given back the lock that a goroutine unlocks though
// nobody holds it.
func (s *speaker) unlockedTwice() []string {
	if s.x.Status != model.Panicked || !strings.Contains(s.x.Reason, "unlock of unlocked") {
		return nil
	}
	last := len(s.x.Events) - 1
	for last >= 0 && s.x.Events[last].Op == event.Name {
		last--
	}
	if last < 0 || s.x.Mode != model.Controlled {
		return nil
	}
	e := &s.x.Events[last]
	if e.Op != event.Unlock && e.Op != event.RUnlock || !s.whole(e.Object) {
		return nil
	}
	s.sentence()
	who, lock, at := s.name(e.G), s.object(e.Object), s.whenAt(last)
	for j := last - 1; j >= 0; j-- {
		if o := &s.x.Events[j]; o.Object == e.Object && (o.Op == event.Unlock || o.Op == event.RUnlock) {
			return []string{finding.ExplainUnlocked(who, lock, at, s.name(o.G), s.whenAt(j))}
		}
	}
	return []string{finding.ExplainUnlocked(who, lock, at, "", "")}
}
