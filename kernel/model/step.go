package model

// Step is what a learner counts as one step of a run. A picture, a table and
// the difference of two runs all number the steps the same way, because all
// of them ask trace.Steps.
//
// Not every event is a step. A call that did not have to wait is one step, not
// two; that a goroutine begins or wakes up shows in its next step; that it
// returns shows in its last one, unless another goroutine did something in
// between; memory that no two goroutines use against each other is private
// business.
//
// A rendezvous is one: a send over a channel without a buffer is not done before its
// receiver has begun, so both are one step, the sender's, and have one number. It is
// known of controlled runs which channels have no buffer.
type Step struct {
	N      int  // its number, from 1; jumps where events were not kept
	Event  int  // index in Events
	Met    int  // of a send over a channel without a buffer: index in Events of its receive, which is the same step; else -1
	End    int  // index of the event that ends the goroutine, if it is shown in this step, else -1
	Waited bool // the goroutine reached the call and had to wait there
}

// Steps are the steps of a run.
type Steps struct {
	List []Step
	Of   []int // for each event the index in List of the step that shows it, -1 if none does
}
