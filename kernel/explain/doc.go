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
// [Sentences] gives them as they stand under a picture.
//
// # To add a kind
//
// A file with a method of speaker that returns sentences, a row in the table in
// explain.go, its name and its sentences in kernel/words/explainkinds.go, and a
// file in testdata/kinds with a program that shows it and one that nearly does.
// A method may go through the events a few times, but not once for each
// goroutine or variable: a recording holds 32,768 of them.
package explain
