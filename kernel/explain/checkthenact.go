package explain

import "threading101/kernel/words/finding"

// checkThenActs tells of tests that were no longer true when their goroutine
// acted on them: another goroutine had written in between.
func (s *speaker) checkThenActs() (all []string) {
	for _, u := range s.memory.stale {
		if len(all) == mostLost {
			break
		}
		s.sentence()
		object := s.object(s.x.Events[u.store].Object)
		free := ""
		if u.givenBack {
			free = s.object(u.lock)
		}
		all = append(all, finding.ExplainCheckThenAct(s.access(u.read), s.access(u.write), s.access(u.store), object, free))
	}
	return all
}
