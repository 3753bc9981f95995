package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Lock is m.Lock. A lock that is free is taken without a "want".
func Lock(s uint32, m *sync.Mutex) {
	if control.Active != nil && m != nil {
		lockControlled(control.Active, s, m)
		return
	}
	if record.Ring == nil || m == nil {
		if beside {
			got(m.TryLock())
			return
		}
		m.Lock()
		return
	}
	if !m.TryLock() {
		record.Note(event.LockWant, 0, s, record.Addr(m), 0)
		m.Lock()
	}
	record.Note(event.Lock, 0, s, record.Addr(m), 0)
}

// TryLock is m.TryLock.
func TryLock(s uint32, m *sync.Mutex) bool {
	if control.Active != nil && m != nil {
		return tryLockControlled(control.Active, s, unsafe.Pointer(m), event.TryLock, m.TryLock)
	}
	ok := m.TryLock()
	if record.Ring != nil {
		record.Note(event.TryLock, 0, s, record.Addr(m), record.Bit(ok))
	}
	return ok
}

// Unlock is m.Unlock.
func Unlock(s uint32, m *sync.Mutex) {
	if control.Active != nil && m != nil {
		unlockControlled(control.Active, s, unsafe.Pointer(m), event.Unlock, control.MutexHeld, m.Unlock)
		return
	}
	if record.Ring != nil {
		record.Note(event.Unlock, 0, s, record.Addr(m), 0)
	}
	m.Unlock()
}

// Method values: f := mu.Unlock becomes f := rt.UnlockFunc(site, &mu).

func LockFunc(s uint32, m *sync.Mutex) func()         { return func() { Lock(s, m) } }
func UnlockFunc(s uint32, m *sync.Mutex) func()       { return func() { Unlock(s, m) } }
func TryLockFunc(s uint32, m *sync.Mutex) func() bool { return func() bool { return TryLock(s, m) } }

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

// unlockControlled releases a lock by the real one's own method, which ends the program if
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

func tookLock(c *control.Scheduler, g *control.G, op event.Op, s uint32, p unsafe.Pointer) {
	c.Note(g, op, 0, s, p, 0)
	c.LockUsed(g, c.Object(p), op)
	c.Changed(p)
	c.Leave(g)
}
