package control

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// Backend holds the goroutines that are not running.
type Backend interface {
	// body returns what a go statement is to run, nil if nothing.
	body(g *G, f func()) func()
	// wait returns when g, which is new, has the turn for the first time.
	wait(g *G)
	// switchTo gives the turn to next, and returns when from has it again.
	switchTo(from, next *G)
	// leave gives the turn to next; its goroutine will never have it again.
	leave(next *G)
	// gone forgets g, which has ended.
	gone(g *G)
	// Fatal is called before a fatal error; goexit in place of runtime.Goexit.
	// Where they return, Go does what it does.
	Fatal(c *Scheduler, text string)
	Goexit()
	// done says that main has returned, exit that the program ends.
	done(c *Scheduler)
	Exit(c *Scheduler, code int)
	// closed says that nobody comes in: who tries is left over from the program's
	// first initialisation, which is done again in each run.
	closed() bool
	// unmanaged says how many goroutines there may be that are not under control.
	unmanaged(c *Scheduler) int
	// others counts goroutines that are not under control and may do what those
	// wait for who are.
	others(c *Scheduler) int
	// stop ends a run that cannot go on. It does not return.
	stop(c *Scheduler, why event.Stop)
}

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
