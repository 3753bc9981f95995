package model

import "threading101/kernel/event"

// Object is something goroutines share: a lock, a channel, a wait group, a variable.
type Object struct {
	Class  event.Class
	Name   string // as in the source: "mu", "counter"; made unique within a run: "fork", "fork·2"
	Shared bool   // more than one goroutine touched it
	Timer  bool   // a channel that a timer sends to
	Bare   bool   // a channel that is known to have no buffer
	Buffer int    // so many values a channel is known to have a buffer for; 0 if that is not known
	Addr   uint64 // where it lay in the program's memory

	// Partial: the recorded operations do not fit together, so code that is not
	// recorded (a library's) acts on it too.
	Partial bool
}
