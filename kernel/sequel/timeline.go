package sequel

import "slices"

// Timeline is the program that cells continue, and how far it has come. The zero value
// is a program without cells.
//
// The cells are in the order in which they first ran. A cell that runs again goes back
// to its place: what came after it ran in another past then, and is part of the program
// again once it has run again. A cell that failed has a place, and is no part; one that
// could not even begin has changed nothing.
type Timeline struct {
	moments []*Moment
	ended   bool // main has returned
}

// Moment is a cell as part of the program, as it ran last.
type Moment struct {
	ID      string // by which the front end knows the cell, "" if it gave none
	Number  int    // its execution
	Cell    *Cell
	Frozen  bool
	Seed    uint64
	Free    bool      // it ran on the free clock
	Hash    string    // of the program up to here
	Lasted  int64     // virtual nanoseconds that main was at the prompt behind it
	Answers []string  // what was typed for it while it ran
	Printed [2]string // by the program while the cell ran: on stdout, on stderr
	Did     uint64    // what the goroutines did meanwhile

	Mark func(note string) // puts a note on the picture of the cell; nil: there is none

	state state
}

type state int

const (
	failed   state = iota // it did not happen
	happened              // it is part of the program
	stale                 // it happened in another past
)

// Attempt is a cell that is about to run.
type Attempt struct {
	Before []*Moment // the cells before it, in their order
	Live   int       // how many of these happened as they are; the others ran in another past
	at     int       // its place
	again  bool      // it has run before
	fresh  bool      // the program before has ended: this cell begins another
}

// Begin returns the place of a cell: its own if it has run before, or else behind what
// happened last. A program whose main has returned is left behind by a new cell.
func (t *Timeline) Begin(id string) Attempt {
	if i := t.index(id); i >= 0 {
		return t.attempt(i, true)
	}
	if t.ended {
		return Attempt{fresh: true}
	}
	return t.attempt(t.present(), false)
}

// Next is the place behind all that happened, for what is no cell of its own.
func (t *Timeline) Next() Attempt { return t.attempt(t.present(), false) }

func (t *Timeline) attempt(at int, again bool) Attempt {
	a := Attempt{at: at, again: again}
	for _, m := range t.moments[:at] {
		if m.state == failed {
			continue
		}
		if m.state == happened && a.Live == len(a.Before) {
			a.Live++
		}
		a.Before = append(a.Before, m)
	}
	return a
}

func (t *Timeline) index(id string) int {
	if id == "" {
		return -1
	}
	return slices.IndexFunc(t.moments, func(m *Moment) bool { return m.ID == id })
}

// present is the place behind what happened last, and behind the cells that failed
// there.
func (t *Timeline) present() (at int) {
	for i, m := range t.moments {
		if m.state == happened {
			at = i + 1
		}
	}
	for at < len(t.moments) && t.moments[at].state == failed {
		at++
	}
	return at
}

// Happened puts a cell that ran into its place. ended says that main has returned. The
// result are the cells that ran in another past from now on.
func (t *Timeline) Happened(a Attempt, m *Moment, ended bool) (others []*Moment) {
	others = t.put(a, m, happened)
	t.ended = ended
	return others
}

// Failed notes that a cell ran, and failed: time went back to where it began. What
// came after it ran in another past.
func (t *Timeline) Failed(a Attempt, m *Moment) (others []*Moment) {
	t.ended = false
	return t.put(a, m, failed)
}

func (t *Timeline) put(a Attempt, m *Moment, s state) (others []*Moment) {
	if m.state = s; a.fresh {
		t.moments = nil
	}
	for _, b := range a.Before {
		b.state = happened
	}
	if a.again {
		t.moments[a.at] = m
	} else {
		t.moments = slices.Insert(t.moments, a.at, m)
	}
	for _, later := range t.moments[a.at+1:] {
		if later.state == happened {
			later.state = stale
			others = append(others, later)
		}
	}
	return others
}

// Keep leaves the first n cells of the program as they are; the others ran in another
// past.
func (t *Timeline) Keep(n int) {
	for _, m := range t.moments {
		if m.state == happened {
			if n--; n < 0 {
				m.state = stale
			}
		}
	}
}

// Ended notes whether main has returned.
func (t *Timeline) Ended(is bool) { t.ended = is }

// HasEnded reports whether main has returned.
func (t *Timeline) HasEnded() bool { return t.ended }

// Live are the cells that the program is made of.
func (t *Timeline) Live() []*Moment {
	return slices.DeleteFunc(slices.Clone(t.moments), func(m *Moment) bool { return m.state != happened })
}

// Remove takes out the cell with that execution number, false if it is none of the
// program's. What came after it ran in another past.
func (t *Timeline) Remove(number int) (others []*Moment, ok bool) {
	i := slices.IndexFunc(t.moments, func(m *Moment) bool { return m.Number == number })
	if i < 0 {
		return nil, false
	}
	return t.remove(i), true
}

// Forget takes out cells that the front end has deleted, and returns those of them that
// were part of the program, and the cells that ran in another past from now on.
func (t *Timeline) Forget(ids []string) (gone, others []*Moment) {
	for _, id := range ids {
		if i := t.index(id); i >= 0 {
			if m := t.moments[i]; m.state == happened {
				gone = append(gone, m)
			}
			others = append(others, t.remove(i)...)
		}
	}
	left := func(m *Moment) bool { return !slices.Contains(t.moments, m) }
	return gone, slices.DeleteFunc(others, left)
}

func (t *Timeline) remove(i int) (others []*Moment) {
	was := t.moments[i].state
	t.moments = slices.Delete(t.moments, i, i+1)
	if was != happened {
		return nil
	}
	t.ended = false
	for _, later := range t.moments[i:] {
		if later.state == happened {
			later.state = stale
			others = append(others, later)
		}
	}
	return others
}

// Names are the variables and constants that the cells before declare.
func (a Attempt) Names() (all []string) {
	for _, m := range a.Before {
		all = append(all, m.Cell.names()...)
	}
	return all
}

// Has reports whether one of the cells before declares a variable, or a constant, of
// that name.
func (a Attempt) Has(name string) bool {
	return slices.Contains(a.Names(), name)
}

// Parts are the cells before as parts of a program.
func (a Attempt) Parts() (all []Part) {
	for _, m := range a.Before {
		all = append(all, m.Part())
	}
	return all
}

// Seeds are those of the cells before.
func (a Attempt) Seeds() (all []uint64) {
	for _, m := range a.Before {
		all = append(all, m.Seed)
	}
	return all
}

// Part is the cell as part of a program.
func (m *Moment) Part() Part { return Part{m.Cell, m.Number, m.Frozen} }
