package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// The controlled halves of the locks. The real lock is tried when it is known to
// be free, so nothing ever waits in it.

func lockControlled(c *control, s uint32, m *sync.Mutex) {
	g, p := c.enter(), unsafe.Pointer(m)
	c.blockOn(g, event.Lock, s, p, mutexFree)
	m.TryLock()
	tookLock(c, g, event.Lock, s, p)
}

func tryLockControlled(c *control, s uint32, p unsafe.Pointer, op event.Op, try func() bool) bool {
	g := c.enter()
	c.point(g, op, s, p)
	ok := try()
	c.note(g, op, 0, s, p, bit(ok))
	if o := c.object(p); ok {
		c.stirred(g, o, op)
		c.touched(o)
	} else {
		o.tried = true
		g.read(o.ord, o.version)
	}
	c.over(g)
	return ok
}

// unlock releases a lock by the real one's own method, which ends the program if
// it is not held.
func unlockControlled(c *control, s uint32, p unsafe.Pointer, op event.Op, held func(unsafe.Pointer) bool, release func()) {
	g := c.enter()
	c.point(g, op, s, p)
	c.note(g, op, 0, s, p, 0)
	if !held(p) {
		c.hold.fatal(c, "sync: unlock of an unlocked lock")
	}
	release()
	c.stirred(g, c.object(p), op)
	c.changed(p)
	c.over(g)
}

// sharedLock notes, before an operation that mutexes have as well, that the lock
// is one of readers and writers.
func sharedLock(c *control, p unsafe.Pointer) {
	c.enter()
	c.object(p).rw = true
}

// rwLock takes a lock for writing. Where it is not free, that it waits is a step
// of its own: from then on new readers wait behind it.
func rwLockControlled(c *control, s uint32, m *sync.RWMutex) {
	g, p := c.enter(), unsafe.Pointer(m)
	o := c.object(p)
	o.rw = true
	c.point(g, event.Lock, s, p)
	if !rwFree(p) {
		o.writers++
		c.observer.touches(g, o, event.TouchAsk)
		g.pend = pending{op: event.Lock, site: s, obj: o, said: true, wait: func() bool { return rwFree(p) }}
		c.noteWant(g, &g.pend) // before those who now have to wait behind it
		c.touched(o)
		c.await(g)
		o.writers--
	}
	m.TryLock()
	tookLock(c, g, event.Lock, s, p)
}

func rLockControlled(c *control, s uint32, m *sync.RWMutex) {
	g, p := c.enter(), unsafe.Pointer(m)
	o := c.object(p)
	o.rw = true
	c.block(g, event.RLock, s, p, func() bool { return o.writers == 0 && rwOpen(p) })
	m.TryRLock()
	tookLock(c, g, event.RLock, s, p)
}

func tryRLockControlled(c *control, s uint32, m *sync.RWMutex) bool {
	p := unsafe.Pointer(m)
	return tryLockControlled(c, s, p, event.TryRLock, func() bool { return c.object(p).writers == 0 && m.TryRLock() })
}

func tookLock(c *control, g *g, op event.Op, s uint32, p unsafe.Pointer) {
	c.note(g, op, 0, s, p, 0)
	c.stirred(g, c.object(p), op)
	c.changed(p)
	c.over(g)
}

// Wait groups.

func wgAddControlled(c *control, s uint32, wg *sync.WaitGroup, op event.Op, n int) {
	g, p := c.enter(), unsafe.Pointer(wg)
	c.pointInGroup(g, op, s, p, n)
	aux := uint64(n)
	if op == event.WGDone {
		aux = 0
	}
	c.note(g, op, 0, s, p, aux)
	if int(groupCount(p))+n < 0 {
		defer c.changed(p) // it panics, and leaves the counter below zero
	}
	wg.Add(n)
	c.acted(g)
	c.changed(p)
	c.over(g)
}

func wgWaitControlled(c *control, s uint32, wg *sync.WaitGroup) {
	g, p := c.enter(), unsafe.Pointer(wg)
	c.blockOn(g, event.Wait, s, p, groupDone)
	wg.Wait()
	c.note(g, event.Wait, 0, s, p, 0)
	g.read(c.object(p).ord, c.object(p).version)
	c.over(g)
}

// wgGo is wg.Go: what its goroutine does last is Done, unless f panics.
func wgGoControlled(c *control, s uint32, wg *sync.WaitGroup, f func()) {
	wgAddControlled(c, s, wg, event.WGAdd, 1)
	g := goroutine{&c.started(s).G}
	run := g.body(func() {
		defer leaveGroupControlled(g, s, wg)
		g.enter(s)
		f()
		g.returned()
	})
	if run != nil {
		go run()
	}
}

