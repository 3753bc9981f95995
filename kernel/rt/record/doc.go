// Package record writes down what the goroutines of a program do. The notes go
// into memory shared with the kernel (see package event), so that they outlive
// whatever kills the program.
//
//	ring.go       the memory, its lock, and a record in it
//	value.go      values and texts
//	goroutine.go  who is running: the goroutines by their profiler labels
//	names.go      names the program offers for goroutines it is about to start
//	selects.go    the selects that a goroutine is about to do
//
// One spin lock orders the notes. What lets others go on (unlock, close, done) is
// noted before it happens; what had to be waited for (lock, receive, wait) after
// it happened; a read or write of a variable while the lock is held. So a
// goroutine that was let go on is always noted after the one that let it.
//
// Nothing here is a goroutine or a timer: in a run that Go schedules, either would
// switch off Go's own detection of deadlocks. A scheduler has two things put in
// place here: its clock, and what it makes for a new goroutine (see [Larger]).
package record
