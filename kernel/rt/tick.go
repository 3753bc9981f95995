package rt

import "threading101/kernel/rt/control"

// Tick begins a round of a loop that may never end, as far as the source shows:
//
//	for !ready {          becomes   for !ready { rt.Tick(7); … }
//	goto again            becomes   rt.Tick(7); goto again
//
// Nothing is recorded. A scheduler sees who spins, and stops who computes
// for ever.
func Tick(s uint32) {
	if control.Active != nil {
		control.Tick(control.Active, s, false)
	}
}

// TickPure is Tick for a loop whose source shows that a round changes
// nothing but what a scheduler sees: one that finds what the last one found leaves
// all as it was.
func TickPure(s uint32) {
	if control.Active != nil {
		control.Tick(control.Active, s, true)
	}
}

// Work tells a scheduler that something was computed that takes no operation: a
// call of a function that calls itself, a round of a loop that only computes. Others
// are given turns by it, and time passes. It is called so often that it must be inlined.
func Work(s uint32) {
	if c := control.Active; c != nil {
		if c.PendingWork += control.EmptyRound; c.PendingWork >= control.WorkSlice {
			control.Worked(s)
		}
	}
}
