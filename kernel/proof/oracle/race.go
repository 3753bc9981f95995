package oracle

// access is one access to memory in the source.
type access struct {
	of *Stmt
	op Op
}

// place is what an access is about: a variable, a field, a map.
type place struct {
	kind, on, field int
}

// accesses says what an instruction accesses, and whether it writes there.
func (in *instr) accesses() (at place, writes, is bool) {
	switch in.op {
	case Set, storeTmp:
		return place{1, in.on, 0}, true, true
	case Get, loadTmp, peekVar:
		return place{1, in.on, 0}, false, true
	case FieldSet:
		return place{2, in.on, in.n % 2}, true, true
	case FieldGet:
		return place{2, in.on, 0}, false, true
	case StructGet:
		return place{2, in.on, 1}, false, true
	case MapSet, MapDelete, mapStore:
		return place{3, in.on, 0}, true, true
	case MapGet, MapLen, MapSum, mapLoad:
		return place{3, in.on, 0}, false, true
	}
	return place{}, false, false
}

// steps says whether an instruction is a step. The beginning and the end of a
// goroutine are not, nor is a group's Done; an access to memory is one if it races: if
// there is a state in which another goroutine is about to access the same, and one of
// both writes. What does not race is ordered by something else, and comes with the
// step before it.
func (m *machine) steps(in *instr) bool {
	switch in.op {
	case start, Done, born, gone:
		return m.fine
	}
	_, _, is := in.accesses()
	return !is || m.fine || m.racing[access{in.of, in.op}]
}

// goes says whether a thread has instructions before it.
func (t *thread) goes() bool { return !t.over && t.phase != doomed }

// note notes which accesses race in a state.
func (m *machine) note(s *state) {
	for i := range s.threads {
		if !s.threads[i].goes() {
			continue
		}
		a := m.at(&s.threads[i])
		at, writes, is := a.accesses()
		for j := 0; is && j < i; j++ {
			if !s.threads[j].goes() {
				continue
			}
			b := m.at(&s.threads[j])
			if other, also, is := b.accesses(); is && other == at && (writes || also) {
				m.racing[access{a.of, a.op}], m.racing[access{b.of, b.op}] = true, true
			}
		}
	}
}
