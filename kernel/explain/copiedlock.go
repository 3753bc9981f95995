package explain

import (
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/words/finding"
)

// copiedLocks tells of two goroutines that hold, at the same time, what the
// source calls one lock: each holds a copy of its own.
func (s *speaker) copiedLocks() (all []string) {
	held := map[string][]int{} // by what the source calls it: the events with which copies were locked
	told := map[string]bool{}
	for i := range s.x.Events {
		if s.x.Dropped > 0 && i == s.x.DroppedAt {
			clear(held) // what was unlocked since is not known
		}
		e := &s.x.Events[i]
		if e.Object < 0 || s.x.Objects[e.Object].Partial || e.Failed() || !s.site(i).Copied {
			continue
		}
		name := s.callsIt(i)
		switch event.Table[e.Op].Hold {
		case event.HoldToWrite:
			if j := s.copyOf(i, held[name]); j >= 0 && !told[name] && len(all) < mostLost {
				told[name] = true
				s.sentence()
				all = append(all, finding.ExplainCopied(s.name(s.x.Events[j].G), s.whenAt(j), s.name(e.G), s.whenAt(i), s.plainName(e.Object)))
			}
			held[name] = append(held[name], i)
		case event.HoldNoWrite:
			held[name] = slices.DeleteFunc(held[name], func(j int) bool { return s.x.Events[j].Object == e.Object })
		}
	}
	return all
}

// copyOf is one of some locks that is another than that of event i, in the hands
// of another goroutine; -1 if there is none.
func (s *speaker) copyOf(i int, held []int) int {
	e := &s.x.Events[i]
	for _, j := range held {
		if o := &s.x.Events[j]; o.Object != e.Object && o.G != e.G {
			return j
		}
	}
	return -1
}

// callsIt is what the source calls the lock of event i: its text, in a function
// or in the methods of a type.
func (s *speaker) callsIt(i int) string {
	at := s.site(i)
	where := at.Func
	if dot := strings.LastIndexByte(where, '.'); dot >= 0 {
		where = where[:dot]
	}
	return where + " " + s.plainName(s.x.Events[i].Object)
}
