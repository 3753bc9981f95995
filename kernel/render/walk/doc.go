// Package walk goes through a run step by step and knows at each step how things
// stand: what each goroutine is doing, who holds which lock, what is in the shared
// variables. All pictures of runs are made with it.
//
// A [Run] names things: goroutines, places in the source, which goroutines matter most
// when there is no room for all. [Head] is what stands above a run: how it was made,
// how it ended, and why. A [Follower] takes the steps one after the other: ask it to
// describe the next step, then let it apply that step.
//
// What counts as a step is decided in package trace, so that step 7 is step 7
// everywhere.
package walk