// leaveGroupControlled is deferred by the goroutine of wg.Go. Its Done may be one too
// many: then that panic is how the goroutine ends, and not that it had returned.
func leaveGroupControlled(g goroutine, s uint32, wg *sync.WaitGroup) {
	if ctl.dying {
		return
	}
	defer g.leave(s)
	if me := of(g.G); me.Done || me.exiting || unwinding(event.End) != event.Panic {
		done, exiting := me.Done, me.exiting
		me.Done, me.exiting = false, false
		wgAddControlled(ctl, s, wg, event.WGDone, -1)
		me.Done, me.exiting = done, exiting
	}
}

// Once.

// onceDo runs f under o. The real Once runs it, so that a panic in it counts as
// done; those who come meanwhile wait here.
func onceControlled(c *control, s uint32, o *sync.Once, f func()) {
	g, p := c.enter(), unsafe.Pointer(o)
	once := c.object(p)
	c.block(g, event.Once, s, p, func() bool { return onceDone(p) || once.holder == nil })
	if !onceDone(p) {
		once.holder = g
		c.touched(once) // the others must wait now
		c.note(g, event.OnceDo, 0, s, p, 0)
		runOnce(c, g, o, once, f)
		g = c.enter()
	}
	c.note(g, event.Once, 0, s, p, 0)
	c.over(g)
}

func runOnce(c *control, g *g, o *sync.Once, once *object, f func()) {
	defer func() {
		once.holder = nil
		c.observer.onceOver(g, once)
		c.acted(g)
		c.touched(once)
	}()
	o.Do(f)
}

// Conditions.

// condWait gives the lock back, waits to be woken, and takes the lock again.
// Signal wakes who has waited longest, as Go's own does.
func condWaitControlled(c *control, s uint32, cond *sync.Cond) {
	g, p := c.enter(), unsafe.Pointer(cond)
	o := c.object(p)
	l := inner(cond.L)
	at := (*iface)(unsafe.Pointer(&l)).data
	c.pointOnCond(g, s, p, at)
	c.noteAt(g, event.CondWant, 0, s, o.ord, p, record.Value{Bits: uint64(uintptr(at))})
	g.woken = false
	o.queue = append(o.queue, g)
	giveBack(l)
	c.acted(g)
	c.changed(at)
	g.pend = pending{op: event.CondWait, site: s, obj: o, wait: func() bool { return g.woken }, said: true, wakes: true}
	c.await(g)
	c.observer.woken(g)
	takeBack(c, g, s, l, at)
	c.noteAt(g, event.CondWait, 0, s, o.ord, p, record.Value{Bits: uint64(uintptr(at))})
	c.acted(g)
	c.over(g)
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
func takeBack(c *control, g *g, s uint32, l sync.Locker, p unsafe.Pointer) {
	switch m := l.(type) {
	case *sync.Mutex:
		c.blockQuietly(g, event.CondWait, s, p, func() bool { return mutexFree(p) })
		m.TryLock()
	case *sync.RWMutex:
		c.blockQuietly(g, event.CondWait, s, p, func() bool { return rwFree(p) })
		m.TryLock()
	default:
		if m := reader(l); m != nil {
			o := c.object(p)
			c.blockQuietly(g, event.CondWait, s, p, func() bool { return o.writers == 0 && rwOpen(p) })
			m.TryRLock()
			break
		}
		l.Lock()
		return
	}
	c.observer.retakes(g, c.object(p))
	c.changed(p)
}

// blockQuietly is block for an operation whose want is recorded already.
func (c *control) blockQuietly(g *g, op event.Op, s uint32, ptr unsafe.Pointer, wait func() bool) {
	g.pend = pending{op: op, site: s, obj: c.object(ptr), wait: wait, said: true}
	c.await(g)
}

func condWakeControlled(c *control, s uint32, cond *sync.Cond, op event.Op, wake func()) {
	g, p := c.enter(), unsafe.Pointer(cond)
	c.point(g, op, s, p)
	c.note(g, op, 0, s, p, 0)
	o := c.object(p)
	n := len(o.queue)
	if op == event.Signal {
		n = min(n, 1)
	}
	for _, w := range o.queue[:n] {
		w.woken = true
		c.observer.wakes(g, w)
	}
	o.queue = o.queue[n:]
	wake()
	c.acted(g)
	c.touched(o)
	c.over(g)
}
