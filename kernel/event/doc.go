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
//	kernel/proof/behaviour/testdata/rwmutex.txtar   programs that use it, and how they may end
//	kernel/proof/oracle/program.go                  the same for the model that the search is held to:
//	kernel/proof/oracle/statement.go                its text as Go,
//	kernel/proof/oracle/code.go                     what it does,
//	kernel/proof/oracle/choices.go                  and where random programs use it
package event
