package rt

import (
	"time"

	"threading101/kernel/event"
)

// began is when every controlled run begins, as on the Go playground: Go's
// birthday.
var began = time.Unix(1257894000, 0).UTC()

// wall is the time t nanoseconds after the run began.
func wall(t int64) time.Time { return began.Add(time.Duration(t)) }

// TimeNow is time.Now. Under a scheduler others may come before it: a loop that
// waits by looking at the clock must not keep them from what it waits for.
func TimeNow() time.Time {
	if ctl == nil {
		return time.Now()
	}
	g := ctl.enter()
	t := wall(ctl.timeFor(g))
	ctl.over(g)
	return t
}

// timeFor is the time that g sees. On the free clock it is open how late it is: no
// later than at the last look, or one of the times that somebody waits for is
// just over, or a long time has passed.
func (c *control) timeFor(g *g) int64 {
	g.pend = pending{op: event.Now}
	if c.observed {
		g.pend.about = c.clockObject()
	}
	c.await(g)
	later := 0
	if c.free() {
		all := c.lookups(g)
		later = c.drawn(len(all))
		c.clock = all[later]
		c.lib.lookedAtClock(g)
	}
	c.observer.looks(g, later)
	return c.now()
}

// TimeSince is time.Since.
func TimeSince(t time.Time) time.Duration {
	if ctl == nil {
		return time.Since(t)
	}
	return TimeNow().Sub(t)
}

// TimeUntil is time.Until.
func TimeUntil(t time.Time) time.Duration {
	if ctl == nil {
		return time.Until(t)
	}
	return t.Sub(TimeNow())
}
