package model

import "threading101/kernel/event"

// Choice is one decision of a run that was asked to keep them.
type Choice struct {
	Before int    // index of the first event after it
	Nth    uint64 // after how many steps of the scheduler; of a choice other than who is next: which one of these, from 0
	To     uint32 // what was chosen, as a switch of a token has it
	Among  int    // how many alternatives there were
	Stays  bool   // it is what a replay takes that is told nothing
}

// Offer is one of the things that could be next where a run ended because nobody had
// decided.
type Offer struct {
	Asks   event.Asks
	G      int // index in Goroutines; -1 for what is none: an alarm
	To     uint32
	Nth    int // which of the answers it is, from 0
	Op     event.Op
	Object int // index in Objects, -1 if none
	Pos    Pos
	Site   *event.Site
	Value  string // of a Print: the text
}

// Chosen says whether something was chosen between the event of one step, -1 for none,
// and that of the next.
func (x *Execution) Chosen(before, next int) bool {
	for i := range x.Choices {
		if at := x.Choices[i].Before; at > before && at <= next {
			return true
		}
	}
	return false
}
