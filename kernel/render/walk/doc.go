// Package walk goes through a run step by step and knows at each step how things
// stand: what each goroutine is doing, who holds which lock, what is in the shared
// variables. All pictures of runs are made with it.
//
// A [Run] names things: goroutines, places in the source, which goroutines matter most
// when there is no room for all. [Head] is what stands above a run: how it was made,
// how it ended, and why. A [Follower] takes the steps one after the other: ask it to
// describe the next step, then let it apply that step.
//
// # What counts as a step
//
// Package trace decides it, and numbers the steps: pictures, tables, JSON and the
// difference of two runs all ask it, so that step 7 is step 7 everywhere.
//
//   - An operation that waits (a lock, a channel, a wait group) is one step if it got
//     at once what it asked for: "locks mu". If it had to wait, or others did something
//     meanwhile, it is two: "waits for mu, held by B", and later "locks mu".
//   - The start of a goroutine and its waking up belong to its next step.
//   - Its end belongs to its last step ("prints “A 1”, returns") if nobody did anything
//     in between. The end of main is always a step.
//   - The two halves of wg.Go, and a select with its send or receive, are one step.
//   - In a controlled run, a send over a channel without a buffer and its receive are
//     one step of the sender: "sends 1 to B over ch".
//   - Memory that no two goroutines use against each other (private, or written only
//     before the others began) is not a step at all.
package walk
