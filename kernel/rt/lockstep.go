package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// The controlled halves of the locks. The real lock is tried when it is known to
// be free, so nothing ever waits in it.

func lockControlled(c *control.Scheduler, s uint32, m *sync.Mutex) {
	g, p := c.Enter(), unsafe.Pointer(m)
	c.BlockOn(g, event.Lock, s, p, control.MutexFree)
	m.TryLock()
	tookLock(c, g, event.Lock, s, p)
}

func tryLockControlled(c *control.Scheduler, s uint32, p unsafe.Pointer, op event.Op, try func() bool) bool {
	g := c.Enter()
	c.Point(g, op, s, p)
	ok := try()
	c.Note(g, op, 0, s, p, record.Bit(ok))
	if o := c.Object(p); ok {
		c.LockUsed(g, o, op)
		c.Touched(o)
	} else {
		o.Tried = true
		g.Read(o.Ord, o.Version)
	}
	c.Leave(g)
	return ok
}

// unlock releases a lock by the real one's own method, which ends the program if
// it is not held.
func unlockControlled(c *control.Scheduler, s uint32, p unsafe.Pointer, op event.Op, held func(unsafe.Pointer) bool, release func()) {
	g := c.Enter()
	c.Point(g, op, s, p)
	c.Note(g, op, 0, s, p, 0)
	if !held(p) {
		c.Backend.Fatal(c, "sync: unlock of an unlocked lock")
	}
	release()
	c.LockUsed(g, c.Object(p), op)
	c.Changed(p)
	c.Leave(g)
}

// sharedLock notes, before an operation that mutexes have as well, that the lock
// is one of readers and writers.
func sharedLock(c *control.Scheduler, p unsafe.Pointer) {
	c.Enter()
	c.Object(p).Rw = true
}

// rwLock takes a lock for writing. Where it is not free, that it waits is a step
// of its own: from then on new readers wait behind it.
func rwLockControlled(c *control.Scheduler, s uint32, m *sync.RWMutex) {
	g, p := c.Enter(), unsafe.Pointer(m)
	o := c.Object(p)
	o.Rw = true
	c.Point(g, event.Lock, s, p)
	if !control.RwFree(p) {
		o.Writers++
		c.Observer.Touches(g, o, event.TouchAsk)
		g.Pending = control.Pending{Op: event.Lock, Site: s, WaitsOn: o, Noted: true, Wait: func() bool { return control.RwFree(p) }}
		c.NoteWant(g, &g.Pending) // before those who now have to wait behind it
		c.Touched(o)
		c.Await(g)
		o.Writers--
	}
	m.TryLock()
	tookLock(c, g, event.Lock, s, p)
}

func rLockControlled(c *control.Scheduler, s uint32, m *sync.RWMutex) {
	g, p := c.Enter(), unsafe.Pointer(m)
	o := c.Object(p)
	o.Rw = true
	c.Block(g, event.RLock, s, p, func() bool { return o.Writers == 0 && control.RwOpen(p) })
	m.TryRLock()
	tookLock(c, g, event.RLock, s, p)
}

func tryRLockControlled(c *control.Scheduler, s uint32, m *sync.RWMutex) bool {
	p := unsafe.Pointer(m)
	return tryLockControlled(c, s, p, event.TryRLock, func() bool { return c.Object(p).Writers == 0 && m.TryRLock() })
}

func tookLock(c *control.Scheduler, g *control.G, op event.Op, s uint32, p unsafe.Pointer) {
	c.Note(g, op, 0, s, p, 0)
	c.LockUsed(g, c.Object(p), op)
	c.Changed(p)
	c.Leave(g)
}

// Wait groups.

