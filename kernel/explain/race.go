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
		all = append(all, raced{s}.tell(r))
	}
	return all
}

// raced speaks of two accesses that race.
type raced struct{ *speaker }

func (s raced) tell(r model.Race) string {
	s.sentence()
	said := words.Raced(words.Plain(r.Object, 32), s.side(r.A), s.side(r.B))
	switch {
	case s.inside(r.A) && s.inside(r.B):
		said += words.RacedInside
	case s.ofMap(r.A) && s.ofMap(r.B):
		said += words.RacedMap(r.A.Write && r.B.Write)
	}
	switch {
	case s.ofLock(r.A) || s.ofLock(r.B):
		said += words.RacedLock
	case s.atomic(r.A) != s.atomic(r.B):
		said += words.RacedAtomic
	}
	return said
}

// ofLock reports whether an access was what is done to a lock.
func (s raced) ofLock(a model.Access) bool {
	return s.class(a) == event.ClassMutex || s.class(a) == event.ClassOnce
}

// atomic reports whether an access was an operation of package atomic.
func (s raced) atomic(a model.Access) bool { return s.class(a) == event.ClassAtomic }

// class is that of the operation which an access is, that of memory where it is not known.
func (s raced) class(a model.Access) event.Class {
	if a.Event < 0 || a.Event >= len(s.x.Events) {
		return event.ClassMemory
	}
	return event.Table[s.x.Events[a.Event].Op].Class
}

// inside reports whether a library made an access.
func (s raced) inside(a model.Access) bool {
	return a.Event >= 0 && a.Event < len(s.x.Events) && s.site(a.Event).Inside
}

// ofMap reports whether an access was one to a map.
func (s raced) ofMap(a model.Access) bool {
	return a.Event >= 0 && a.Event < len(s.x.Events) && s.x.Events[a.Event].OfMap()
}

func (s raced) side(a model.Access) string {
	return words.Access(words.Name(a.Goroutine), s.verb(a), s.place(a.Pos), s.step(a.Event))
}

func (s raced) verb(a model.Access) string {
	switch {
	case s.class(a) == event.ClassOnce:
		return words.CallsDo
	case s.ofLock(a) && s.x.Events[a.Event].Op == event.Unlock:
		return words.Unlocks
	case s.ofLock(a):
		return words.Locks
	case a.Write:
		return words.Writes
	}
	return words.Reads
}
