package rt

import (
	"unsafe"

	"threading101/kernel/event"
)

// mainID is main's number. Numbers begin with it; 0 is nobody.
const mainID = 1

// g is one goroutine. Each carries a pointer to its own where profilers keep
// labels, the one place for such a thing that the runtime has.
type g struct {
	// A program that takes a profile makes the runtime read these three words as
	// the slice of labels: an empty one.
	magic *byte
	empty [2]uintptr

	self     unsafe.Pointer // the runtime's descriptor; nil once the goroutine ended
	id       uint32
	children uint32 // goroutines it started
	exit     uint32 // the site of its call of Goexit
	done     bool   // its function returned
	more     *more
}

// more is what few goroutines need.
type more struct {
	next    string // name for the next goroutine it starts
	selects []sel
}

// magic tells a g from a real set of labels: no other slice begins here.
var magic byte

//go:linkname getLabels runtime/pprof.runtime_getProfLabel
func getLabels() unsafe.Pointer

//go:linkname setLabels runtime/pprof.runtime_setProfLabel
func setLabels(unsafe.Pointer)

//go:norace
func newG(id uint32) *g { return &g{magic: &magic, id: id} }

// adopt makes g the running goroutine's.
//
//go:norace
func adopt(g *g) {
	g.self = self()
	setLabels(unsafe.Pointer(g))
}

// cur returns the running goroutine. A goroutine inherits its creator's labels;
// the one to whom they belong is known by its descriptor.
//
//go:norace
func cur() *g {
	g := (*g)(getLabels())
	if g != nil && g.magic == &magic && g.self == self() {
		return g
	}
	return stranger(g)
}

// stranger makes a g for a goroutine that a library started, or whose labels
// the program changed: it gets a number and a lane of its own.
//
//go:norace
func stranger(inherited *g) *g {
	var creator uint64
	if inherited != nil && inherited.magic == &magic {
		creator = uint64(inherited.id)
	}
	g := newG(0)
	adopt(g)
	t := lock()
	g.id = nextID()
	put(t, g, event.Start, 0, 0, 0, creator)
	unlock()
	return g
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
func (g *g) rare() *more {
	if g.more == nil {
		g.more = new(more)
	}
	return g.more
}
