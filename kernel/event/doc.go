// Package event is the vocabulary shared by everything that records, reads,
// orders, explains or draws a run: one table of operations, one 32-byte record,
// one layout of the memory they are recorded into.
//
// It imports nothing, because package rt links it into the learner's own program.
//
// # To add an operation
//
// First look whether there is one that does the same to its object: a library's
// function then only needs a row in kernel/instrument/rewrite/library that names it.
// sync.Map's Swap is an AtomicSwap, though of a map.
//
// A new operation is a constant, behind those of its kind, and a row of [Table]: all
// that can be known of it without knowing the run. [Row] tells what the columns mean,
// with an example. From the row the search learns what it commutes with, the trace
// what it comes after and whether a lock is held, the picture which step shows it.
// The tests of this package name the columns that a row lacks, those of package
// words the sentences.
//
// TryRLock is in these files:
//
//	kernel/event/op.go                              the constant, and what its record holds
//	kernel/event/table.go                           the row, and those it leads to or from
//	kernel/event/testdata/table.txt                 the row in words, and what commutes: go test -update writes it
//	kernel/instrument/rewrite/library/rwmutex.go    which calls of the program are one
//	kernel/rt/rwmutex.go                            what such a call becomes: recorded, and under control
//	kernel/words/operations.go                      what a goroutine does in it: "tries mu: it is taken"
//	kernel/export/legs.go                           that it counts as a step, where a run is written as plain Go
//	kernel/proof/behaviour/testdata/rwmutex.txtar   programs that use it, and how they may end
//	kernel/proof/oracle/program.go                  the same for the model that the search is held to:
//	kernel/proof/oracle/statement.go                its text as Go,
//	kernel/proof/oracle/code.go                     what it does,
//	kernel/proof/oracle/choices.go                  where random programs use it,
//	kernel/proof/oracle/kinds.go                    and that it meets each other use of its object
//
// Three things no test of theirs tells:
//
//   - The row in package library gives the site its operation, the function of
//     package rt notes one in the record. Nothing compares the two.
//   - How often a search counts it is said by a script: an archive in
//     kernel/proof/cases/testdata, whose program has it beside one that writes, and
//     beside one that reads. The words of scripts are in cases_test.go.
//   - Where package explain asks for operations by name, as for those that tell what
//     they found (actsLate), the new one may belong there.
//
// To split one that was two is less: AtomicPut, the LoadOrStore of a sync.Map, is a
// constant, a row, its words, and the operation's name in library/syncmap.go and
// rt/syncmap.go. The hash of a run is made of the names of its operations: programs
// that use the new one have other tokens.
package event
