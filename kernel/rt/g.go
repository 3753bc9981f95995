package rt

import (
	"unsafe"

	"threading101/kernel/event"
)

// mainID is main's number. Numbers begin with it; 0 is nobody.
const mainID = 1

// routine is one goroutine, as a recording knows it. Each carries a pointer to its own where profilers keep
// labels, the one place for such a thing that the runtime has.
type routine struct {
	// A program that takes a profile makes the runtime read these three words as
	// the slice of labels: an empty one.
	magic *byte
	empty [2]uintptr

	self     unsafe.Pointer // the runtime's descriptor; nil once the goroutine ended
	id       uint32
	children uint32 // goroutines it started
	exit     uint32 // the site of its call of Goexit
	done     bool   // its function returned

	controlled bool // it is the beginning of what a scheduler knows
	more       *more

	next, prev *routine // in its chain of the table
}

// more is what few goroutines need.
type more struct {
	from    uint32   // where it calls what ends a context
	names   []naming // of goroutines it is about to start
	selects []sel
}

// magic tells a routine from a real set of labels: no other slice begins here.
var magic byte

// larger makes what stands for a goroutine in a controlled run: more than a
// routine, which is its beginning. It is nil in a run that Go schedules.
var larger func(id uint32) *routine

// clock is the clock of a controlled run, nil in a run that Go schedules.
var clock *int64

//go:linkname getLabels runtime/pprof.runtime_getProfLabel
func getLabels() unsafe.Pointer

//go:linkname setLabels runtime/pprof.runtime_setProfLabel
func setLabels(unsafe.Pointer)

//go:norace
func newG(id uint32) *routine {
	if larger != nil {
		return larger(id)
	}
	g := &routine{}
	g.stamp(id)
	return g
}

// stamp makes of g the routine with that number.
//
//go:norace
func (g *routine) stamp(id uint32) { g.magic, g.id = &magic, id }

// adopt makes g the running goroutine's.
//
//go:norace
func adopt(g *routine) {
	g.self = self()
	setLabels(unsafe.Pointer(g))
}

// cur returns the running goroutine. A goroutine inherits its creator's labels;
// the one to whom they belong is known by its descriptor.
//
//go:norace
func cur() *routine {
	labels := getLabels()
	if own(labels) {
		if g := (*routine)(labels); g.self == self() {
			return g
		}
	}
	return lookUp(labels)
}

// own says whether labels are a routine, not the program's.
//
//go:norace
func own(labels unsafe.Pointer) bool { return labels != nil && *(**byte)(labels) == &magic }

// lookUp finds the running goroutine where its labels do not tell: the program
// has set its own, or the goroutine was started by a library. One that is new
// gets a number and a lane of its own, and keeps the program's labels.
//
//go:norace
func lookUp(labels unsafe.Pointer) *routine {
	foreign := labels != nil && !own(labels)
	if foreign {
		lock()
		g := find(self())
		unlock()
		if g != nil {
			return g
		}
	}
	var creator uint64
	if own(labels) {
		creator = uint64((*routine)(labels).id)
	}
	g := newG(0)
	g.self = self()
	if !foreign {
		setLabels(unsafe.Pointer(g))
	}
	t := lock()
	g.id = nextID()
	if foreign {
		enlist(g)
	}
	put(t, g, event.Start, 0, 0, 0, creator)
	unlock()
	return g
}

// table holds the goroutines that rt knows, for when a program uses labels
// itself. It is guarded by the ring's lock.
var table [1 << 10]*routine

//go:norace
func chain(self unsafe.Pointer) **routine { return &table[uintptr(self)>>7%uintptr(len(table))] }

//go:norace
func find(self unsafe.Pointer) *routine {
	for g := *chain(self); g != nil; g = g.next {
		if g.self == self {
			return g
		}
	}
	return nil
}

//go:norace
func enlist(g *routine) {
	head := chain(g.self)
	g.next = *head
	if g.next != nil {
		g.next.prev = g
	}
	*head = g
}

//go:norace
func delist(g *routine) {
	if g.prev != nil {
		g.prev.next = g.next
	} else if head := chain(g.self); *head == g {
		*head = g.next
	}
	if g.next != nil {
		g.next.prev = g.prev
	}
	g.next, g.prev = nil, nil
}

// nextID numbers a new goroutine. The caller holds the lock.
//
//go:norace
func nextID() uint32 {
	n := word(ring, event.OffG)
	*n++
	return uint32(*n)
}

//go:norace
func (g *routine) rare() *more {
	if g.more == nil {
		g.more = new(more)
	}
	return g.more
}
