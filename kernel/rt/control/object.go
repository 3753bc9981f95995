package control

import (
	"cmp"
	"slices"
	"unsafe"
)

// Object is something that operations are about. The real mutex, channel or
// group is its state; here is what only a scheduler needs to know.
type Object struct {
	Ptr     unsafe.Pointer // keeps it from being collected, and its address from being used again
	Ord     uint32         // in the order of first use: the same in each run of a schedule
	Version uint32         // counts changes
	waiters queue          // have announced an operation on it
	line                   // of a channel: what they announced
	Group                  // the same, where all wait for the same
	Queue   []*G           // of a Cond: who waits to be woken, first come first
	Holder  *G             // of a Once: who is doing it
	Writers int            // of an RWMutex: who wait to write; new readers wait behind them
	Tried   bool           // of a lock: somebody tried to take it in vain, and went on
	RW      bool           // known to be an RWMutex
	Ticks   bool           // the channel of a timer
	told    bool           // the recording knows how large the buffer of this channel is
}

// Changed says that an object is not as it was: those that have announced
// something about it are asked again.
func (c *Scheduler) Changed(ptr unsafe.Pointer) {
	if o := c.objectAt(ptr); o != nil {
		c.Touched(o)
	}
}

func (c *Scheduler) Touched(o *Object) {
	o.Version++
	c.reconsider(o)
}

// reconsider asks those again who announced something about o.
func (c *Scheduler) reconsider(o *Object) {
	if len(o.Group.All) > 0 {
		o.reconsiderGroup(c)
	}
	for _, p := range o.waiters.places {
		g := p.g
		if g == nil {
			continue
		}
		switch can := g.able(c); {
		case can && g.Pending.state == waiting:
			c.enable(g)
		case can && g.Yielded && g.at < 0 && g.invited(c):
			c.yielded = without(c.yielded, g)
			c.enable(g)
		case !can && g.Pending.state == able:
			c.disable(g)
			g.want(c)
		}
	}
}

// reask asks all who wait: something changed where nothing of ours saw it. In the
// order in which the objects were first used, which is the same in each run.
func (c *Scheduler) reask() {
	for _, o := range c.oldObjects[:c.nObjects] {
		if o.waiters.len()+len(o.Group.All) > 0 {
			c.Touched(o)
		}
	}
}

// Ledger are the objects and variables of a run. Many runs in one process use
// the same memory for what they know of them.
type Ledger struct {
	objects map[unsafe.Pointer]*Object
	lines   lines
	ord     uint32

	oldObjects   []*Object // used by this run: the first of them, in order
	OldLocations []*Variable
	keys         map[element]uint64 // the elements of maps, numbered
	visits       []uint32           // of each site where memory is accessed

	nObjects   int
	NLocations int

	lastObjects   [cacheSize]*Object // found last, by the low bits of their addresses
	lastLocations [cacheSize]*Variable
}

// cacheSize is a power of two: a run touches few things again and again.
const cacheSize = 16

func cached(ptr unsafe.Pointer) uintptr { return uintptr(ptr) >> 3 % cacheSize }

// objectAt returns the object at ptr, nil if there is none yet.
func (t *Ledger) objectAt(ptr unsafe.Pointer) *Object {
	last := &t.lastObjects[cached(ptr)]
	if o := *last; o != nil && o.Ptr == ptr {
		return o
	}
	o := t.objects[ptr]
	if o != nil {
		*last = o
	}
	return o
}

// locationAt returns the variable of that size at ptr, nil if there is none yet.
func (t *Ledger) locationAt(ptr unsafe.Pointer, size uintptr) *Variable {
	last := &t.lastLocations[cached(ptr)]
	if l := *last; l != nil && l.Ptr == ptr && l.size == size {
		return l
	}
	l := t.lines.at(ptr, size)
	if l != nil {
		*last = l
	}
	return l
}

// reset forgets all things.
func (t *Ledger) reset() {
	if t.objects == nil {
		t.objects = map[unsafe.Pointer]*Object{}
	}
	clear(t.objects)
	t.lines.reset()
	t.ord, t.nObjects, t.NLocations = 0, 0, 0
	t.lastObjects, t.lastLocations = [cacheSize]*Object{}, [cacheSize]*Variable{}
}

// ordinal numbers things in the order of their first use: addresses differ from
// run to run.
func (t *Ledger) ordinal() uint32 {
	t.ord++
	return t.ord
}

func (t *Ledger) newObject(ptr unsafe.Pointer) *Object {
	if t.nObjects == len(t.oldObjects) {
		t.oldObjects = append(t.oldObjects, new(Object))
	}
	o := t.oldObjects[t.nObjects]
	t.nObjects++
	*o = Object{Ptr: ptr, Ord: t.ordinal(), waiters: queue{places: o.waiters.places[:0]}, Queue: o.Queue[:0], Group: Group{All: o.Group.All[:0], unsaid: o.Group.unsaid[:0]}}
	return o
}

func (t *Ledger) newLocation(ptr unsafe.Pointer, size uintptr) *Variable {
	if t.NLocations == len(t.OldLocations) {
		t.OldLocations = append(t.OldLocations, new(Variable))
	}
	l := t.OldLocations[t.NLocations]
	t.NLocations++
	*l = Variable{Ptr: ptr, size: size, Ord: t.ordinal(), overlap: l.overlap[:0], sites: l.sites[:0]}
	t.lines.add(l, t.OldLocations[:t.NLocations])
	return l
}

// Parts are the variables that have bytes in common with the one of that number.
func (t *Ledger) Parts(ord uint32) []*Variable {
	if !t.lines.overlap {
		return nil
	}
	all := t.OldLocations[:t.NLocations] // in the order of their numbers
	i, is := slices.BinarySearchFunc(all, ord, func(l *Variable, ord uint32) int { return cmp.Compare(l.Ord, ord) })
	if !is {
		return nil
	}
	return all[i].overlap
}

// mostKeys bounds how many elements of maps are told apart in a run.
const mostKeys = 1 << 12

// element is an element of a map.
type element struct {
	m   unsafe.Pointer
	key any
}

// KeyNumber numbers the elements in the order of their first use, from 1; 0 is
// for all those that are too many.
func (t *Ledger) KeyNumber(m unsafe.Pointer, key any) uint64 {
	at := element{m, key}
	n, known := t.keys[at]
	if !known && len(t.keys) < mostKeys {
		if t.keys == nil {
			t.keys = map[element]uint64{}
		}
		n = uint64(len(t.keys) + 1)
		t.keys[at] = n
	}
	return n
}

// Object returns what is known of the object at ptr.
func (t *Ledger) Object(ptr unsafe.Pointer) *Object {
	o := t.objectAt(ptr)
	if o == nil {
		o = t.newObject(ptr)
		t.objects[ptr] = o
	}
	return o
}

// visited counts a visit of a site.
func (t *Ledger) visited(s uint32) uint32 {
	if int(s) >= len(t.visits) {
		t.visits = append(t.visits, make([]uint32, int(s)+64-len(t.visits))...)
	}
	t.visits[s]++
	return t.visits[s]
}
