// Package rt is linked into the learner's program and writes down what its
// goroutines do. The instrumenter replaces each operation by the function here
// of the same meaning: mu.Lock() becomes rt.Lock(site, &mu). The real mutex, the
// real channel, the real wait group are still the ones that work; rt only notes
// that they did, and leaves every panic and every fatal error to them.
//
// Without a recording (no T101_RING in the environment) each function is the
// plain operation behind one branch.
//
// The notes go into memory shared with the kernel (see package event), so that
// they outlive whatever kills the program. One spin lock orders them. What
// makes others go on (unlock, close, done) is noted before it happens, what had
// to be waited for (lock, receive, wait) after it happened, and a read or write
// of a variable while the lock is held; so a goroutine that was let go on is
// always noted after the one that let it.
//
// rt starts no goroutine and no timer: either would switch off Go's own
// detection of deadlocks. It imports little, so that the program links fast.
package rt

//go:generate go run ./internal/gen
