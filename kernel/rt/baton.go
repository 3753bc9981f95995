package rt

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// baton holds goroutines that are Go's own: each waits on a channel for its
// turn. So panics, Goexit, fatal errors and tracebacks are Go's own as well.
type baton struct{}

func (baton) wait(g *g) {
	g.goid = goid()
	<-g.turn
}

func (baton) switchTo(from, next *g) {
	next.turn <- struct{}{}
	<-from.turn
}

func (baton) leave(next *g) { next.turn <- struct{}{} }

// strangers counts what is neither ours nor the watchdog.
func (baton) strangers(c *control) int { return runtime.NumGoroutine() - c.live - 1 }

// govern makes the run a controlled one, if this is a runtime that the
// scheduler knows.
func govern(spec sched.Spec, main *g) {
	if !known() {
		*word(ring, event.OffControl) = 2
		return
	}
	*word(ring, event.OffControl) = 1
	main.fiber = newFiber()
	main.goid = goid()
	ctl = begin(spec, baton{}, main)
	ctl.gate.bell = make(chan struct{}, 1)
	go ctl.watch()
}
