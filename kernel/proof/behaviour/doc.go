// Package behaviour proves that a program under the controlled scheduler does
// what Go says it does, and nothing else.
//
// The programs lie in testdata, a family in each archive. Each is complete, and
// says in the comment at its top how it may end and what it may print, in any
// mode and under any schedule:
//
//	// Two add one each without a lock.
//	//
//	//	ok: 1
//	//	ok: 2
//	//	seen: 2 in 50
//	//	races: counter
//	package main
//
// The tests run each of them under plain Go, rewritten under the real scheduler,
// and rewritten under the controlled scheduler with a number of seeds and both
// clocks: the end must be among those allowed, each seed must give the same run
// twice, each token must bring its run back, and where outcomes differ by
// schedule so many of them must be seen in so many seeds.
//
// To add a program, add a section to an archive. See [parse] for all that the
// comment can say.
package behaviour
