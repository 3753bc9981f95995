package model

// Holding is a lock that a goroutine has in its hands.
type Holding struct {
	Lock int // index in Objects
	Hold
}

// Wait is what a goroutine waited for when the run ended.
type Wait struct {
	G      int    // who waited
	Event  int    // index of the event with which it began
	Object int    // what for, -1 if that has no name
	For    []Hold // for a lock: who has it, or comes first
	Count  int    // for a wait group: how many were still to be done
}

// Hold is a lock in a goroutine's hands, or one that it was to get first.
type Hold struct {
	G      int
	Event  int  // index of the event with which it got it, or began to wait for it
	Reads  bool // it reads under it
	Queued bool // it does not have it, but is to get it first: a writer before later readers
}
