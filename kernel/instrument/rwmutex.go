package instrument

import "threading101/kernel/event"

// sync.RWMutex. What RLocker returns is met again as a sync.Locker.
var rwmutexMethods = map[string]method{
	"(*sync.RWMutex).Lock":     {op: event.LockWant, fn: "RWLock", value: "RWLockFunc"},
	"(*sync.RWMutex).TryLock":  {op: event.TryLock, fn: "RWTryLock", value: "RWTryLockFunc"},
	"(*sync.RWMutex).Unlock":   {op: event.Unlock, fn: "RWUnlock", value: "RWUnlockFunc"},
	"(*sync.RWMutex).RLock":    {op: event.RLockWant, fn: "RLock", value: "RLockFunc"},
	"(*sync.RWMutex).TryRLock": {op: event.TryRLock, fn: "TryRLock", value: "TryRLockFunc"},
	"(*sync.RWMutex).RUnlock":  {op: event.RUnlock, fn: "RUnlock", value: "RUnlockFunc"},
}
