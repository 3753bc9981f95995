package control

import (
	"slices"
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

// Variables that are parts of others: a struct is read as a whole and written
// field by field. Variables at one address but of different sizes are different
// ones; which of them have bytes in common is found by the lines of memory that
// they lie in.

// What a recording is told of that is bounded: how many parts a variable has, and how
// many sites access it.
const (
	mostParts = 64
	mostSites = 16
)

// recordParts tells a recording which other variables begin within the one that is
// accessed at a site. There a variable is known by its address alone: a whole and its
// first field are one, and only the site tells them apart.
func (l *Variable) recordParts(c *Scheduler, g *G, s uint32) {
	if c.Quiet || len(l.sites) == mostSites || slices.Contains(l.sites, s) {
		return
	}
	l.sites = append(l.sites, s)
	for _, other := range l.overlap[:min(len(l.overlap), mostParts)] {
		recordPart(c, g, s, l, other)
	}
}

// recordPartOf tells it of a variable that was accessed for the first time, and begins
// within others.
func (l *Variable) recordPartOf(c *Scheduler, g *G) {
	for _, other := range l.overlap[:min(len(l.overlap), mostParts)] {
		for _, s := range other.sites {
			recordPart(c, g, s, other, l)
		}
	}
}

func recordPart(c *Scheduler, g *G, s uint32, whole, part *Variable) {
	if from := uintptr(part.Ptr); uintptr(whole.Ptr) < from && from < uintptr(whole.Ptr)+whole.size {
		c.Record(g, event.Part, 0, s, uintptr(whole.Ptr), record.Value{Bits: uint64(from)})
	}
}

// recordSpan tells a recording, once for a site and a variable, how much memory is
// accessed there: the locks in it are.
func (c *Scheduler) recordSpan(g *G, s uint32, p unsafe.Pointer, size uintptr) {
	if l := c.locationAt(p, size); !c.Quiet && (l == nil || len(l.sites) < mostSites && !slices.Contains(l.sites, s)) {
		c.Record(g, event.Spans, 0, s, uintptr(p), record.Value{Bits: uint64(size)})
	}
}

// lineSize is the size of a line, in bytes.
const lineSize = 64

// mostLines is how many lines a variable may lie in and still be found by them.
const mostLines = 8

// lines finds the variables that lie in a line of memory.
type lines struct {
	numbers map[uintptr]int32 // of the lines, from 1
	first   []int32           // by number: a place in links, from 1
	links   []link
	last    [cacheSize]numbered // found last, by the low bits of the line
	broad   []*Variable         // that lie in more than mostLines
	overlap bool                // some have bytes in common
}

type link struct {
	location *Variable
	next     int32
}

// numbered is a line and its number, 0 if nothing is known to lie in it.
type numbered struct {
	line   uintptr
	number int32
}

func (t *lines) reset() {
	if t.numbers == nil {
		t.numbers, t.first = map[uintptr]int32{}, []int32{0}
	}
	clear(t.numbers)
	t.first, t.links, t.broad = t.first[:1], t.links[:0], t.broad[:0]
	t.last, t.overlap = [cacheSize]numbered{}, false
}

// number is a line's number, 0 if nothing is known to lie in it. What is accessed one
// after the other lies in few lines.
func (t *lines) number(line uintptr) int32 {
	last := &t.last[line%cacheSize]
	if last.line != line {
		*last = numbered{line, t.numbers[line]}
	}
	return last.number
}

// numberNew is number, and gives the line one.
func (t *lines) numberNew(line uintptr) int32 {
	n := t.number(line)
	if n == 0 {
		n = int32(len(t.first))
		t.first = append(t.first, 0)
		t.numbers[line], t.last[line%cacheSize] = n, numbered{line, n}
	}
	return n
}

// lineOf is the first and the last line of what lies at ptr.
func lineOf(ptr unsafe.Pointer, size uintptr) (from, to uintptr) {
	return uintptr(ptr) / lineSize, (uintptr(ptr) + max(size, 1) - 1) / lineSize
}

// at returns the variable of that size at ptr, nil if there is none yet.
func (t *lines) at(ptr unsafe.Pointer, size uintptr) *Variable {
	from, to := lineOf(ptr, size)
	if to-from >= mostLines {
		for _, l := range t.broad {
			if l.Ptr == ptr && l.size == size {
				return l
			}
		}
		return nil
	}
	for i := t.first[t.number(from)]; i != 0; i = t.links[i-1].next {
		if l := t.links[i-1].location; l.Ptr == ptr && l.size == size {
			return l
		}
	}
	return nil
}

// add adds a variable, of all there are, and tells it and those it has bytes in
// common with of each other.
func (t *lines) add(l *Variable, all []*Variable) {
	from, to := lineOf(l.Ptr, l.size)
	if to-from >= mostLines {
		for _, other := range all {
			t.join(l, other)
		}
		t.broad = append(t.broad, l)
		return
	}
	for _, other := range t.broad {
		t.join(l, other)
	}
	for line := from; line <= to; line++ {
		n := t.numberNew(line)
		for i := t.first[n]; i != 0; i = t.links[i-1].next {
			t.meet(l, t.links[i-1].location)
		}
		t.links = append(t.links, link{l, t.first[n]})
		t.first[n] = int32(len(t.links))
	}
}

// meet is join for two that may have met in another line.
func (t *lines) meet(l, other *Variable) {
	if !slices.Contains(l.overlap, other) {
		t.join(l, other)
	}
}

// join notes that two variables overlap, if they do.
func (t *lines) join(l, other *Variable) {
	from, to := uintptr(l.Ptr), uintptr(other.Ptr)
	if l == other || from >= to+max(other.size, 1) || to >= from+max(l.size, 1) {
		return
	}
	l.overlap, other.overlap = append(l.overlap, other), append(other.overlap, l)
	t.overlap = true
}
