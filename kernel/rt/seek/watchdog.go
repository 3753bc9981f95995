package seek

import (
	"syscall"
	"time"

	"threading101/kernel/explore/wire"
	"threading101/kernel/rt/control"
)

// A search makes its runs in one thread, and nobody takes the turn from a
// goroutine that does not come back to the scheduler: it computes for ever, or it
// waits for something that only Go's own scheduler could bring. Then the search is
// over; what it found so far counts.

const (
	lookEvery = 50 * time.Millisecond
	stepLimit = 2 * time.Second        // a step may take so long
	lateLimit = 200 * time.Millisecond // and no longer than this once time for the search is over
	askLimit  = 20 * time.Second       // where a database is asked, it may take so long to answer
)

// Computes ends the run if the time for the search is over.
func (k *seeker) Computes(s uint32) {
	k.worked++
	if k.search.Late() {
		k.search.GiveUpRun(wire.NoteWork, s)
		k.c.Abandon()
	}
}

// Watch watches over a search. It is a goroutine of its own.
func (k *seeker) Watch() {
	c, budget := k.c, k.budget
	control.Watchdog.Store(control.Goid())
	began, since, seen := time.Now(), time.Now(), uint64(0)
	for {
		time.Sleep(lookEvery)
		if now := k.beats(c); now != seen {
			seen, since = now, time.Now()
			continue
		}
		if time.Since(since) > patience(budget > 0 && time.Since(began) > budget) {
			k.giveUp(c)
		}
	}
}

// patience is how long a step may take now; late says that time for the search is over.
func patience(late bool) time.Duration {
	switch {
	case control.Asking.Load() > 0:
		return askLimit
	case late:
		return lateLimit
	}
	return stepLimit
}

// beats changes with each operation that is announced, each run, and as something
// is computed. The numbers belong to the goroutine that makes the runs. To read one
// too late is to look once more, so the detector looks away.
//
//go:norace
func (k *seeker) beats(c *control.Scheduler) uint64 { return c.Turns + k.made + k.worked }

// giveUp ends the process.
func (k *seeker) giveUp(c *control.Scheduler) {
	kind, where := wire.NoteOutside, ""
	for _, d := range control.Audit(c) {
		switch {
		case d.ID == control.Watchdog.Load() || d.WaitsForTurn():
		case d.State == "running" || d.State == "runnable":
			kind, where = wire.NoteEndless, ""
		case d.State != "coroutine" && kind != wire.NoteEndless:
			where = d.Where
		}
	}
	k.search.GiveUp(kind, k.site, where)
	syscall.Exit(0)
}
