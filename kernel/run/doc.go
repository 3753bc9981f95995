// Package run supervises one run of a learner's program: it starts the built
// binary, passes its output on in order and in measure, feeds its standard
// input when it really waits for some, ends it when asked to or when it passes
// a limit, and gives back an [Outcome]: the exit status, a crash taken apart
// into goroutines and places, the races found, and the recorded run as a
// [model.Execution].
//
// A program runs in a process group of its own. When Wait returns, nothing of
// that group is left, whatever the program did.
package run
