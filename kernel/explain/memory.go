package explain

import (
	"cmp"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/words"
)

// memory is what is said of variables, found in one pass over the run: of each
// variable the first example.
type memory struct {
	lost     []clash     // written over what another had written, after an earlier read
	stale    []clash     // written because of a test that was no longer true
	times    map[int]int // by object: how often an update was lost
	lossless map[int]bool
}

// clash is a read or a test by one goroutine, a write by another that came after
// it, and the write of the first that came then: indices of events.
type clash struct {
	read, write, store int

	lock      int  // one that both held when they wrote, but the first not all the time since the read; -1 if there is none
	givenBack bool // it was held at the read, too
}

// variable is what is known of a variable at one point of the run.
type variable struct {
	stored       int         // index of the last store, -1
	loaded       map[int]int // by goroutine: its last load since its own last store
	tested       map[int]int // … of those that are tests
	updates      map[int]bool
	read         map[int]bool
	lost, staled bool
}

// followMemory goes through the reads and writes.
func (s *speaker) followMemory() memory {
	m := memory{times: map[int]int{}, lossless: map[int]bool{}}
	all := map[int]*variable{}
	for i := range s.x.Events {
		e := &s.x.Events[i]
		if e.Object < 0 || e.Op != event.Load && e.Op != event.Store {
			continue
		}
		v := all[e.Object]
		if v == nil {
			v = &variable{stored: -1, loaded: map[int]int{}, tested: map[int]int{}, updates: map[int]bool{}, read: map[int]bool{}}
			all[e.Object] = v
		}
		if s.x.Dropped > 0 && v.stored < s.x.DroppedAt && i >= s.x.DroppedAt {
			*v = variable{stored: v.stored, loaded: map[int]int{}, tested: map[int]int{}, updates: v.updates, read: v.read, lost: v.lost, staled: v.staled}
		}
		if e.Op == event.Load {
			s.loads(v, i)
		} else {
			s.stores(&m, v, i)
		}
	}
	for object, v := range all {
		m.lossless[object] = m.times[object] == 0 && len(v.updates) > 1
	}
	s.findLocks(m.lost)
	s.findLocks(m.stale)
	return m
}

func (s *speaker) loads(v *variable, i int) {
	g := s.x.Events[i].G
	v.loaded[g], v.read[g] = i, true
	if s.site(i).Test != nil {
		v.tested[g] = i
	}
}

func (s *speaker) stores(m *memory, v *variable, i int) {
	e := &s.x.Events[i]
	read, reads := v.loaded[e.G]
	test, tests := v.tested[e.G]
	foreign := v.stored >= 0 && s.x.Events[v.stored].G != e.G
	if v.read[e.G] {
		v.updates[e.G] = true
	}
	if e.Stale {
		m.times[e.Object]++
	}
	onlyTested := reads && tests && read == test && s.covers(test, i)
	if e.Stale && reads && foreign && read < v.stored && !v.lost && !(onlyTested && !s.site(test).Test.Kept) {
		v.lost = true
		m.lost = append(m.lost, clash{read: read, write: v.stored, store: i})
	}
	if tests && foreign && test < v.stored && !v.staled && s.covers(test, i) && s.differ(test, v.stored) && !(read == test && s.site(test).Test.Kept) {
		v.staled = true
		m.stale = append(m.stale, clash{read: test, write: v.stored, store: i})
	}
	delete(v.loaded, e.G)
	delete(v.tested, e.G)
	v.stored = i
}

// differ says whether a write changed what a read had found, as far as the
// values are known.
func (s *speaker) differ(read, write int) bool {
	a, b := s.x.Events[read].Value, s.x.Events[write].Value
	return a == "" || a != b
}

// covers says whether the source makes event i depend on the test in event t.
func (s *speaker) covers(t, i int) bool {
	test, at := s.site(t), s.site(i)
	if test.Test == nil {
		return false
	}
	if test.Func == at.Func && test.File == at.File && at.Line <= test.Test.Until {
		return cmp.Or(cmp.Compare(test.Line, at.Line), cmp.Compare(test.Col, at.Col)) < 0
	}
	return slices.Contains(test.Test.Calls, at.Func)
}

// access is a read or a write, ready to be put in words.
func (s *speaker) access(i int) words.ExplainAccess {
	e := &s.x.Events[i]
	return words.ExplainAccess{
		Who: s.name(e.G), Write: e.Op == event.Store, Value: words.Plain(e.Value, 24), At: s.at(i), Step: s.step(i),
	}
}
