package explain

import (
	"threading101/kernel/event"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// lostUpdates says of each variable how its first update was lost, and how
// often that happened.
func (s *speaker) lostUpdates() []string {
	var all []string
	times := map[int]int{}
	for i := range s.x.Events {
		if e := &s.x.Events[i]; e.Stale && e.Object >= 0 {
			times[e.Object]++
		}
	}
	told := map[int]bool{}
	for i := range s.x.Events {
		e := &s.x.Events[i]
		if !e.Stale || e.Object < 0 || told[e.Object] || len(all) == mostLost {
			continue
		}
		if sentence := s.lost(i, times[e.Object]); sentence != "" {
			told[e.Object] = true
			all = append(all, sentence)
		}
	}
	return all
}

// lost tells of a store that overwrote another's: the read it was based on, the
// write it never saw, and itself. "" if they are not all there.
func (s *speaker) lost(store, times int) string {
	read, write := -1, -1
	mine := &s.x.Events[store]
	for i := range store {
		e := &s.x.Events[i]
		switch {
		case e.Object != mine.Object:
		case e.G == mine.G && e.Op == event.Load:
			read, write = i, -1
		case e.G == mine.G && e.Op == event.Store:
			read, write = -1, -1
		case e.G != mine.G && e.Op == event.Store:
			write = i
		}
	}
	if read < 0 || write < 0 {
		return ""
	}
	s.sentence()
	name := s.object(mine.Object)
	return words.ExplainLost(s.access(read), s.access(write), s.access(store), name, times)
}

// access is one of the three, ready to be put in words.
func (s *speaker) access(i int) words.ExplainAccess {
	e := &s.x.Events[i]
	return words.ExplainAccess{
		Who: s.name(e.G), Write: e.Op == event.Store, Value: words.Plain(e.Value, 24), At: s.at(i), Step: s.step(i),
	}
}

// lossless says of an object that two goroutines read and then wrote that
// nothing they wrote was lost.
func (s *speaker) lossless(object int) bool {
	updates := map[int]bool{}
	read := map[int]bool{}
	for i := range s.x.Events {
		e := &s.x.Events[i]
		switch {
		case e.Object != object:
		case e.Stale:
			return false
		case e.Op == event.Load:
			read[e.G] = true
		case e.Op == event.Store && read[e.G]:
			updates[e.G] = true
		}
	}
	return len(updates) > 1 && s.x.Status == trace.OK && s.x.Dropped == 0 && s.x.Skipped == 0
}
