package oracle

// Moments is what a program's shared variables can be: x0, x1 and so on, and the
// atomics n0, n1.
type Moments struct {
	Free map[Values]bool // at a moment at which nobody holds a lock
	Ends map[Values]bool // when the program ends
}

// Values are the first variables and atomics of a program; 0 of one that it has not.
type Values struct{ X, N [2]int }

// Moments visits every state of the program, at most so many, with everything as a
// step, and looks at its variables in each of them.
func (p *Program) Moments(most int) (*Moments, error) {
	m := ready(p)
	m.fine, m.racing = true, map[access]bool{}
	m.moments = &Moments{map[Values]bool{}, map[Values]bool{}}
	_, err := m.ends(most)
	return m.moments, err
}

// look notes the values in a state.
func (m *machine) look(s *state, ended bool) {
	if m.moments == nil {
		return
	}
	var v Values
	copy(v.X[:], s.vars)
	copy(v.N[:], s.atomics)
	if ended {
		m.moments.Ends[v] = true
	}
	if !s.locked() {
		m.moments.Free[v] = true
	}
}

// locked says whether somebody holds a lock. Who only waits for readers to leave does
// not hold it yet.
func (s *state) locked() bool {
	for _, held := range s.mutexes {
		if held {
			return true
		}
	}
	for _, l := range s.rws {
		if l.writes || l.readers > 0 {
			return true
		}
	}
	return false
}

// Writes says whether the program changes a variable or an atomic of [Values].
func (p *Program) Writes() bool {
	return p.Has(Set, Inc, AtomicAdd, AtomicBump, AtomicStore, AtomicSwap, AtomicCAS)
}
