package library

import "threading101/kernel/event"

// sync.RWMutex. What RLocker returns is met again as a sync.Locker.
var rwmutexMethods = map[string]method{
	"(*sync.RWMutex).Lock":     {op: event.LockWant, Fn: "RWLock", value: "RWLockFunc"},
	"(*sync.RWMutex).TryLock":  {op: event.TryLock, Fn: "RWTryLock", value: "RWTryLockFunc"},
	"(*sync.RWMutex).Unlock":   {op: event.Unlock, Fn: "RWUnlock", value: "RWUnlockFunc"},
	"(*sync.RWMutex).RLock":    {op: event.RLockWant, Fn: "RLock", value: "RLockFunc"},
	"(*sync.RWMutex).TryRLock": {op: event.TryRLock, Fn: "TryRLock", value: "TryRLockFunc"},
	"(*sync.RWMutex).RUnlock":  {op: event.RUnlock, Fn: "RUnlock", value: "RUnlockFunc"},
}
