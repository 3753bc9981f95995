// Package sched holds what decides the schedule of a controlled run: which
// goroutine makes the next step, and how the few other choices fall (which
// case of a select, which value of math/rand).
//
// Decisions come from a [Source]: random, replayed, searched, or a person. The
// scheduler in package rt does not know which. A [Spec] says which source a run
// has, and travels to the program as one line of text; a [Token] is what a
// learner is shown of it, and types to see that run again.
//
// The package is linked into the learner's program and imports next to nothing.
package sched
