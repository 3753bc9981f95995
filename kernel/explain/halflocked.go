package explain

import (
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// halfLocked tells of updates that were lost though both goroutines wrote under
// the same lock: it did not cover the read.
func (s *speaker) halfLocked() (all []string) {
	for _, u := range s.memory.lost {
		lock, givenBack := s.halfLock(u)
		if lock < 0 || len(all) == mostLost {
			continue
		}
		s.sentence()
		object := s.object(s.x.Events[u.store].Object)
		all = append(all, words.ExplainHalfLocked(s.access(u.read), s.access(u.write), s.access(u.store), object, s.object(lock), givenBack))
	}
	return all
}

// halfLock returns the lock under which both wrote, -1 if there is none that the
// read was not made under, too; givenBack says that it was, but earlier.
func (s *speaker) halfLock(u clash) (lock int, givenBack bool) {
	held := s.x.Holding(u.read, u.write, u.store)
	for _, mine := range held[2] {
		other, ok := holds(held[1], mine.Lock)
		if !ok || mine.Reads || other.Reads {
			continue
		}
		earlier, ok := holds(held[0], mine.Lock)
		if !ok || earlier.Event != mine.Event {
			return mine.Lock, ok
		}
	}
	return -1, false
}

func holds(held []trace.Holding, lock int) (trace.Holding, bool) {
	for _, h := range held {
		if h.Lock == lock {
			return h, true
		}
	}
	return trace.Holding{}, false
}
