package control

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// baton holds goroutines that are Go's own: each waits on a channel for its
// turn. So panics, Goexit, fatal errors and tracebacks are Go's own as well.
type baton struct{}

func (baton) body(_ *G, f func()) func() { return f }

func (baton) wait(g *G) {
	g.goid = Goid()
	record.Lock()
	record.Enlist(&g.G)
	record.Unlock()
	<-g.turn
}

func (baton) switchTo(from, next *G) {
	next.turn <- struct{}{}
	<-from.turn
}

func (baton) leave(next *G) { next.turn <- struct{}{} }

func (baton) gone(g *G) {
	record.Lock()
	record.Delist(&g.G)
	record.Unlock()
	g.Self = nil
}

// Fatal: the library's own code ends the program.
func (baton) Fatal(c *Scheduler, _ string) { c.LookAtEnd() }

// Goexit: Go's own does it.
func (baton) Goexit() {}

// done and exit: the program does it.
func (baton) done(*Scheduler)      {}
func (baton) Exit(*Scheduler, int) {}

func (baton) closed() bool { return false }

// unmanaged counts what is neither ours nor the watchdog.
func (baton) unmanaged(c *Scheduler) int {
	return runtime.NumGoroutine() - c.live - 1 - c.deciding - int(Tame.Load())
}

func (h baton) others(c *Scheduler) int { return h.unmanaged(c) }

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
	Active = begin(spec, baton{}, replace(main))
	Active.gate.bell = make(chan struct{}, 1)
	go watch(Active)
}
