package rt

import (
	"time"

	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// next decides who has the next turn.
func (c *control) next() *g {
	for {
		if c.gate.open() {
			c.admit()
		}
		c.serveLibrary()
		if g := c.ahead(); g != nil {
			return g
		}
		if c.weary() {
			c.idle = 0
			c.advance()
		}
		c.due()
		g := c.decide()
		switch {
		case g == nil:
			c.rest()
		case g.fire != nil:
			c.ring(g)
		default:
			return g
		}
	}
}

// ahead returns one that must go on before anything is decided.
func (c *control) ahead() *g {
	if len(c.forward) == 0 {
		return nil
	}
	g := c.forward[0]
	copy(c.forward, c.forward[1:])
	c.forward = c.forward[:len(c.forward)-1]
	return g
}

// decide asks the source if there is a choice; nil if nobody can go on.
func (c *control) decide() *g {
	n := c.choices()
	switch {
	case n == 0:
		return nil
	case n == 1 && !c.observed:
		return c.nth(0)
	}
	c.at.Step, c.at.Current, c.at.N, c.at.Main = c.steps, 0, n, c.placeOf(c.main)
	if c.last != nil {
		c.at.Current = c.last.ID
	}
	chosen := c.source.Choose(&c.at)
	c.checkReplay()
	return c.nth(chosen)
}

// placeOf is which of those that can go on g is, -1 if it is none of them.
func (c *control) placeOf(g *g) int {
	if g.pend.can == nil || !g.pend.listed {
		return g.at
	}
	i := len(c.ready)
	for _, o := range c.open {
		if o == g.pend.obj {
			return i + g.at
		}
		i += len(o.group.all)
	}
	return -1
}

// choices is how many can go on.
func (c *control) choices() int {
	n := len(c.ready)
	for _, o := range c.open {
		n += len(o.group.all)
	}
	return n
}

// nth returns the i-th of those that can go on.
func (c *control) nth(i int) *g {
	if i < len(c.ready) {
		return c.ready[i]
	}
	i -= len(c.ready)
	for _, o := range c.open {
		if i < len(o.group.all) {
			return o.group.all[i]
		}
		i -= len(o.group.all)
	}
	panic("rt: the source chose a goroutine that there is not")
}

// list is what a source may ask for: the numbers of those that can go on.
func (c *control) list() []uint32 {
	c.ids = c.ids[:0]
	for _, g := range c.ready {
		c.ids = append(c.ids, g.ID)
	}
	for _, o := range c.open {
		for _, g := range o.group.all {
			c.ids = append(c.ids, g.ID)
		}
	}
	return c.ids
}

// about is what a source may ask for: what the i-th of them is about to do.
func (c *control) about(i int) sched.Intent {
	g := c.nth(i)
	p := &g.pend
	intent := sched.Intent{Goroutine: g.ID, Op: p.op, Site: p.site, Object: p.ord}
	if o := p.thing(); o != nil {
		intent.Object = o.ord
	}
	return intent
}

// rest is for when nobody can go on who is not tired: time passes, or the tired
// go on, or somebody comes in from outside; or the run is over.
func (c *control) rest() {
	switch {
	case len(c.held) > 0:
		c.letOne()
	case len(c.alarms.all) > 0:
		c.sleepOn()
	case len(c.tired) > 0:
		c.refresh()
	case c.expecting():
		c.waitForArrival(forEver)
	default:
		if c.reask(); len(c.ready)+len(c.open) == 0 && !c.lastLook() {
			c.stuck()
		}
	}
}

// lastLook waits a moment, once, before a deadlock is declared, and says whether
// it did: a finalizer that was just queued is no goroutine yet.
func (c *control) lastLook() bool {
	if c.looked || c.hold.closed() {
		return false
	}
	c.looked = true
	time.Sleep(2 * time.Millisecond)
	return true
}

const forEver = 1<<63 - 1

// sleepOn lets time pass until something happens. While somebody is outside, who
// lives in real time, it passes no faster than there: a timeout is not over before
// an answer can come.
func (c *control) sleepOn() {
	left := time.Duration(c.alarms.all[0].when - c.clock)
	if left > 0 && !c.free() && c.expecting() && c.waitForArrival(left) {
		return
	}
	c.epoch++
	c.advance()
}

// stuck ends the run: nobody can go on, and nothing can change that.
func (c *control) stuck() {
	c.stop(event.StopDeadlock, 0, nil)
}
