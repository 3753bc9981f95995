// Package rt is linked into the learner's program: it writes down what the
// program's goroutines do, and in a controlled run decides who does it when. The
// instrumenter replaces each operation by the function here of the same meaning:
// mu.Lock() becomes rt.Lock(site, &mu). The real mutex, the real channel, the
// real wait group are still the ones that work; every panic and every fatal error
// is left to them.
//
// Without a recording (no T101_RING in the environment) each function is the
// plain operation behind a branch or two.
//
// # Recording
//
// The notes go into memory shared with the kernel (see package event), so that
// they outlive whatever kills the program. One spin lock orders them. What
// makes others go on (unlock, close, done) is noted before it happens, what had
// to be waited for (lock, receive, wait) after it happened, and a read or write
// of a variable while the lock is held; so a goroutine that was let go on is
// always noted after the one that let it. Of a run that Go schedules nothing here
// is a goroutine or a timer: either would switch off Go's own detection of
// deadlocks.
//
// # Control
//
// With T101_CONTROL, ctl is the scheduler. control.go is its heart (announce,
// decide, do), next.go the decision, and a construct's controlled half lies in
//
//	lockstep.go            locks, groups, Once, conditions
//	comm.go, selection.go  channels, select
//	shared.go              variables and atomics
//	spawn.go               goroutines, their start and end, printing, sleeping
//
// group.go and line.go keep it quick where thousands wait, spin.go sees who waits
// by going round in a loop, alarm.go is time, gate.go and watchdog.go are for
// what is not controlled, stop.go ends a run, peek.go looks into the runtime.
// baton.go and coroutine.go hold the goroutines that are not running;
// repetition.go makes many runs in one process.
//
// rt imports little, so that the program links fast; and what the types here are
// made of is compiled into every program, so they are light.
package rt

//go:generate go run ./internal/gen
