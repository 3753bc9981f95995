// Package rt is what a rewritten program calls. The instrumenter replaces each
// operation by the function here of the same meaning: mu.Lock() becomes
// rt.Lock(site, &mu). The real mutex, the real channel, the real wait group still
// do the work; every panic and every fatal error is left to them.
//
// There is one file for each construct, named after it. An operation has up to
// three ways to go:
//
//   - not recorded: the plain operation, behind a branch or two;
//   - recorded, while Go schedules: the operation, and a note of it (package record);
//   - controlled: it is announced to the scheduler, which decides when it is done,
//     then it is done and noted (package control). This half is a function whose
//     name ends in Controlled.
//
// # The rooms
//
//	rt          the constructs; zgo.go and zobject.go are generated
//	rt/record   the notes, in memory shared with the kernel
//	rt/control  the scheduler
//	rt/seek     what a search sees and decides of a run under the scheduler
//	rt/std      stand-ins for packages of the standard library
//
// # How to add an operation
//
// Give it a row in package event's table: what it touches, waits for, acquires and
// releases. Write its function in the construct's file here, both halves. Its
// controlled half begins with Enter, announces by Point (it can always be done) or
// by Block (it can be done only while a condition is true), does the real operation,
// notes it by Note, tells whoever waits by Changed, tells the loops that spin by
// Acted, and ends with Leave; lockControlled is an example. One that may fail, and
// tells no value, notes FlagFailed only where it did (see untold). Then have package
// instrument call it, with the same operation in its row.
//
// # Weight
//
// The package is linked into every program, and what its types are made of is
// compiled into each, so it imports little and its types are light: a pool is named
// by its address, since the type sync.Pool would bring its methods with it.
package rt

//go:generate go run ./internal/gen
