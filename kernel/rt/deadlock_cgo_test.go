//go:build cgo

package rt

// seesDeadlocks says whether Go finds out that all goroutines of this binary wait: not in
// one with cgo, which the race detector needs and package net uses where it can.
const seesDeadlocks = false
