package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// CondWait is c.Wait.
func CondWait(s uint32, c *sync.Cond) {
	if control.Active != nil && c != nil && c.L != nil {
		condWaitControlled(control.Active, s, c)
		return
	}
	if record.Ring == nil || c == nil || c.L == nil {
		c.Wait()
		return
	}
	lock := inner(c.L)
	l := uint64(uintptr((*iface)(unsafe.Pointer(&lock)).data))
	record.Note(event.CondWant, 0, s, record.Addr(c), l)
	c.Wait()
	record.Note(event.CondWait, 0, s, record.Addr(c), l)
}

// CondSignal is c.Signal.
func CondSignal(s uint32, c *sync.Cond) {
	if control.Active != nil && c != nil {
		condWakeControlled(control.Active, s, c, event.Signal, c.Signal)
		return
	}
	if record.Ring != nil {
		record.Note(event.Signal, 0, s, record.Addr(c), 0)
	}
	c.Signal()
}

// CondBroadcast is c.Broadcast.
func CondBroadcast(s uint32, c *sync.Cond) {
	if control.Active != nil && c != nil {
		condWakeControlled(control.Active, s, c, event.Broadcast, c.Broadcast)
		return
	}
	if record.Ring != nil {
		record.Note(event.Broadcast, 0, s, record.Addr(c), 0)
	}
	c.Broadcast()
}

// Method values.

func CondWaitFunc(s uint32, c *sync.Cond) func()      { return func() { CondWait(s, c) } }
func CondSignalFunc(s uint32, c *sync.Cond) func()    { return func() { CondSignal(s, c) } }
func CondBroadcastFunc(s uint32, c *sync.Cond) func() { return func() { CondBroadcast(s, c) } }

// condWaitControlled gives the lock back, waits to be woken, and takes the lock again.
// Signal wakes who has waited longest, as Go's own does.
func condWaitControlled(c *control.Scheduler, s uint32, cond *sync.Cond) {
	g, p := c.Enter(), unsafe.Pointer(cond)
	o := c.Object(p)
	l := inner(cond.L)
	at := (*iface)(unsafe.Pointer(&l)).data
	control.PointOnCond(c, g, s, p, at)
	c.NoteAt(g, event.CondWant, 0, s, o.Ord, p, record.Value{Bits: uint64(uintptr(at))})
	g.Woken = false
	o.Queue = append(o.Queue, g)
	giveBack(l)
	c.Acted(g)
	c.Changed(at)
	g.Pending = control.Pending{Op: event.CondWait, Site: s, Object: o, Wait: func() bool { return g.Woken }, Noted: true, Wakes: true}
	c.Await(g)
	c.Observer.Woken(g)
	takeBack(c, g, s, l, at)
	c.NoteAt(g, event.CondWait, 0, s, o.Ord, p, record.Value{Bits: uint64(uintptr(at))})
	c.Acted(g)
	c.Leave(g)
}

// giveBack releases a lock without an event of its own, where it is one of sync's.
func giveBack(l sync.Locker) {
	if m := reader(l); m != nil {
		m.RUnlock()
		return
	}
	l.Unlock()
}

// takeBack takes it again.
func takeBack(c *control.Scheduler, g *control.G, s uint32, l sync.Locker, p unsafe.Pointer) {
	switch m := l.(type) {
	case *sync.Mutex:
		c.BlockQuietly(g, event.CondWait, s, p, func() bool { return control.MutexFree(p) })
		m.TryLock()
	case *sync.RWMutex:
		c.BlockQuietly(g, event.CondWait, s, p, func() bool { return control.RwFree(p) })
		m.TryLock()
	default:
		if m := reader(l); m != nil {
			o := c.Object(p)
			c.BlockQuietly(g, event.CondWait, s, p, func() bool { return o.Writers == 0 && control.RwOpen(p) })
			m.TryRLock()
			break
		}
		l.Lock()
		return
	}
	c.Observer.Retakes(g, c.Object(p))
	c.Changed(p)
}

func condWakeControlled(c *control.Scheduler, s uint32, cond *sync.Cond, op event.Op, wake func()) {
	g, p := c.Enter(), unsafe.Pointer(cond)
	c.Point(g, op, s, p)
	c.Note(g, op, 0, s, p, 0)
	o := c.Object(p)
	n := len(o.Queue)
	if op == event.Signal {
		n = min(n, 1)
	}
	for _, w := range o.Queue[:n] {
		w.Woken = true
		c.Observer.Wakes(g, w)
	}
	o.Queue = o.Queue[n:]
	wake()
	c.Acted(g)
	c.Touched(o)
	c.Leave(g)
}
