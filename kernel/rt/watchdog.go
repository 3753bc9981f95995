package rt

import (
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// The watchdog looks, in real time, whether the goroutine that has the turn
// makes use of it. One that waits in code that is not controlled would keep all
// others from going on, for whom it may be waiting.

const (
	watchEvery = 10 * time.Millisecond
	busyLimit  = time.Minute // a goroutine may compute so long in code that says nothing of it
	watchShare = 20          // one part in so many of the time may go into looking
)

// watch is the watchdog's goroutine.
//
//go:norace
func (c *control) watch() {
	var seen uint64
	since, look := time.Now(), 2*watchEvery
	rest := since // until then it does not look: with very many goroutines a look takes long
	watcher = goid()
	for {
		time.Sleep(watchEvery)
		if now := c.turns + c.toils; now != seen || c.running == nil {
			seen, since, look = now, time.Now(), 2*watchEvery
			continue
		}
		if quiet := time.Since(since); quiet >= look && time.Now().After(rest) {
			look = min(2*look, quiet+time.Second) // each look stops the program for a moment
			rest = time.Now().Add(watchShare * c.suspect(quiet >= busyLimit))
		}
	}
}

// suspect looks what the goroutine with the turn is doing. It returns how long all
// were stopped for that.
func (c *control) suspect(long bool) (took time.Duration) {
	a := &c.gate
	a.suspect()
	defer a.clear(suspectFlag)
	g := c.running
	if g == nil || g.pend.state == waiting || g.pend.state == able {
		return // it is deciding, not doing
	}
	began := time.Now()
	d, ok := c.census().of(g)
	took = time.Since(began)
	switch {
	case !ok:
		return
	case d.state == "running" || d.state == "runnable":
		if long {
			c.stop(event.StopBusy, g.loopSite(), g)
		}
		return
	case d.held() || !d.waits() && !d.outside():
		return // for the collector, perhaps
	}
	if !c.sendAway(g) {
		return
	}
	if !g.begun {
		c.begun(g)
	}
	c.loose(event.LooseBlocked)
	c.record(g, event.Outside, 0, 0, 0, record.Value{Text: d.where, Flags: event.FlagText})
	a.clear(suspectFlag)
	c.handOver()
	return took
}

// of returns what g does.
func (all census) of(g *g) (*doing, bool) {
	for i := range all {
		if g != nil && all[i].id == g.goid {
			return &all[i], true
		}
	}
	return nil, false
}

// watches says whether it is the watchdog.
func (d *doing) watches() bool { return d.where == "time.Sleep" && d.id == watcher }

// watcher is the watchdog's number in Go's lists.
var watcher int64
