package explain

import (
	"threading101/kernel/model"
	"threading101/kernel/words/finding"
)

// twoLocks tells of updates that were lost though each goroutine held a lock when
// it wrote: it was not the same one.
func (s *speaker) twoLocks() (all []string) {
	for _, u := range s.memory.lost {
		if u.mine < 0 || len(all) == mostLost {
			continue
		}
		s.sentence()
		object, mine, theirs := s.object(s.x.Events[u.store].Object), s.plainName(u.mine), s.plainName(u.theirs)
		all = append(all, finding.ExplainTwoLocks(s.access(u.read), s.access(u.write), s.access(u.store), object, mine, theirs))
	}
	return all
}

// twoLocks returns the locks that were taken last of those that one goroutine
// holds and another held, -1 if they have one in common or one of them has none.
func twoLocks(mine, theirs []model.Holding) (int, int) {
	for _, h := range mine {
		if _, ok := holds(theirs, h.Lock); ok {
			return -1, -1
		}
	}
	if len(mine) == 0 || len(theirs) == 0 {
		return -1, -1
	}
	return mine[len(mine)-1].Lock, theirs[len(theirs)-1].Lock
}
