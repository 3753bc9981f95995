// Package speed is what is known of a program's speed on more and fewer processors:
// the plan of a measurement ([Plan]), the times that were taken ([Measured]), what may
// be concluded from them ([Measured.Sum]), and when which goroutine ran ([Timeline]).
// It measures nothing itself: package program runs the programs, and render/speedup
// draws what came of it.
//
// # What is concluded, and when
//
// The values of a plan take turns: 1, 2, 4, 1, 2, 4, … A machine that gets slower
// meanwhile slows down all of them. Each value is compared with the first by its
// [Verdict]. There is none where the times of one value differ more from each other
// than the two medians do, or where chance alone would often have made the same order.
//
// Amdahl's law is fitted to the medians, T(p) = T(1) · (s + (1−s)/p), for values that
// this machine has processors for, and only if the last of them is faster than one.
//
// # The time axis
//
// [Read] reads what Go's own execution tracer wrote. A goroutine is running there while
// Go's scheduler has given it a processor. Whether the operating system paused it
// meanwhile, the tracer does not know.
package speed
