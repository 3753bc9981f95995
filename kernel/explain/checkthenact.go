package explain

import "threading101/kernel/words"

// checkThenActs tells of tests that were no longer true when their goroutine
// acted on them: another goroutine had written in between.
func (s *speaker) checkThenActs() (all []string) {
	for _, u := range s.memory.stale {
		if len(all) == mostLost {
			break
		}
		s.sentence()
		object := s.object(s.x.Events[u.store].Object)
		all = append(all, words.ExplainCheckThenAct(s.access(u.read), s.access(u.write), s.access(u.store), object, s.freeBetween(u)))
	}
	return all
}

// freeBetween is the name of a lock that covers the test, the other's write and
// the act, each for itself; "" if there is none.
func (s *speaker) freeBetween(u clash) string {
	held := s.x.Holding(u.read, u.write, u.store)
	for _, h := range held[2] {
		test, tested := holds(held[0], h.Lock)
		if _, ok := holds(held[1], h.Lock); ok && tested && test.Event != h.Event {
			return s.object(h.Lock)
		}
	}
	return ""
}
