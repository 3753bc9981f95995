// Package run supervises one run of a learner's program, in a process of its own:
// it starts the built binary, shows its output in order, asks for input when the
// program really waits for some, ends it when asked to or when it passes a limit,
// and tells what happened. [Start] gives a [Run]; its Wait gives a [Result]: the
// exit status, a crash as goroutines and places, the data races that Go's detector
// reported, and the recorded run as a [model.Execution].
//
// A program runs in a process group of its own. When Wait returns, nothing of that
// group is left, whatever the program did.
//
// The files, along the way of the output:
//
//	state.go        the pipes, the goroutines of the supervisor, how it all ends
//	pump.go         reads both streams in one loop; selfpipe.go interrupts its poll
//	crashfilter.go  keeps the runtime's crashes and race reports out of the output
//	throttle.go     bounds how often a front end is told
//	truncator.go    lets the beginning and the end of a long output through
//	feeder.go       standard input
//	watchdog.go     limits of memory and time, waiting for input, deadlocks that
//	                Go itself does not find
//	outcome.go      puts the outcome together, from crash.go (the dump), race.go
//	                (the reports), lanes.go (whose goroutine that was), recording.go
//	                and control.go (what the recorder and the scheduler left)
package run
