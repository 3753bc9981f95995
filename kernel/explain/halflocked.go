package explain

import (
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words/finding"
)

// halfLocked tells of updates that were lost though both goroutines wrote under
// the same lock: it did not cover the read.
func (s *speaker) halfLocked() (all []string) {
	for _, u := range s.memory.lost {
		if u.lock < 0 || len(all) == mostLost {
			continue
		}
		s.sentence()
		object := s.object(s.x.Events[u.store].Object)
		all = append(all, finding.ExplainHalfLocked(s.access(u.read), s.access(u.write), s.access(u.store), object, s.object(u.lock), u.givenBack))
	}
	return all
}

// findLocks finds for each of the clashes what locks were held.
func (s *speaker) findLocks(all []clash) {
	var events []int
	for _, u := range all {
		events = append(events, u.read, u.write, u.store)
	}
	held := trace.Holding(s.x, events...)
	for i := range all {
		read, write, store := held[3*i], held[3*i+1], held[3*i+2]
		all[i].lock, all[i].givenBack = partCovered(read, write, store)
		all[i].mine, all[i].theirs = twoLocks(store, write)
	}
}

// partCovered returns a lock that was held at the write and at the store, but not
// all the time from the read to the store; -1 if there is none. givenBack says
// that it was held at the read, too.
func partCovered(read, write, store []model.Holding) (lock int, givenBack bool) {
	for _, mine := range store {
		other, ok := holds(write, mine.Lock)
		if !ok || mine.Reads || other.Reads {
			continue
		}
		earlier, ok := holds(read, mine.Lock)
		if !ok || earlier.Event != mine.Event {
			return mine.Lock, ok
		}
	}
	return -1, false
}

func holds(held []model.Holding, lock int) (model.Holding, bool) {
	for _, h := range held {
		if h.Lock == lock {
			return h, true
		}
	}
	return model.Holding{}, false
}
