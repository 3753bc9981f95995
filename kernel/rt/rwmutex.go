package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// sharedLock notes, before an operation that mutexes have as well, that the lock
// is one of readers and writers.
func sharedLock(c *control.Scheduler, p unsafe.Pointer) {
	c.Enter()
	c.Object(p).RW = true
}

// rwLockControlled takes a lock for writing. Where it is not free, that it waits is a step
// of its own: from then on new readers wait behind it.
func rwLockControlled(c *control.Scheduler, s uint32, m *sync.RWMutex) {
	g, p := c.Enter(), unsafe.Pointer(m)
	o := c.Object(p)
	o.RW = true
	c.Point(g, event.Lock, s, p)
	if !control.RwFree(p) {
		o.Writers++
		c.Observer.Touches(g, o, event.TouchAsk)
		g.Pending = control.Pending{Op: event.Lock, Site: s, Object: o, Noted: true, Wait: func() bool { return control.RwFree(p) }}
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
	o.RW = true
	c.Block(g, event.RLock, s, p, func() bool { return o.Writers == 0 && control.RwOpen(p) })
	m.TryRLock()
	tookLock(c, g, event.RLock, s, p)
}

func tryRLockControlled(c *control.Scheduler, s uint32, m *sync.RWMutex) bool {
	p := unsafe.Pointer(m)
	return tryLockControlled(c, s, p, event.TryRLock, func() bool { return c.Object(p).Writers == 0 && m.TryRLock() })
}

// RWLock is m.Lock.
func RWLock(s uint32, m *sync.RWMutex) {
	if control.Active != nil && m != nil {
		rwLockControlled(control.Active, s, m)
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

// RWTryLock is m.TryLock.
func RWTryLock(s uint32, m *sync.RWMutex) bool {
	if control.Active != nil && m != nil {
		sharedLock(control.Active, unsafe.Pointer(m))
		return tryLockControlled(control.Active, s, unsafe.Pointer(m), event.TryLock, m.TryLock)
	}
	ok := m.TryLock()
	if record.Ring != nil {
		record.Note(event.TryLock, 0, s, record.Addr(m), record.Bit(ok))
	}
	return ok
}

// RWUnlock is m.Unlock.
func RWUnlock(s uint32, m *sync.RWMutex) {
	if control.Active != nil && m != nil {
		sharedLock(control.Active, unsafe.Pointer(m))
		unlockControlled(control.Active, s, unsafe.Pointer(m), event.Unlock, control.RwHeld, m.Unlock)
		return
	}
	if record.Ring != nil {
		record.Note(event.Unlock, 0, s, record.Addr(m), 0)
	}
	m.Unlock()
}

// RLock is m.RLock.
func RLock(s uint32, m *sync.RWMutex) {
	if control.Active != nil && m != nil {
		rLockControlled(control.Active, s, m)
		return
	}
	if record.Ring == nil || m == nil {
		if beside {
			got(m.TryRLock())
			return
		}
		m.RLock()
		return
	}
	if !m.TryRLock() {
		record.Note(event.RLockWant, 0, s, record.Addr(m), 0)
		m.RLock()
	}
	record.Note(event.RLock, 0, s, record.Addr(m), 0)
}

// TryRLock is m.TryRLock.
func TryRLock(s uint32, m *sync.RWMutex) bool {
	if control.Active != nil && m != nil {
		return tryRLockControlled(control.Active, s, m)
	}
	ok := m.TryRLock()
	if record.Ring != nil {
		record.Note(event.TryRLock, 0, s, record.Addr(m), record.Bit(ok))
	}
	return ok
}

// RUnlock is m.RUnlock.
func RUnlock(s uint32, m *sync.RWMutex) {
	if control.Active != nil && m != nil {
		unlockControlled(control.Active, s, unsafe.Pointer(m), event.RUnlock, control.RwRead, m.RUnlock)
		return
	}
	if record.Ring != nil {
		record.Note(event.RUnlock, 0, s, record.Addr(m), 0)
	}
	m.RUnlock()
}

func RWLockFunc(s uint32, m *sync.RWMutex) func() { return func() { RWLock(s, m) } }

func RWUnlockFunc(s uint32, m *sync.RWMutex) func() { return func() { RWUnlock(s, m) } }

func RWTryLockFunc(s uint32, m *sync.RWMutex) func() bool {
	return func() bool { return RWTryLock(s, m) }
}

func RLockFunc(s uint32, m *sync.RWMutex) func() { return func() { RLock(s, m) } }

func RUnlockFunc(s uint32, m *sync.RWMutex) func() { return func() { RUnlock(s, m) } }

func TryRLockFunc(s uint32, m *sync.RWMutex) func() bool {
	return func() bool { return TryRLock(s, m) }
}
