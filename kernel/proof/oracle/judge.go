package oracle

// judge says how a program ends whose main returns in this state: with nobody left,
// with somebody cut off who could go on, now or when something rings, or with those
// only who never will. A function that a timer is still to start is cut off as well.
func (m *machine) judge(s *state) string {
	s.threads[0] = thread{over: true}
	left := 0
	for i := range s.threads {
		left += 1 - bit(s.threads[i].over)
	}
	switch {
	case m.starts(s):
		return "cut-off"
	case left == 0:
		return "ok"
	case m.stirs(s, len(s.threads), map[string]bool{}):
		return "cut-off"
	}
	return "leak"
}

// starts says whether a timer is pending that starts a function.
func (m *machine) starts(s *state) bool {
	for i := range m.timers {
		if s.alarms[i].pending && len(m.p.does(i)) > 0 {
			return true
		}
	}
	return false
}

// stirs says whether any of the first n goroutines can go on, now or after what
// alarms bring.
func (m *machine) stirs(s *state, n int, seen map[string]bool) bool {
	key := s.key()
	if seen[key] {
		return false
	}
	seen[key] = true
	moves := m.moves(s)
	for _, v := range moves {
		if v.thread >= 0 && v.thread < n || v.partner >= 0 && v.partner < n {
			return true
		}
	}
	for _, v := range moves {
		if r := m.after(s, v); r.end == "" && m.stirs(r.state, n, seen) {
			return true
		}
	}
	return false
}
