package control

import "threading101/kernel/event"

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
