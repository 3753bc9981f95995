// Package oracle knows how small concurrent programs can end, without the
// scheduler, the recorder or the search: it is what those are compared with.
//
// A [Program] is an abstract program: goroutines as lists of statements over a few
// channels, locks, groups, variables, timers. [Program.Source] writes it as plain
// Go, [Program.Ends] says in which ways it can end and what it has printed then.
// [Random] makes programs, [Pairs] makes one for each pair of operations that can
// meet, and [Program.Smaller] makes the ones that a failing program is shrunk by.
//
// Ends visits every state that the program can be in, whatever the order: it leaves
// none out because two steps commute. It shares no code with packages rt, search and
// sched, and imports none of them. What it knows of a construct is written down from
// the Go specification, the memory model and the documentation of package sync, at
// the granularity the kernel promises:
//
//   - each operation is one step; x++ is two, a read and a write;
//   - what goes over an unbuffered channel is one step of both sides;
//   - a writer of an RWMutex that finds readers makes two steps: from the first on,
//     new readers wait behind it;
//   - go, the first and the last moment of a goroutine, and the Done of a group are
//     no steps of their own: they come with the step before them;
//   - on the free clock who sleeps goes on at any moment, and a timer may fire at any
//     moment; to read the clock is a choice;
//   - the return of main is a step; so is the end of the program by a panic, and it
//     comes after the step of the operation that panicked.
//
// Go's scheduler decides nothing that a program can rely on, so neither does it here:
// who waits in a queue is served in any order, but for a condition, whose Signal wakes
// the one that has waited longest.
package oracle
