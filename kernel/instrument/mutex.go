package instrument

import "threading101/kernel/event"

// sync.Mutex, and what it hides behind: sync.Locker.
var mutexMethods = map[string]method{
	"(*sync.Mutex).Lock":    {op: event.LockWant, fn: "Lock", value: "LockFunc"},
	"(*sync.Mutex).TryLock": {op: event.TryLock, fn: "TryLock", value: "TryLockFunc"},
	"(*sync.Mutex).Unlock":  {op: event.Unlock, fn: "Unlock", value: "UnlockFunc"},
	"(sync.Locker).Lock":    {op: event.LockWant, fn: "LockerLock", value: "LockerLockFunc"},
	"(sync.Locker).Unlock":  {op: event.Unlock, fn: "LockerUnlock", value: "LockerUnlockFunc"},
}
