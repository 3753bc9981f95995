package control

import (
	"runtime"
	"time"

	"threading101/kernel/rt/record"
)

// Alone waits until all others wait for their turn, so that nobody else is
// anywhere in here, and says whether that came about: one that was just started
// may be on its way to there, and one that has just ended on its way out.
func Alone(c *Scheduler) bool {
	return settle(c, func() bool { return c.Backend.unmanaged(c) <= 0 && c.gate.away == 0 && !starting(c) })
}

// settle waits for what goroutines that are on their way will bring about, and says
// whether they did. No measured time decides: they are given turns, until all that
// there are wait for something, or one of them has had so many that it computes.
func settle(c *Scheduler, done func() bool) bool {
	for turn := 0; !done(); turn++ {
		switch {
		case turn < atOnce:
			runtime.Gosched()
		case turn == mostTurns, Audit(c).settled():
			return done()
		default:
			time.Sleep(turnLength)
		}
	}
	return true
}

// How many turns settle gives: the first without a pause, since most need no more.
// While it sleeps, whoever can run has the processor; to ask Go for its list waits for
// those whose threads the system has stopped.
const (
	atOnce     = 100
	mostTurns  = 500
	turnLength = 50 * time.Microsecond
)

// starting says whether a new goroutine has not come to where it waits.
//
//go:norace
func starting(c *Scheduler) bool {
	if c.Backend.closed() {
		return false // it is none of Go's before it has the turn
	}
	for _, g := range c.Forward {
		record.Lock()
		waits := g.Self != nil && record.Find(g.Self) == &g.G
		record.Unlock()
		if !waits {
			return true
		}
	}
	return false
}
