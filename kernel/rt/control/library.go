package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// library is what a scheduler must know of constructs that are a library's, and
// not the language's or a lock. Every program's compiler reads this type, and all
// that it and its methods lead to: sync.Pool, sync.Map and reflect.Value would make
// it compile their methods too, which takes longer than the program itself. So those
// are named by their addresses, and functions take the scheduler as an argument.
type library struct {
	Timers  timers
	Pools   map[unsafe.Pointer][]any     // by a *sync.Pool
	Maps    map[unsafe.Pointer]*KeyOrder // by a *sync.Map
	Watches []*Watch
	Streams map[uint32]*sched.Random
	Procs   int
	looks   map[uint32]int // at the free clock, of each goroutine

	Deadlines []Deadline                        // of contexts that are made of others
	Contexts  map[unsafe.Pointer]unsafe.Pointer // by the Done channel of a context: that of the one it is made of, nil for none
}

// lookedAtClock counts one.
func (l *library) lookedAtClock(g *G) {
	if l.looks == nil {
		l.looks = map[uint32]int{}
	}
	l.looks[g.ID]++
}

// Change notes an operation of g that changed an object, and tells those who
// wait for such a change.
func Change(c *Scheduler, g *G, op event.Op, flags uint8, s uint32, ptr unsafe.Pointer) {
	c.Note(g, op, flags, s, ptr, 0)
	c.Changed(ptr)
	c.Acted(g)
}

// Look notes an operation of g that read an object.
func Look(c *Scheduler, g *G, op event.Op, flags uint8, s uint32, ptr unsafe.Pointer) {
	c.Note(g, op, flags, s, ptr, 0)
	o := c.Object(ptr)
	g.Read(o.Ord, o.Version)
}

// KeyOrder knows in which order the keys of a map came into it. Go's own order
// differs from run to run.
type KeyOrder struct {
	Seq  map[any]uint64
	Next uint64
}
