package control

import (
	"unsafe"

	"threading101/kernel/event"
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
	streams streams
	Procs   int
	Beyond  uint32         // what was done to a database past the scheduler, BeyondStatements and so on; atomic
	looks   map[uint32]int // at the free clock, of each goroutine

	Deadlines []Deadline                        // of contexts that are made of others
	Contexts  map[unsafe.Pointer]unsafe.Pointer // by the Done channel of a context: that of the one it is made of, nil for none
}

// What may be done to a database past the scheduler.
const (
	BeyondStatements uint32 = 1 << iota // something in no step
	BeyondLimit                         // a statement may be broken off at any moment
)

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

// Deadline is that of a context that is made of another, and may end with that.
type Deadline struct {
	Done  <-chan struct{}
	Alarm *alarm
}

// EndedWith is called when a context has ended, and all that are made of it: their
// deadlines will not pass any more, who waits for their ends can go on, and what was to
// run then begins: here, since what its ender does next runs beside it.
func EndedWith(c *Scheduler) {
	kept := c.Library.Deadlines[:0]
	for _, d := range c.Library.Deadlines {
		select {
		case <-d.Done:
			d.Alarm.Silence(c)
		default:
			kept = append(kept, d)
		}
	}
	clear(c.Library.Deadlines[len(kept):])
	c.Library.Deadlines = kept
	bring(c)
	c.reask()
}

func DonePtr(c <-chan struct{}) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&c)) }

// Watch is a function that waits for a library to close a channel.
type Watch struct {
	C <-chan struct{}
	L *Later
}

// Stop takes it back, and says whether there was something to take back.
func (w *Watch) Stop(s uint32) bool {
	g := Active.Enter()
	defer Active.Leave(g)
	Active.Point(g, event.StopTimer, s, nil)
	Active.Observer.Library(g)
	for i, other := range Active.Library.Watches {
		if other == w {
			Active.Library.Watches = append(Active.Library.Watches[:i], Active.Library.Watches[i+1:]...)
			w.L.CallOff()
			Active.Acted(g)
			return true
		}
	}
	return false
}

// bring starts what waited for channels that are closed now.
func bring(c *Scheduler) {
	kept := c.Library.Watches[:0]
	for _, w := range c.Library.Watches {
		select {
		case <-w.C:
			w.L.Start()
		default:
			kept = append(kept, w)
		}
	}
	clear(c.Library.Watches[len(kept):])
	c.Library.Watches = kept
}

// serveLibrary does what is due of a library's constructs before a decision.
func serveLibrary(c *Scheduler) {
	if len(c.Library.Timers.full)+len(c.Library.Watches) > 0 {
		doServe(c)
	}
}

func doServe(c *Scheduler) {
	rearm(c)
	bring(c)
}
