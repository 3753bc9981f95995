// Package explain says in a few short sentences what a run shows: who waits for
// whom, who was cut off where, which update was lost, what races.
//
// Each kind of explanation is a file of its own. What it says it has found in
// the events of the run; where it cannot find all that a sentence would claim,
// it says nothing: no explanation is better than a wrong one. That a read was a
// test on which something depends, and that a lock is a copy, no event can show:
// this the instrumenter found in the source ([event.Site]).
//
// [Kinds] gives each sentence with what it is an example of, "lost update";
// [Sentences] gives them as they are shown under a picture.
//
// # To add an explanation
//
// Write a file with a method of speaker that goes through the run and returns
// sentences, and add it to the table of kinds, where what matters most comes first.
// Its name, a term that learners can look up, and its sentences are in package words.
// A method may go through the events a few times, but not once for each goroutine or
// variable: a recording holds 32,768 of them.
//
// A file of testdata/kinds holds it to the truth: it has a program that shows it under
// some seed, with the sentence, and one that looks much like it and must never be
// explained so. A program whose calls are watched says so in a comment: "calls of: f",
// "calls of: f < g", and "at most: 2" below the first; one with conditions "always: a < b" or "eventually: a < b". go test -update writes the sentence; the tests name a kind that has no
// such file.
//
// The late Add, a goroutine that adds itself to the group when it is too late, is in
// these files:
//
//	kernel/explain/lateadd.go                     what it looks like in the events
//	kernel/explain/explain.go                     its place in the table
//	kernel/words/finding/kinds.go                 its name and its sentences
//	kernel/hint/check.go                          which properties it can be the reason of
//	kernel/words/finding/hint.go                  the second hint and the third
//	kernel/explain/testdata/kinds/lateadd.txtar   the programs
package explain
