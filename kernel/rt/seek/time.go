package seek

import (
	"threading101/kernel/explore/search"
	"threading101/kernel/explore/wire"
	"threading101/kernel/rt/control"
)

// Time, as a search sees it. On the free clock what time brings comes at any
// moment: an alarm is somebody who does one thing, once. It touches what it
// fills or starts, and moves the clock on.

// clockSite stands for all that moves the clock: they are steps only in programs
// that look at it.
const clockSite = 0

func (k *intents) watchesClock() bool { return control.Active.Free() && k.search.Visible(clockSite) }

// lookKind is how a look touches the clock that finds so much later than it was.
// Under the virtual clock looking takes time.
func lookKind(later int) search.Kind {
	if control.Active.Free() && later == 0 {
		return search.Read
	}
	return search.Write
}

// offerLooks lists what a look at the free clock may find: see [control.lookups].
func (k *offers) offerLooks(c *control.Scheduler, g *control.G) {
	for i := range len(control.Lookups(c, g)) {
		k.add(c, g, -1, uint32(i+1)<<16, search.Access{Object: g.Pending.About.Ord, Kind: lookKind(i)})
	}
}

// passing is how it touches the clock that a deadline is over.
func (k *intents) passing() []search.Access {
	if !k.watchesClock() {
		return k.one(0, search.Pass)
	}
	return k.one(control.ClockObject(control.Active).Ord, search.Bump)
}

// alarm is what an alarm does to what it is about: it puts the time into a
// channel, or starts a goroutine. What a library's does nobody knows.
func (k *intents) alarm(o *control.Object) []search.Access {
	if o == nil {
		return k.one(0, search.Global)
	}
	return append(k.passing(), search.Access{Object: o.Ord, Kind: alarmKind(o)})
}

func alarmKind(o *control.Object) search.Kind {
	switch h := (*control.Channel)(o.Ptr); {
	case !o.Ticks:
		return search.Write
	case h.Count < h.Size:
		return search.Send
	}
	return search.Peek // the tick is lost
}

// timerKind is how stopping a timer, or setting it again, touches it.
func timerKind(o *control.Object) search.Kind {
	switch {
	case o == nil:
		return search.Global
	case o.Ticks:
		return search.Revoke
	}
	return search.Write
}

// Rings is told that an alarm does what it is for.
func (k *seeker) Rings(g *control.G) {
	k.search.History.Races.Library(g.Proc)
	for _, a := range k.alarm(g.Pending.About) {
		if a.Kind == search.Send {
			k.search.History.Sent(g.Proc, a.Object, 1)
			continue
		}
		k.touch(g.Proc, a.Object, a.Kind)
	}
}

// Revokes is told that g stops a timer, or sets it again.
func (k *seeker) Revokes(g *control.G, o *control.Object) {
	k.search.History.Races.Library(g.Proc)
	for _, a := range k.setting(o.Ord, o) {
		k.touch(g.Proc, a.Object, a.Kind)
	}
}

// setting is what is touched when a timer is stopped, or set again.
func (k *intents) setting(ord uint32, o *control.Object) []search.Access {
	all := k.one(ord, timerKind(o))
	if k.watchesClock() {
		all = append(all, search.Access{Object: control.ClockObject(control.Active).Ord, Kind: search.Write})
	}
	return all
}

// Drains is told that with this the time that lay in the timer's channel is gone.
func (k *seeker) Drains(o *control.Object) {
	k.search.History.Took(o.Ord)
}

// Looks is told that g has looked at the clock, and which of the times it found.
func (k *seeker) Looks(g *control.G, later int) {
	k.looked = true
	k.timed()
	k.search.Watch(clockSite)
	if control.Active.Free() {
		k.holds(2, wire.NoteClock)
	}
	k.touch(g.Proc, control.ClockObject(control.Active).Ord, lookKind(later))
}

// Plans is told that in the step being made g begins to wait for a time, which is
// counted from now, or has somebody wait for one, or no longer: what a look at the
// clock may find is not as it was.
func (k *seeker) Plans(g *control.G) {
	if k.watchesClock() {
		k.search.Plan(k.doing)
		k.touch(g.Proc, control.ClockObject(control.Active).Ord, search.Write)
	}
}

// placeAndOp is what is announced, and where, as a number.
func placeAndOp(p *control.Pending) uint32 { return p.Site<<7 | uint32(p.Op)&0x7f }

// planned adds the clock to what g is about to touch, if its step goes on until
// somebody begins to wait for a time. What is done as soon as it is announced has
// nothing before it that could come later.
func (k *intents) planned(g *control.G, all []search.Access) []search.Access {
	if k.monitored(g) {
		all = append(all[:len(all):len(all)], moments())
	}
	if !k.watchesClock() || !k.counted(g) || !k.search.Plans(placeAndOp(&g.Pending)) {
		return all
	}
	return append(all[:len(all):len(all)], search.Access{Object: control.ClockObject(control.Active).Ord, Kind: search.Write})
}

// Counts is told that g sees who is still there: what a goroutine did last
// decides that, also where it is nothing that others notice. It becomes a step.
func (k *seeker) Counts(g *control.G) {
	for p, other := range k.procs {
		if other != g && other.Fire == nil && k.search.History.Unnoticed(p, g.Proc) {
			k.search.Watch(other.Passed)
		}
	}
	k.touch(g.Proc, 0, search.Global)
}
