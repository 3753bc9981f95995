// Package control is the scheduler of a controlled run: it lets one goroutine go on
// at a time, from one operation to its next, and has a source decide which.
//
// An operation is announced (announce.go). Before anything is decided, every
// goroutine has announced its next operation. Then the source is asked which of
// those that can be done is done next (next.go); its goroutine does it, and goes on
// to its next announcement. The scheduler does not know what its source is: random
// numbers, the replay of a token, a search, a person (package sched). A source that
// sees more than the moments at which it is asked is an [Observer].
//
//	scheduler.go  the scheduler, and how a goroutine enters and leaves it
//	announce.go   announcing an operation, and waiting for the turn
//	next.go       who is next; pick.go the choices other than that, and random numbers;
//	              question.go keeps both, and says what there is to choose from where
//	              nobody has decided
//	object.go     what operations are about, and where it is found again
//	variable.go   variables, and those of them that overlap
//	waiters.go    who waits for what, quickly where thousands wait
//	comm.go       what goes over channels; selection.go selects
//	goroutine.go  how goroutines begin and end; launch.go what their wrappers call
//	alarm.go      time; clock.go looks at it, timers.go sets alarms, and library.go,
//	              which knows contexts and other constructs of libraries
//	prompt.go     main at a prompt, between two cells of a notebook's program
//	spin.go       goroutines that wait by going round in a loop: they have yielded
//	gate.go       goroutines that no go statement of the program started, and those
//	              that were away; watchdog.go takes the turn from one that is away
//	audit.go      what all goroutines of the process do, by Go's own account, and
//	              waiting until they have settled
//	conditions.go expressions that are to be true at all moments, or in the end
//	judged.go     how those stand who are left when main ends
//	stop.go       how a run is ended
//	backend.go    who holds the goroutines that do not run: Go's own, each waiting on a
//	              channel; coroutine.go coroutines, all in one thread
//	repetition.go many runs in one process; observer.go those that a search asks for
//	peek.go       the insides of the runtime's channels and locks
//	attach.go     the beginning: memory to record into, and how the run is decided
//
// # Who owns what
//
// One goroutine at a time has the turn. It is the only one that runs code of the
// program, and all of the scheduler belongs to it: no field has a lock, and none
// needs one. The turn, and the scheduler with it, is handed over in four ways:
//
//   - From goroutine to goroutine (switchTo, leave). The baton is a channel of the
//     next one, so the send orders all before it. Coroutines are one thread.
//   - At the gate. A goroutine that no go statement started, or that was away, waits
//     there for its turn. The list of those who wait, and whether anybody is to be
//     woken by the bell, belong to the gate's mutex; three words are atomic: its
//     flags, and whether anybody may still come.
//   - By the watchdog. It sleeps, and looks whether the turn is used. Before it takes
//     the turn from a goroutine it has all of them stopped for a moment (Audit). A
//     goroutine that is found waiting outside then has done nothing here since, and
//     one that came by meanwhile has said so under the gate's mutex (sendAway).
//   - To nobody: an unmanaged goroutine goes on as it likes when its operation is
//     done, and a goroutine of the scheduler's own decides who is next (release).
//
// Others read two things without having the turn, and may read them too late: who
// has it (caller: each asks only whether it does itself), and the watchdogs read
// counters that tell whether anything happens. A search is stopped from another
// process by a word of the shared memory, which is read atomically before each run.
//
// TestHandOvers and TestSearchStops run a program for each of these ways; built with
// the race detector they fail where the order is missing.
//
// Two variables of the package are set once: [Active] before the first goroutine
// of a controlled run, and who is the [Watchdog]. Package rt sets Active to nil for
// as long as values are looked at, when nobody else runs.
package control
