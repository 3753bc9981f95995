package rt

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
	timers  timers
	pools   map[unsafe.Pointer][]any    // by a *sync.Pool
	maps    map[unsafe.Pointer]*syncMap // by a *sync.Map
	watches []*Watch
	streams map[uint32]*sched.Random
	procs   int
	looks   map[uint32]int // at the free clock, of each goroutine

	deadlines []deadline                        // of contexts that are made of others
	contexts  map[unsafe.Pointer]unsafe.Pointer // by the Done channel of a context: that of the one it is made of, nil for none
}

// lookedAtClock counts one.
func (l *library) lookedAtClock(g *g) {
	if l.looks == nil {
		l.looks = map[uint32]int{}
	}
	l.looks[g.ID]++
}

// change notes an operation of g that changed an object, and tells those who
// wait for such a change.
func (c *control) change(g *g, op event.Op, flags uint8, s uint32, ptr unsafe.Pointer) {
	c.note(g, op, flags, s, ptr, 0)
	c.changed(ptr)
	c.acted(g)
}

// look notes an operation of g that read an object.
func (c *control) look(g *g, op event.Op, flags uint8, s uint32, ptr unsafe.Pointer) {
	c.note(g, op, flags, s, ptr, 0)
	o := c.object(ptr)
	g.read(o.ord, o.version)
}
