package control

import (
	"sync/atomic"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// The watchdog looks, in real time, whether the goroutine that has the turn
// makes use of it. One that waits in code that is not controlled would keep all
// others from going on, perhaps the very ones it waits for.

const (
	watchEvery = 10 * time.Millisecond
	busyLimit  = time.Minute // a goroutine may compute so long in code that says nothing of it
	watchShare = 20          // one part in so many of the time may go into looking
)

// watch is the watchdog's goroutine.
//
//go:norace
func watch(c *Scheduler) {
	var seen uint64
	since, look := time.Now(), 2*watchEvery
	rest := since // until then it does not look: with very many goroutines a look takes long
	Watchdog.Store(Goid())
	for {
		time.Sleep(watchEvery)
		if now := c.Turns + c.workDone; now != seen || c.Running == nil {
			seen, since, look = now, time.Now(), 2*watchEvery
			continue
		}
		if quiet := time.Since(since); quiet >= look && time.Now().After(rest) {
			look = min(2*look, quiet+time.Second) // each look stops the program for a moment
			rest = time.Now().Add(watchShare * suspect(c, quiet >= busyLimit))
		}
	}
}

// suspect looks what the goroutine with the turn is doing. It returns how long all
// were stopped for that. What it reads of a goroutine that runs is a hint alone, and the
// detector looks away.
//
//go:norace
func suspect(c *Scheduler, long bool) (took time.Duration) {
	a := &c.gate
	a.suspect()
	defer a.clear(suspectFlag)
	g := c.Running
	if g == nil || g.Over || g.Pending.state == waiting || g.Pending.state == able {
		return // it is deciding, not doing
	}
	began := time.Now()
	d, ok := Audit(c).of(g)
	took = time.Since(began)
	switch {
	case !ok:
		return
	case d.State == "running" || d.State == "runnable":
		if long {
			c.stop(event.StopBusy, g.loopSite(), g)
		}
		return
	case d.WaitsForTurn() || !d.waits() && !d.outside():
		return // for the collector, perhaps
	}
	if !c.gate.sendAway(c, g) {
		return
	}
	record.RaceAcquire(unsafe.Pointer(&c.gate)) // see settled
	if !g.begun {
		g.begin(c)
	}
	NoteLoose(event.LooseBlocked)
	c.Record(g, event.Outside, 0, 0, 0, record.Value{Text: d.Where, Flags: event.FlagText})
	a.clear(suspectFlag)
	c.handOver()
	return took
}

// of returns what g does.
func (all Goroutines) of(g *G) (*doing, bool) {
	for i := range all {
		if g != nil && all[i].ID == g.goid {
			return &all[i], true
		}
	}
	return nil, false
}

// Watchdog is the watchdog's number in Go's lists.
var Watchdog atomic.Int64
