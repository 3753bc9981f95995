package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Loaded notes a read.
func (c *Scheduler) Loaded(g *G, op event.Op, s uint32, l *Variable, v record.Value) {
	c.NoteAt(g, op, 0, s, l.Ord, l.Ptr, v)
	g.Read(l.Ord, l.version)
	c.Leave(g)
}

// Stored notes a write, or an atomic change.
func (c *Scheduler) Stored(g *G, op event.Op, s uint32, l *Variable, v record.Value) {
	c.NoteAt(g, op, 0, s, l.Ord, l.Ptr, v)
	l.version++
	for _, other := range l.overlap {
		other.version++
	}
	if c.conditions.N > 0 {
		c.written(g, s, l)
	}
	c.Acted(g)
	c.Leave(g)
}

// Variable is a variable, or an element of one.
type Variable struct {
	Ptr     unsafe.Pointer
	Ord     uint32
	version uint32
	owner   uint32      // the goroutine that touched it first
	shared  bool        // another one did as well
	size    uintptr     // in bytes, 0 if that is not known
	overlap []*Variable // those that have bytes in common with it
	sites   []uint32    // of accesses to it, as far as a recording was told of their parts
}

// Extent is where it lies, and how many bytes it has: 0 if that is not known.
func (l *Variable) Extent() (from, size uintptr) { return uintptr(l.Ptr), l.size }

// privateVisits is how often a site is a point where others may come between
// although only one goroutine has touched what it touches so far: the first
// rounds of two goroutines must be able to meet, and a loop over a table of a
// million numbers must not take a million decisions.
const privateVisits = 64

// Access announces an access to memory of so many bytes, 0 if that is not known.
func (c *Scheduler) Access(g *G, op event.Op, s uint32, p unsafe.Pointer, size uintptr) *Variable {
	l := c.Reach(g, s, p, size)
	c.unmet = !c.meets(g, s, l)
	if c.unmet || c.Observed && c.Observer.Passes(g, op, s) {
		return l
	}
	g.Pending = Pending{Op: op, Site: s, Ord: l.Ord, at: p}
	c.Await(g)
	return l
}

// AccessRead announces a read.
func (c *Scheduler) AccessRead(g *G, s uint32, p unsafe.Pointer, size uintptr) *Variable {
	return c.Access(g, event.Load, s, p, size)
}

// AccessLock announces the read of memory that holds locks: what it is then depends on
// what was done with them before, which are operations and no accesses. Where a search
// has met such an operation, the read is a step that conflicts with every other.
func (c *Scheduler) AccessLock(g *G, s uint32, p unsafe.Pointer, size uintptr) *Variable {
	return c.accessLock(g, event.Load, s, p, size)
}

// OverwriteLock is AccessLock for a write.
func (c *Scheduler) OverwriteLock(g *G, s uint32, p unsafe.Pointer, size uintptr) *Variable {
	return c.accessLock(g, event.Store, s, p, size)
}

func (c *Scheduler) accessLock(g *G, op event.Op, s uint32, p unsafe.Pointer, size uintptr) *Variable {
	c.recordSpan(g, s, p, size)
	if c.Observer.MeetsLock(s) {
		op = event.Peek
	}
	l := c.Access(g, op, s, p, size)
	c.Observer.LooksInto(g, s, p, size)
	return l
}

// meets says whether others may come between before g accesses l at a site.
func (c *Scheduler) meets(g *G, s uint32, l *Variable) bool {
	return l.shared || c.visited(s) <= privateVisits || g.Yielded && c.others()
}

// Reach finds what is known of a variable that g is about to access at a site.
func (c *Scheduler) Reach(g *G, s uint32, p unsafe.Pointer, size uintptr) *Variable {
	l := c.locationAt(p, size)
	if l == nil {
		l = c.newLocation(p, size)
		l.owner = g.ID
		for _, other := range l.overlap {
			l.shared = l.shared || other.owner != g.ID || other.shared
		}
		l.recordPartOf(c, g)
	}
	l.recordParts(c, g, s)
	if l.owner != g.ID && !l.shared {
		l.shared = true
		for _, other := range l.overlap {
			other.shared = true
		}
	}
	return l
}
