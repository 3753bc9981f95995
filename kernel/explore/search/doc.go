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
// A strategy decides: all classes of executions (dpor.go), all schedules with few
// preemptions (bound.go), some (sample.go); and the two that the first is held
// to in tests, each schedule (plain.go) and sleep sets alone (in dpor.go).
//
// Source sets and sleep sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal Dynamic
// Partial Order Reduction", POPL 2014, algorithm 1. Operations that have to wait
// are taken as in the paper's section on locks: a lock races with the one that
// took it before.
//
// # What is counted
//
// An interleaving is an order of the visible operations. The interleavings of a
// class are the linear extensions of its order (count.go). Starting a goroutine,
// its begin and end, adding to a group and being done, and sleeping are edges of
// that order, not operations that are counted.
package search
