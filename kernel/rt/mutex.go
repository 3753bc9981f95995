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

// LockerLock is l.Lock. A Locker of the learner's own notes what it does itself.
func LockerLock(s uint32, l sync.Locker) {
	switch m := inner(l).(type) {
	case *sync.Mutex:
		Lock(s, m)
	case *sync.RWMutex:
		RWLock(s, m)
	default:
		if m := reader(l); m != nil {
			RLock(s, m)
			return
		}
		l.Lock()
	}
}

// LockerUnlock is l.Unlock.
func LockerUnlock(s uint32, l sync.Locker) {
	switch m := inner(l).(type) {
	case *sync.Mutex:
		Unlock(s, m)
	case *sync.RWMutex:
		RWUnlock(s, m)
	default:
		if m := reader(l); m != nil {
			RUnlock(s, m)
			return
		}
		l.Unlock()
	}
}

// Method values: f := mu.Unlock becomes f := rt.UnlockFunc(site, &mu).

func LockFunc(s uint32, m *sync.Mutex) func()         { return func() { Lock(s, m) } }
func UnlockFunc(s uint32, m *sync.Mutex) func()       { return func() { Unlock(s, m) } }
func TryLockFunc(s uint32, m *sync.Mutex) func() bool { return func() bool { return TryLock(s, m) } }
func RWLockFunc(s uint32, m *sync.RWMutex) func()     { return func() { RWLock(s, m) } }
func RWUnlockFunc(s uint32, m *sync.RWMutex) func()   { return func() { RWUnlock(s, m) } }
func RWTryLockFunc(s uint32, m *sync.RWMutex) func() bool {
	return func() bool { return RWTryLock(s, m) }
}
func RLockFunc(s uint32, m *sync.RWMutex) func()   { return func() { RLock(s, m) } }
func RUnlockFunc(s uint32, m *sync.RWMutex) func() { return func() { RUnlock(s, m) } }
func TryRLockFunc(s uint32, m *sync.RWMutex) func() bool {
	return func() bool { return TryRLock(s, m) }
}
func LockerLockFunc(s uint32, l sync.Locker) func() {
	if l == nil {
		return l.Lock // panics, as it should
	}
	return func() { LockerLock(s, l) }
}
func LockerUnlockFunc(s uint32, l sync.Locker) func() {
	if l == nil {
		return l.Unlock
	}
	return func() { LockerUnlock(s, l) }
}
