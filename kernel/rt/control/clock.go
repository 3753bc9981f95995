package control

import (
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Began is when every controlled run begins, as on the Go playground: Go's
// birthday.
var Began = time.Unix(1257894000, 0).UTC()

// WallTime is the time t nanoseconds after the run began.
func WallTime(t int64) time.Time { return Began.Add(time.Duration(t)) }

// TimeFor is the time that g sees. On the free clock it is open how late it is: no
// later than at the last look, or one of the times that somebody waits for is
// just over, or a long time has passed.
func TimeFor(c *Scheduler, g *G) int64 {
	g.Pending = Pending{Op: event.Now}
	if c.Observed {
		g.Pending.About = ClockObject(c)
	}
	c.Await(g)
	later := 0
	if c.Free() {
		all := Lookups(c, g)
		later = c.drawn(len(all))
		c.Clock = all[later]
		c.Library.lookedAtClock(g)
	}
	c.Observer.Looks(g, later)
	return c.now()
}

// ClockObject is the clock, as something that is read and moved on.
func ClockObject(c *Scheduler) *Object { return c.Object(unsafe.Pointer(&c.Clock)) }

// Lookups are the times that g may find when it looks at the free clock: that of the
// last look, each for which somebody waits, just over, and one that is later than any
// with which programs compare. One that waits by looking finds that at its first looks
// only: a search would follow nothing else.
func Lookups(c *Scheduler, g *G) []int64 {
	all := append([]int64{c.Clock}, deadlines(c)...)
	first := len(c.Library.looks) == 0 && g.ID == record.MainID && g.Children == 0 && len(all) == 1 // it is no matter when that is
	if !first && c.Library.looks[g.ID] < mostLooks {
		all = append(all, c.later(longTime))
	}
	return all
}

// mostLooks is how many of a goroutine's looks may find that a long time has passed.
const mostLooks = 8

// longTime is longer than programs wait by looking at the clock: a day.
const longTime = int64(24 * time.Hour)

// deadlines are the times that somebody waits for, later than now, each once, the
// first first; those past the most are left out.
func deadlines(c *Scheduler) []int64 {
	var all []int64
	for _, g := range c.Ready {
		switch {
		case g.alarm != nil && g.alarm.at >= 0:
			all = addTime(all, g.alarm.when)
		case g.Pending.Op == event.Woke:
			all = addTime(all, g.Pending.until)
		}
	}
	for len(all) > 0 && all[0] <= c.Clock {
		all = all[1:]
	}
	return all[:min(len(all), mostDeadlines)]
}

// mostDeadlines is how many of the times that may just be over a look at the
// free clock tells apart.
const mostDeadlines = 3

// addTime adds t to a sorted list that does not have it.
func addTime(all []int64, t int64) []int64 {
	i := len(all)
	for i > 0 && all[i-1] > t {
		i--
	}
	if i > 0 && all[i-1] == t {
		return all
	}
	all = append(all, 0)
	copy(all[i+1:], all[i:])
	all[i] = t
	return all
}

// Sleep waits on the virtual clock. On the free clock one that sleeps can go on
// at any moment.
func Sleep(c *Scheduler, s uint32, d int64) {
	g := c.Enter()
	when := c.later(d)
	c.Note(g, event.Sleep, 0, s, nil, uint64(d))
	g.Pending = Pending{Op: event.Woke, Site: s, Noted: true, until: when}
	c.Observer.Plans(g)
	if d > 0 && !c.Free() {
		g.Pending.Wait = never
		(&alarm{when: when, g: g, at: -1}).set(c)
		g.acts++
	} else {
		g.Read(0, uint32(c.Changes))
		g.held = d > 0 && source{g.ID, s}.holds(c, mostRings)
		source{g.ID, s}.rings(c)
	}
	c.Await(g)
	if d > 0 && !c.Free() {
		c.Observer.SleptOn(g)
	}
	c.Clock = max(c.Clock, when)
	c.Note(g, event.Woke, 0, s, nil, 0)
	c.Leave(g)
}
