package record

import (
	"unsafe"

	"threading101/kernel/event"
)

// MainID is main's number. Numbers begin with it; 0 is nobody.
const MainID = 1

// G is one goroutine, as a recording knows it. Each carries a pointer to its own
// where profilers keep labels, the one place for such a thing that the runtime has.
type G struct {
	// A program that takes a profile makes the runtime read these three words as
	// the slice of labels: an empty one.
	magic *byte
	empty [2]uintptr

	Self     unsafe.Pointer // the runtime's descriptor; nil once the goroutine ended
	ID       uint32
	Children uint32 // goroutines it started
	Exit     uint32 // the site of its call of Goexit
	Done     bool   // its function returned

	Controlled bool // it is the beginning of what a scheduler knows
	Extra      *Extra

	next, prev *G // in its chain of the table
}

// Extra is what few goroutines need.
type Extra struct {
	From    uint32   // where it calls what ends a context
	names   []Naming // of goroutines it is about to start
	Selects []Case
}

// magic tells a G from a real set of labels: no other slice begins here.
var magic byte

// Larger makes what stands for a goroutine in a controlled run: more than a
// G, which is its beginning. It is nil in a run that Go schedules.
var Larger func(id uint32) *G

// Clock is the clock of a controlled run, nil in a run that Go schedules.
var Clock *int64

//go:linkname GetLabels runtime/pprof.runtime_getProfLabel
func GetLabels() unsafe.Pointer

//go:linkname SetLabels runtime/pprof.runtime_setProfLabel
func SetLabels(unsafe.Pointer)

// New returns a new goroutine; 0 is the number of one that has none yet.
//
//go:norace
func New(id uint32) *G {
	if Larger != nil {
		return Larger(id)
	}
	g := &G{}
	g.Stamp(id)
	return g
}

// Stamp makes of g the goroutine with that number.
//
//go:norace
func (g *G) Stamp(id uint32) { g.magic, g.ID = &magic, id }

// Adopt makes g the running goroutine's.
//
//go:norace
func Adopt(g *G) {
	g.Self = Self()
	SetLabels(unsafe.Pointer(g))
}

// Current returns the running goroutine. A goroutine inherits its creator's labels;
// the one to whom they belong is known by its descriptor.
//
//go:norace
func Current() *G {
	labels := GetLabels()
	if Own(labels) {
		if g := (*G)(labels); g.Self == Self() {
			return g
		}
	}
	return lookUp(labels)
}

// Own says whether labels are a G, not the program's.
//
//go:norace
func Own(labels unsafe.Pointer) bool { return labels != nil && *(**byte)(labels) == &magic }

// lookUp finds the running goroutine where its labels do not tell: the program
// has set its own, or the goroutine was started by a library. One that is new
// gets a number and a lane of its own, and keeps the program's labels.
//
//go:norace
func lookUp(labels unsafe.Pointer) *G {
	foreign := labels != nil && !Own(labels)
	if foreign {
		Lock()
		g := Find(Self())
		Unlock()
		if g != nil {
			return g
		}
	}
	var creator uint64
	if Own(labels) {
		creator = uint64((*G)(labels).ID)
	}
	g := New(0)
	g.Self = Self()
	if !foreign {
		SetLabels(unsafe.Pointer(g))
	}
	t := Lock()
	g.ID = NextID()
	if foreign {
		Enlist(g)
	}
	Put(t, g, event.Start, 0, 0, 0, creator)
	Unlock()
	return g
}

// table holds the goroutines that rt knows, for when a program uses labels
// itself. It is guarded by the ring's lock.
var table [1 << 10]*G

//go:norace
func chain(self unsafe.Pointer) **G { return &table[uintptr(self)>>7%uintptr(len(table))] }

//go:norace
func Find(self unsafe.Pointer) *G {
	for g := *chain(self); g != nil; g = g.next {
		if g.Self == self {
			return g
		}
	}
	return nil
}

// Which returns a known goroutine for which is holds, nil if there is none.
func Which(is func(*G) bool) *G {
	for _, g := range table {
		for ; g != nil; g = g.next {
			if is(g) {
				return g
			}
		}
	}
	return nil
}

//go:norace
func Enlist(g *G) {
	head := chain(g.Self)
	g.next = *head
	if g.next != nil {
		g.next.prev = g
	}
	*head = g
}

//go:norace
func Delist(g *G) {
	if g.prev != nil {
		g.prev.next = g.next
	} else if head := chain(g.Self); *head == g {
		*head = g.next
	}
	if g.next != nil {
		g.next.prev = g.prev
	}
	g.next, g.prev = nil, nil
}

// NextID numbers a new goroutine. The caller holds the lock.
//
//go:norace
func NextID() uint32 {
	n := Word(Ring, event.OffG)
	*n++
	return uint32(*n)
}

//go:norace
func (g *G) NeedExtra() *Extra {
	if g.Extra == nil {
		g.Extra = new(Extra)
	}
	return g.Extra
}

// From is where the running goroutine calls what ends a context; s if it calls a
// function that ends it, which the instrumenter could not see.
func (g *G) From(s uint32) uint32 {
	if g.Extra != nil && g.Extra.From != 0 {
		return g.Extra.From
	}
	return s
}

// OnStack says whether p lies on the running goroutine's own stack. No other
// goroutine can reach it there, and the next goroutine to use that stack would
// be taken for one that shares it.
//
//go:norace
func (g *G) OnStack(p unsafe.Pointer) bool {
	if g.Self == nil {
		return false
	}
	bounds := (*[2]uintptr)(g.Self)
	return bounds[0] <= uintptr(p) && uintptr(p) < bounds[1]
}
