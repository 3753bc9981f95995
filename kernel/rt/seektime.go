package rt

import (
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/rt/record"
)

// Time, as a search sees it. On the free clock what time brings comes at any
// moment: an alarm is somebody who does one thing, once. It touches what it
// fills or starts, and moves the clock on.

// clockSite stands for all that moves the clock: they are steps only in programs
// that look at it.
const clockSite = 0

func (k *seeker) watchesClock() bool { return ctl.free() && k.search.Visible(clockSite) }

// clockObject is the clock, as something that is read and moved on.
func (c *control) clockObject() *object { return c.object(unsafe.Pointer(&c.clock)) }

// lookKind is how a look touches the clock that finds so much later than it was.
// Under the virtual clock looking takes time.
func lookKind(later int) search.Kind {
	if ctl.free() && later == 0 {
		return search.Read
	}
	return search.Write
}

// offerLooks lists what a look at the free clock may find: see [control.lookups].
func (k *seeker) offerLooks(c *control, g *g) {
	for i := range len(c.lookups(g)) {
		k.add(c, g, -1, uint32(i+1)<<16, search.Access{Object: g.pend.about.ord, Kind: lookKind(i)})
	}
}

// passing is how it touches the clock that a deadline is over.
func (k *seeker) passing() []search.Access {
	if !k.watchesClock() {
		return k.one(0, search.Pass)
	}
	return k.one(ctl.clockObject().ord, search.Bump)
}

// alarm is what an alarm does to what it is about: it puts the time into a
// channel, or starts a goroutine. What a library's does nobody knows.
func (k *seeker) alarm(o *object) []search.Access {
	if o == nil {
		return k.one(0, search.Global)
	}
	return append(k.passing(), search.Access{Object: o.ord, Kind: alarmKind(o)})
}

func alarmKind(o *object) search.Kind {
	switch h := (*hchan)(o.ptr); {
	case !o.ticks:
		return search.Write
	case h.count < h.size:
		return search.Send
	}
	return search.Peek // the tick is lost
}

// timerKind is how stopping a timer, or setting it again, touches it.
func timerKind(o *object) search.Kind {
	switch {
	case o == nil:
		return search.Global
	case o.ticks:
		return search.Revoke
	}
	return search.Write
}

// rings is told that an alarm does what it is for.
func (k *seeker) rings(g *g) {
	k.search.History.Races.Library(g.place)
	for _, a := range k.alarm(g.pend.about) {
		if a.Kind == search.Send {
			k.search.History.Sent(g.place, a.Object, 1)
			continue
		}
		k.touch(g.place, a.Object, a.Kind)
	}
}

// revokes is told that g stops a timer, or sets it again.
func (k *seeker) revokes(g *g, o *object) {
	k.search.History.Races.Library(g.place)
	for _, a := range k.setting(o.ord, o) {
		k.touch(g.place, a.Object, a.Kind)
	}
}

// setting is what is touched when a timer is stopped, or set again.
func (k *seeker) setting(ord uint32, o *object) []search.Access {
	all := k.one(ord, timerKind(o))
	if k.watchesClock() {
		all = append(all, search.Access{Object: ctl.clockObject().ord, Kind: search.Write})
	}
	return all
}

// drains is told that with this the time that lay in the timer's channel is gone.
func (k *seeker) drains(o *object) {
	k.search.History.Took(o.ord)
}

// looks is told that g has looked at the clock, and which of the times it found.
func (k *seeker) looks(g *g, later int) {
	k.looked = true
	k.timed()
	k.search.Watch(clockSite)
	if ctl.free() {
		k.holds(2, "fixed-clock")
	}
	k.touch(g.place, ctl.clockObject().ord, lookKind(later))
}

// plans is told that in the step being made g begins to wait for a time, which is
// counted from now, or has somebody wait for one, or no longer: what a look at the
// clock may find is not as it was.
func (k *seeker) plans(g *g) {
	if k.watchesClock() {
		k.search.Plan(k.doing)
		k.touch(g.place, ctl.clockObject().ord, search.Write)
	}
}

// place is what is announced, and where, as a number.
func placeAndOp(p *pending) uint32 { return p.site<<7 | uint32(p.op)&0x7f }

// planned adds the clock to what g is about to touch, if its step goes on until
// somebody begins to wait for a time. What is done as soon as it is announced has
// nothing before it that could come later.
func (k *seeker) planned(g *g, all []search.Access) []search.Access {
	if !k.watchesClock() || !k.counted(g) || !k.search.Plans(placeAndOp(&g.pend)) {
		return all
	}
	return append(all[:len(all):len(all)], search.Access{Object: ctl.clockObject().ord, Kind: search.Write})
}

// counts is told that g sees who is still there: what a goroutine did last
// decides that, also where it is nothing that others notice. It becomes a step.
func (k *seeker) counts(g *g) {
	for p, other := range k.procs {
		if other != g && other.fire == nil && k.search.History.Unnoticed(p, g.place) {
			k.search.Watch(other.passed)
		}
	}
	k.touch(g.place, 0, search.Global)
}

// lookups are the times that g may find when it looks at the free clock: that of the
// last look, each for which somebody waits, just over, and one that is later than any
// with which programs compare. One that waits by looking finds that at its first looks
// only: a search would follow nothing else.
func (c *control) lookups(g *g) []int64 {
	all := append([]int64{c.clock}, c.deadlines()...)
	first := len(c.lib.looks) == 0 && g.ID == record.MainID && g.Children == 0 && len(all) == 1 // it is no matter when that is
	if !first && c.lib.looks[g.ID] < mostLooks {
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
func (c *control) deadlines() []int64 {
	var all []int64
	for _, g := range c.ready {
		switch {
		case g.alarm != nil && g.alarm.at >= 0:
			all = addTime(all, g.alarm.when)
		case g.pend.op == event.Woke:
			all = addTime(all, g.pend.until)
		}
	}
	for len(all) > 0 && all[0] <= c.clock {
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
