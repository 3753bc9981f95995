package explain

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// races says which two accesses no rule puts in an order.
func (s *speaker) races() []string {
	var all []string
	for i, r := range s.x.Races {
		if i == mostRaces && len(s.x.Races) > mostRaces+1 {
			all = append(all, words.MoreRaces(len(s.x.Races)-mostRaces))
			break
		}
		s.sentence()
		raced := words.Raced(words.Plain(r.Object, 32), s.side(r.A), s.side(r.B))
		switch {
		case s.inside(r.A) && s.inside(r.B):
			raced += words.RacedInside
		case s.ofMap(r.A) && s.ofMap(r.B):
			raced += words.RacedMap(r.A.Write && r.B.Write)
		}
		if s.atomic(r.A) != s.atomic(r.B) {
			raced += words.RacedAtomic
		}
		all = append(all, raced)
	}
	return all
}

// atomic reports whether an access was an operation of package atomic.
func (s *speaker) atomic(a model.Access) bool {
	return a.Event >= 0 && a.Event < len(s.x.Events) && event.Table[s.x.Events[a.Event].Op].Class == event.ClassAtomic
}

// inside reports whether a library made an access.
func (s *speaker) inside(a model.Access) bool {
	return a.Event >= 0 && a.Event < len(s.x.Events) && s.site(a.Event).Inside
}

// ofMap reports whether an access was one to a map.
func (s *speaker) ofMap(a model.Access) bool {
	return a.Event >= 0 && a.Event < len(s.x.Events) && s.x.Events[a.Event].OfMap()
}

func (s *speaker) side(a model.Access) string {
	return words.Access(words.Name(a.Goroutine), a.Write, s.place(a.Pos), s.step(a.Event))
}