func wgAddControlled(c *control.Scheduler, s uint32, wg *sync.WaitGroup, op event.Op, n int) {
	g, p := c.Enter(), unsafe.Pointer(wg)
	c.PointInGroup(g, op, s, p, n)
	aux := uint64(n)
	if op == event.WGDone {
		aux = 0
	}
	c.Note(g, op, 0, s, p, aux)
	if int(control.GroupCount(p))+n < 0 {
		defer c.Changed(p) // it panics, and leaves the counter below zero
	}
	wg.Add(n)
	c.Acted(g)
	c.Changed(p)
	c.Leave(g)
}

func wgWaitControlled(c *control.Scheduler, s uint32, wg *sync.WaitGroup) {
	g, p := c.Enter(), unsafe.Pointer(wg)
	c.BlockOn(g, event.Wait, s, p, control.GroupDone)
	wg.Wait()
	c.Note(g, event.Wait, 0, s, p, 0)
	g.Read(c.Object(p).Ord, c.Object(p).Version)
	c.Leave(g)
}

// wgGo is wg.Go: what its goroutine does last is Done, unless f panics.
func wgGoControlled(c *control.Scheduler, s uint32, wg *sync.WaitGroup, f func()) {
	wgAddControlled(c, s, wg, event.WGAdd, 1)
	g := control.Spawn(s)
	run := g.Body(func() {
		defer leaveGroupControlled(g, s, wg)
		g.Enter(s)
		f()
		g.Returned()
	})
	if run != nil {
		go run()
	}
}

// leaveGroupControlled is deferred by the goroutine of wg.Go. Its Done may be one too
// many: then that panic is how the goroutine ends, and not that it had returned.
func leaveGroupControlled(g control.Spawned, s uint32, wg *sync.WaitGroup) {
	if control.Active.Dying {
		return
	}
	defer g.Leave(s)
	if me := control.Of(g.G); me.Done || me.Exiting || control.Unwinding(event.End) != event.Panic {
		done, exiting := me.Done, me.Exiting
		me.Done, me.Exiting = false, false
		wgAddControlled(control.Active, s, wg, event.WGDone, -1)
		me.Done, me.Exiting = done, exiting
	}
}

// Once.

// onceDo runs f under o. The real Once runs it, so that a panic in it counts as
// done; those who come meanwhile wait here.
func onceControlled(c *control.Scheduler, s uint32, o *sync.Once, f func()) {
	g, p := c.Enter(), unsafe.Pointer(o)
	once := c.Object(p)
	c.Block(g, event.Once, s, p, func() bool { return control.OnceDone(p) || once.Holder == nil })
	if !control.OnceDone(p) {
		once.Holder = g
		c.Touched(once) // the others must wait now
		c.Note(g, event.OnceDo, 0, s, p, 0)
		runOnce(c, g, o, once, f)
		g = c.Enter()
	}
	c.Note(g, event.Once, 0, s, p, 0)
	c.Leave(g)
}

func runOnce(c *control.Scheduler, g *control.G, o *sync.Once, once *control.Object, f func()) {
	defer func() {
		once.Holder = nil
		c.Observer.OnceOver(g, once)
		c.Acted(g)
		c.Touched(once)
	}()
	o.Do(f)
}

// Conditions.

// condWait gives the lock back, waits to be woken, and takes the lock again.
// Signal wakes who has waited longest, as Go's own does.
func condWaitControlled(c *control.Scheduler, s uint32, cond *sync.Cond) {
	g, p := c.Enter(), unsafe.Pointer(cond)
	o := c.Object(p)
	l := inner(cond.L)
	at := (*iface)(unsafe.Pointer(&l)).data
	c.PointOnCond(g, s, p, at)
	c.NoteAt(g, event.CondWant, 0, s, o.Ord, p, record.Value{Bits: uint64(uintptr(at))})
	g.Woken = false
	o.Queue = append(o.Queue, g)
	giveBack(l)
	c.Acted(g)
	c.Changed(at)
	g.Pending = control.Pending{Op: event.CondWait, Site: s, WaitsOn: o, Wait: func() bool { return g.Woken }, Noted: true, Wakes: true}
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
