package explain

import (
	"cmp"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
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

	mine, theirs int // where they held no lock in common: one that each held when it wrote; -1 if one of them held none
}

// place is a variable, or an element of a map.
type place struct{ object, element int }

// variable is what is known of a variable at one point of the run.
type variable struct {
	stored       int         // index of the last store, -1
	loaded       map[int]int // by goroutine: its last load since its own last store
	tested       map[int]int // … of those that are tests
	updates      map[int]bool
	read         map[int]bool
	atomic       bool // some of its stores are: whether they are lost is not known
	lost, staled bool
}

func newVariable() *variable {
	return &variable{stored: -1, loaded: map[int]int{}, tested: map[int]int{}, updates: map[int]bool{}, read: map[int]bool{}}
}

// forget drops what was known: events are missing here.
func (v *variable) forget() {
	v.stored = -1
	clear(v.loaded)
	clear(v.tested)
}

// accesses follows what goroutines read and write.
type accesses struct{ *speaker }

// followMemory goes through the reads and writes.
func (s *speaker) followMemory() memory {
	m := memory{times: map[int]int{}, lossless: map[int]bool{}}
	all, blurred := map[place]*variable{}, map[int]bool{}
	for i := range s.x.Events {
		if s.x.Dropped > 0 && i == s.x.DroppedAt {
			for _, v := range all {
				v.forget()
			}
		}
		e := &s.x.Events[i]
		if row := &event.Table[e.Op]; e.Object < 0 || e.Failed() || !row.Reads() && !row.Stores() {
			continue
		}
		if e.OfMap() && e.Element == 0 {
			blurred[e.Object] = true
			continue // it may be any element
		}
		v := all[place{e.Object, e.Element}]
		if v == nil {
			v = newVariable()
			all[place{e.Object, e.Element}] = v
		}
		switch e.Op {
		case event.Load:
			v.loaded[e.G], v.read[e.G] = i, true
			accesses{s}.tests(v, i)
		case event.AtomicLoad:
			accesses{s}.tests(v, i)
		default:
			v.atomic = v.atomic || e.Op != event.Store
			accesses{s}.stores(&m, v, i)
		}
	}
	for at, v := range all {
		if len(v.updates) > 1 && !v.atomic {
			m.lossless[at.object] = m.times[at.object] == 0 && !blurred[at.object]
		}
	}
	s.findLocks(m.lost)
	s.findLocks(m.stale)
	return m
}

// tests notes a test. Where accesses were not recorded, a goroutine may have
// looked again.
func (s accesses) tests(v *variable, i int) {
	if s.site(i).Test != nil && s.x.Skipped == 0 {
		v.tested[s.x.Events[i].G] = i
	}
}

func (s accesses) stores(m *memory, v *variable, i int) {
	e := &s.x.Events[i]
	if v.read[e.G] {
		v.updates[e.G] = true
	}
	if e.Stale {
		m.times[e.Object]++
	}
	if v.stored >= 0 && s.x.Events[v.stored].G != e.G {
		if read, ok := s.overwrites(v, i); ok && !v.lost {
			v.lost = true
			m.lost = append(m.lost, clash{read: read, write: v.stored, store: i})
		}
		if test, ok := s.actsLate(v, i); ok && !v.staled {
			v.staled = true
			m.stale = append(m.stale, clash{read: test, write: v.stored, store: i})
		}
	}
	delete(v.loaded, e.G)
	delete(v.tested, e.G)
	v.stored = i
}

// overwrites says whether store i loses another's, and which read came before
// both. What was only tested was not calculated with.
func (s accesses) overwrites(v *variable, i int) (read int, ok bool) {
	e := &s.x.Events[i]
	read, ok = v.loaded[e.G]
	return read, ok && e.Stale && read < v.stored && (!s.covers(read, i) || s.site(read).Test.Kept)
}

// actsLate says whether store i depends on a test that the last store, another
// goroutine's, was too late for. What was tested by way of a variable, and not
// read again, may have been calculated with: that is a lost update.
func (s accesses) actsLate(v *variable, i int) (test int, ok bool) {
	e := &s.x.Events[i]
	test, ok = v.tested[e.G]
	if !ok || test > v.stored || !s.covers(test, i) || !s.differ(test, v.stored) {
		return test, false
	}
	read, reads := v.loaded[e.G]
	looks := e.Op == event.AtomicCAS || e.Op == event.AtomicPut || e.Op == event.AtomicSwap // these tell what was there
	return test, !looks && !(reads && read == test && s.site(test).Test.Kept && !s.site(i).Blind)
}

// differ says whether a write changed what a read had found, as far as the
// values are known.
func (s accesses) differ(read, write int) bool {
	a, b := s.x.Events[read].Value, s.x.Events[write].Value
	return a == "" || a != b
}

// covers says whether the source makes event i depend on the test in event t.
func (s accesses) covers(t, i int) bool {
	test, at := s.site(t), s.site(i)
	if test.Test == nil {
		return false
	}
	if slices.Contains(test.Test.Calls, at.Func) {
		return true
	}
	inside := func(l event.Lines) bool { return l.From <= at.Line && at.Line <= l.Until }
	return test.Func == at.Func && test.File == at.File && slices.ContainsFunc(test.Test.Code, inside) &&
		cmp.Or(cmp.Compare(test.Line, at.Line), cmp.Compare(test.Col, at.Col)) < 0
}

// access is a read or a write, ready to be put in words.
func (s *speaker) access(i int) finding.ExplainAccess {
	e := &s.x.Events[i]
	return finding.ExplainAccess{
		Who: s.name(e.G), Write: event.Table[e.Op].Stores(), Value: words.Plain(e.Value, 24), At: s.at(i), Step: s.step(i),
	}
}
