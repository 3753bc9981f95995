// Package export writes a program as plain Go that takes the way of one run: its
// goroutines take turns, in the order in which the run has them, so that "go run" needs
// nothing of ours to have that run again.
//
//	model.Execution ──legs──▶ who runs, and up to which place ──weave──▶ calls at these places ──▶ one Go file
//
//	legs.go       the run as legs: who goes on, and where each stops
//	place.go      a place of the recording, as a node of the source
//	statement.go  what is evaluated before what in a statement
//	weave.go      the calls at the places where somebody stops
//	blocking.go   the same where a goroutine waits in the operation itself
//	start.go      goroutines that are started
//	edits.go      how calls are put into the source
//	helper.go     what these calls call, at the end of the file
//	try.go        runs what was written, and compares
//
// # How to add an operation
//
// One that never waits when its turn comes is a row of does in legs.go: its goroutine
// stops in front of it. One in which a goroutine waits for what others do meanwhile, as
// in a Sleep, is a case of side there as well, and of weaver.within in blocking.go. What
// cannot be woven is an [Error], whose text is for the learner.
package export
