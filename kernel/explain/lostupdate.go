package explain

import "threading101/kernel/words/finding"

// lostUpdates says of each variable how its first update was lost, and how often
// that happened.
func (s *speaker) lostUpdates() (all []string) {
	for _, u := range s.memory.lost {
		if u.lock < 0 && u.mine < 0 && len(all) < mostLost {
			s.sentence()
			object := s.x.Events[u.store].Object
			all = append(all, finding.ExplainLost(s.access(u.read), s.access(u.write), s.access(u.store), s.object(object), s.memory.times[object]))
		}
	}
	return all
}
