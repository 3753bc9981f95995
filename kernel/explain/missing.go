package explain

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words/finding"
)

// missing says which calls of Done a wait lacks: whose they are, where all that
// are missing can be told, else how many. Some of those who wait may be among
// them: then they wait for themselves.
func (s blocked) missing(w model.Wait, lanes []int, last bool) string {
	if w.Count <= 0 || !s.whole(w.Object) {
		return ""
	}
	owing := s.owing(w.Object)
	switch {
	case len(owing) != w.Count:
		return finding.ExplainMissing(w.Count, last)
	case !slices.ContainsFunc(lanes, func(g int) bool { return !slices.Contains(owing, g) }):
		return finding.ExplainOwnDone(len(lanes))
	}
	return finding.ExplainOwing(s.names(owing), last)
}

// owing are the goroutines that were counted in a group just before they were
// started, wait for ever, and have not called Done.
func (s blocked) owing(group int) (all []int) {
	counted, done := s.counted(group), map[int]bool{}
	for i := range s.x.Events {
		if e := &s.x.Events[i]; e.Op == event.WGDone && e.Object == group {
			done[e.G] = true
		}
	}
	for g := range s.x.Goroutines {
		if counted[g] && !done[g] && s.x.Goroutines[g].End == model.WasBlocked {
			all = append(all, g)
		}
	}
	return all
}

// counted are the goroutines whose creator added 1 to the group as the last thing
// before it started them.
func (s blocked) counted(group int) map[int]bool {
	all, added := map[int]bool{}, map[int]bool{}
	for i := range s.x.Events {
		e := &s.x.Events[i]
		if e.Op == event.Go && e.Partner >= 0 && added[e.G] {
			all[e.Partner] = true
		}
		added[e.G] = e.Op == event.WGAdd && e.Object == group && e.Value == "1"
	}
	return all
}
