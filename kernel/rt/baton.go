package rt

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// baton holds goroutines that are Go's own: each waits on a channel for its
// turn. So panics, Goexit, fatal errors and tracebacks are Go's own as well.
type baton struct{}

func (baton) body(_ *g, f func()) func() { return f }

func (baton) wait(g *g) {
	g.goid = goid()
	record.Lock()
	record.Enlist(&g.G)
	record.Unlock()
	<-g.turn
}

func (baton) switchTo(from, next *g) {
	next.turn <- struct{}{}
	<-from.turn
}

func (baton) leave(next *g) { next.turn <- struct{}{} }

func (baton) gone(g *g) {
	record.Lock()
	record.Delist(&g.G)
	record.Unlock()
	g.Self = nil
}

// fatal: the library's own code ends the program.
func (baton) fatal(*control, string) {}

// goexit: Go's own does it.
func (baton) goexit() {}

// done and exit: the program does it.
func (baton) done(*control)      {}
func (baton) exit(*control, int) {}

func (baton) closed() bool { return false }

// strangers counts what is neither ours nor the watchdog.
func (baton) strangers(c *control) int { return runtime.NumGoroutine() - c.live - 1 - c.deciding }

func (h baton) others(c *control) int { return h.strangers(c) }

// govern makes the run a controlled one, if this is a runtime that the
// scheduler knows.
func govern(spec sched.Spec, main *record.G) {
	switch {
	case !known():
		*record.Word(record.Ring, event.OffControl) = event.CannotControl
		return
	case spec.Repeat > 0 || spec.Search != "" || spec.Backend == sched.Coroutines:
		prepare(spec)
		return
	}
	*record.Word(record.Ring, event.OffControl) = event.IsControlled
	ctl = begin(spec, baton{}, replace(main))
	ctl.gate.bell = make(chan struct{}, 1)
	go ctl.watch()
}
