package explain

import (
	"threading101/kernel/event"
	"threading101/kernel/words/finding"
)

// copiedGroups tells of one who waits for a group in vain, because the others
// call Done on copies of it.
func (s *speaker) copiedGroups() (all []string) {
	copies := s.doneOnCopies()
	if len(copies) == 0 {
		return nil
	}
	for _, w := range s.forGood() {
		if s.x.Events[w.Event].Op != event.WaitWant || w.Count <= 0 || !s.whole(w.Object) || len(all) == mostLost {
			continue
		}
		name := s.plainName(w.Object)
		done := copies[name]
		if len(done) == 0 {
			continue
		}
		s.sentence()
		s.explained[w.G] = true
		var lanes []int
		for _, i := range done {
			lanes = append(lanes, s.x.Events[i].G)
		}
		all = append(all, finding.ExplainCopiedGroup(s.name(w.G), s.at(w.Event), name, s.names(lanes), s.at(done[0])))
	}
	return all
}

// doneOnCopies returns, by the name of the group, the first Done on each copy:
// a group that nobody ever added to began as a copy of one that somebody had.
func (s *speaker) doneOnCopies() map[string][]int {
	added, first := map[int]bool{}, map[int]int{}
	var order []int
	for i := range s.x.Events {
		e := &s.x.Events[i]
		switch {
		case e.Object < 0:
		case e.Op == event.WGAdd:
			added[e.Object] = true
		case e.Op == event.WGDone && s.site(i).Copied:
			if _, known := first[e.Object]; !known {
				first[e.Object] = i
				order = append(order, e.Object)
			}
		}
	}
	all := map[string][]int{}
	for _, object := range order {
		if !added[object] && s.whole(object) {
			name := s.plainName(object)
			all[name] = append(all[name], first[object])
		}
	}
	return all
}
