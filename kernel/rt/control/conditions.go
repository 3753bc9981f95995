package control

import (
	"slices"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Conditions are expressions of the program that are to be true: the first ones
// whenever no lock is held, the others when the run ends. To look at them is no step
// of the run: it is the same with and without.
type Conditions struct {
	Always, N int                // how many are of all moments, and how many there are
	Holds     func(i int) bool   // panics where the expression does
	Tell      func(i int) string // what was read to evaluate one that is not true

	lost  []bool // was not true in this run
	locks []*Object
	ended bool
}

// Watch has conditions looked at from now on, in this run.
func (c *Scheduler) Watch(w Conditions) {
	w.lost = make([]bool, w.N)
	w.locks = c.conditions.locks
	c.conditions = w
	if c.Observed {
		ConditionsObject(c) // it has the same number in each run
	}
}

// ConditionsObject stands for all that decides whether they are true, and whether they
// are looked at.
func ConditionsObject(c *Scheduler) *Object { return c.Object(unsafe.Pointer(&c.conditions)) }

// Watches says whether conditions of all moments are looked at.
func (c *Scheduler) Watches() bool { return c.conditions.Always > 0 }

// Lost are the conditions that were not true, by their indices.
func (c *Scheduler) Lost() (all []int) {
	for i, lost := range c.conditions.lost {
		if lost {
			all = append(all, i)
		}
	}
	return all
}

// Unlocked says whether nobody holds a lock.
func (c *Scheduler) Unlocked() bool {
	return !slices.ContainsFunc(c.conditions.locks, (*Object).locked)
}

// locked says whether somebody holds a lock, for itself or to read: by the real one,
// which may have been overwritten.
func (o *Object) locked() bool {
	if o.RW {
		return RwHeld(o.Ptr) || RwRead(o.Ptr)
	}
	return MutexHeld(o.Ptr)
}

// learn notes a lock that is used for the first time in this run.
func (w *Conditions) learn(o *Object) {
	if !slices.Contains(w.locks, o) {
		w.locks = append(w.locks, o)
	}
}

// look looks at the conditions of all moments, between two steps.
func (c *Scheduler) look() {
	w := &c.conditions
	if w.Always == 0 || c.Dying || !c.Unlocked() {
		return
	}
	for i := range w.Always {
		c.lookAt(i)
	}
	c.Observer.Looked()
}

// LookAtEnd looks at all conditions where the run ends, once.
func (c *Scheduler) LookAtEnd() {
	w := &c.conditions
	if w.ended || w.N == 0 || c.Dying {
		return
	}
	c.look()
	w.ended = true
	for i := w.Always; i < w.N; i++ {
		c.lookAt(i)
	}
}

// lookAt looks at one condition, and records when it is found not to be true for the
// first time.
func (c *Scheduler) lookAt(i int) {
	w := &c.conditions
	if w.lost[i] || w.holds(i) {
		return
	}
	w.lost[i] = true
	if c.Quiet {
		return
	}
	g := c.Last
	if g == nil {
		g = c.main
	}
	c.Record(g, event.False, 0, 0, uintptr(i), record.Value{Text: w.Tell(i), Flags: event.FlagText})
}

// holds says whether a condition is true. One that panics is not.
func (w *Conditions) holds(i int) (is bool) {
	defer func() {
		if v := recover(); v != nil {
			is = false
		}
	}()
	return w.Holds(i)
}

// written is told of each write. Where it is no step of its own, the conditions are
// looked at here as well.
func (c *Scheduler) written(g *G, s uint32, l *Variable) {
	c.Observer.Writes(g, s, l, !c.unmet)
	if c.unmet {
		c.look()
	}
}

// Saw is told of each read that is made to evaluate a condition.
func (c *Scheduler) Saw(p unsafe.Pointer, n uintptr) { c.Observer.Saw(p, n, c.conditions.ended) }
