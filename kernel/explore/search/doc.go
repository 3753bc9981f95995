// Package search tries the schedules of one program systematically. It is linked
// into the learner's program: package rt tells it what each goroutine could do
// next and what each step did, and it says which step is made next, run after
// run, until nothing new is left or time is over.
//
// # What is told
//
// A step is one visible operation of one goroutine, and what that goroutine does
// after it until its next. It accesses objects, each in one of a few ways
// (access.go). Two steps of different goroutines are dependent if they access one
// object in ways that conflict. From that follow the order of the steps that
// matters (history.go, with a vector clock for each step), and, by the rules of
// the language only, what races (memory.go).
//
// # What is tried
//
// A strategy decides. Some walk a tree of all schedules (dpor.go): with source sets
// one of each class of executions; within a bound those with few preemptions; with
// sleep sets alone, or with neither, more of them, to which tests hold the first. One
// draws schedules at random (sample.go), which is also done now and then between two
// runs of a tree, so that what is far away in it is seen early (probe.go). Several
// processes divide a tree (share.go).
//
// Source sets and sleep sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal Dynamic
// Partial Order Reduction", POPL 2014, algorithm 1. Operations that have to wait
// are taken as in the paper's section on locks: a lock races with the one that
// took it before.
//
// # What is found
//
// What was found is written from time to time and at the end, as messages of package
// wire: the ways to end, the races, and what else must be known of the search.
//
// # What is counted
//
// An interleaving is an order of the visible operations. The interleavings of a
// class are the linear extensions of its order (count.go). Starting a goroutine,
// its begin and end, adding to a group and being done, and sleeping are edges of
// that order, not operations that are counted.
package search
