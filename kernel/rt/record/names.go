package record

import (
	"sync"

	"threading101/kernel/event"
)

// Naming is what the program says of the goroutine that go statement s is about
// to start: names, from which the reader of the record takes the one that tells
// this goroutine from its siblings.
type Naming struct {
	s    uint32
	Rank uint32 // the most telling is 0
	Name string
}

// mostNames is how many names are kept for goroutines that are about to start.
const mostNames = 16

//go:norace
func OfferName(s, rank uint32, name string) {
	m := Current().NeedExtra()
	if len(m.names) == mostNames { // what is old was for a go statement that panicked
		m.names = append(m.names[:0], m.names[1:]...)
	}
	m.names = append(m.names, Naming{s, rank, name})
}

// OfferedNames takes out the names for the goroutine that go statement s starts.
// While its arguments were evaluated another may have been started, and where
// that panicked nobody was.
func (m *Extra) OfferedNames(s uint32) (all []Naming) {
	if m == nil || len(m.names) == 0 {
		return nil
	}
	kept := m.names[:0]
	for _, n := range m.names {
		if n.s == s {
			all = append(all, n)
		} else {
			kept = append(kept, n)
		}
	}
	m.names = kept
	return all
}

// PutNames records the names offered for child.
//
//go:norace
func PutNames(t int64, child *G, all []Naming) {
	for _, n := range all {
		Put(t, child, event.Name, event.FlagText, n.s, uintptr(n.Rank), putText(n.Name))
	}
}

// mostValues is how many values are remembered by the name of their variable.
const mostValues = 1000

// values are names of variables by weak pointers to what they were given: a name keeps
// nothing alive, and no other value gets it that takes the place of one that is gone.
var values struct {
	sync.Mutex
	names map[any]string
}

// NameValue remembers the variable that was given a value first.
func NameValue(weakly any, variable string) {
	values.Lock()
	defer values.Unlock()
	if values.names == nil {
		values.names = map[any]string{}
	}
	if _, known := values.names[weakly]; !known && len(values.names) < mostValues {
		values.names[weakly] = variable
	}
}

// ValueName is that variable, "" if none is known.
func ValueName(weakly any) string {
	values.Lock()
	defer values.Unlock()
	return values.names[weakly]
}
