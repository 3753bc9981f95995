package library

import "threading101/kernel/event"

// sync.Mutex, and what it hides behind: sync.Locker.
var mutexMethods = map[string]method{
	"(*sync.Mutex).Lock":    {op: event.LockWant, Fn: "Lock", value: "LockFunc"},
	"(*sync.Mutex).TryLock": {op: event.TryLock, Fn: "TryLock", value: "TryLockFunc"},
	"(*sync.Mutex).Unlock":  {op: event.Unlock, Fn: "Unlock", value: "UnlockFunc"},
	"(sync.Locker).Lock":    {op: event.LockWant, Fn: "LockerLock", value: "LockerLockFunc"},
	"(sync.Locker).Unlock":  {op: event.Unlock, Fn: "LockerUnlock", value: "LockerUnlockFunc"},
}
