// Package sched holds what decides the schedule of a controlled run: which
// goroutine makes the next step, and how the few other choices fall (which
// case of a select, which value of math/rand).
//
// Decisions come from a [Source]: random numbers, the replay of a token, a search, or
// a person who chooses each step. The scheduler (package rt/control) does not know
// which. It asks its source wherever there is a choice, and the source may ask back
// what each goroutine is about to do (see [Point]). A [Spec] says which source a run
// has, and travels to the program as one line of text; a [Token] is what a learner is
// shown of it, and types to see that run again.
//
//	source.go  what a source is asked
//	random.go  decides at random, from a seed
//	replay.go  does as a token says
//	prefix.go  decides the first choices, and leaves the rest to another, or to nobody
//	spec.go    how a run is decided, as a line of text
//	token.go   tokens; text.go numbers in them, trail.go how a replay is compared
//
// A search is a source in package rt/seek: it sees more of a run than a source does.
//
// The package is linked into the learner's program and imports next to nothing.
package sched
