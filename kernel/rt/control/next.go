package control

import (
	"time"

	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// next decides who has the next turn.
func (c *Scheduler) next() *G {
	for {
		if c.gate.open() {
			c.gate.admit(c)
		}
		serveLibrary(c)
		if g := c.ahead(); g != nil {
			return g
		}
		if c.timeMayPass() {
			c.idle = 0
			c.advance()
		}
		c.due()
		g := c.decide()
		switch {
		case g == nil:
			c.rest()
		case g.Fire != nil:
			g.ring(c)
		default:
			return g
		}
	}
}

// runnable is who can go on.
type runnable struct {
	Ready   []*G      // have announced what they can do
	Open    []*Object // all who wait in their groups can go on as well
	Forward []*G      // must go on to their next announcement before anything is decided
	ids     []uint32  // what list returned last
}

// ahead returns one that must go on before anything is decided.
func (r *runnable) ahead() *G {
	if len(r.Forward) == 0 {
		return nil
	}
	g := r.Forward[0]
	copy(r.Forward, r.Forward[1:])
	r.Forward = r.Forward[:len(r.Forward)-1]
	return g
}

// decide asks the source if there is a choice; nil if nobody can go on.
func (c *Scheduler) decide() *G {
	c.look()
	n := c.choices()
	switch {
	case n == 0:
		return nil
	case n == 1 && !c.Observed:
		return c.nth(0)
	}
	c.at.Step, c.at.Current, c.at.N, c.at.Main = c.Steps, 0, n, c.PlaceOf(c.main)
	if c.Last != nil {
		c.at.Current = c.Last.ID
	}
	chosen := c.source.Choose(&c.at)
	c.checkReplay()
	c.keepTurn(chosen)
	return c.nth(chosen)
}

// PlaceOf is which of those that can go on g is, -1 if it is none of them.
func (r *runnable) PlaceOf(g *G) int {
	if g.Pending.can == nil || !g.Pending.Listed {
		return g.at
	}
	i := len(r.Ready)
	for _, o := range r.Open {
		if o == g.Pending.Object {
			return i + g.at
		}
		i += len(o.Group.All)
	}
	return -1
}

// choices is how many can go on.
func (r *runnable) choices() int {
	n := len(r.Ready)
	for _, o := range r.Open {
		n += len(o.Group.All)
	}
	return n
}

// nth returns the i-th of those that can go on.
func (r *runnable) nth(i int) *G {
	if i < len(r.Ready) {
		return r.Ready[i]
	}
	i -= len(r.Ready)
	for _, o := range r.Open {
		if i < len(o.Group.All) {
			return o.Group.All[i]
		}
		i -= len(o.Group.All)
	}
	panic("rt: the source chose a goroutine that there is not")
}

// list is what a source may ask for: the numbers of those that can go on.
func (r *runnable) list() []uint32 {
	r.ids = r.ids[:0]
	for _, g := range r.Ready {
		r.ids = append(r.ids, g.ID)
	}
	for _, o := range r.Open {
		for _, g := range o.Group.All {
			r.ids = append(r.ids, g.ID)
		}
	}
	return r.ids
}

// about is what a source may ask for: what the i-th of them is about to do.
func (r *runnable) about(i int) sched.Intent {
	g := r.nth(i)
	p := &g.Pending
	intent := sched.Intent{Goroutine: g.ID, Op: p.Op, Site: p.Site, Object: p.Ord}
	if o := p.Thing(); o != nil {
		intent.Object = o.Ord
	}
	return intent
}

// rest is for when nobody can go on, but perhaps some who have yielded: time passes,
// or one of those goes on, or somebody comes in from outside; or the run is over.
func (c *Scheduler) rest() {
	switch {
	case len(c.Held) > 0:
		letOne(c)
	case c.overdue():
		c.wake()
	case c.prompt.g != nil && len(c.alarms.all) == 0:
		if !c.awaitOutside(promptPatience) {
			c.wake()
		}
	case len(c.alarms.all) > 0:
		c.sleepOn()
	case len(c.yielded) > 0:
		c.retryYielded()
	case c.gate.expecting(c):
		c.gate.waitForArrival(c, forEver)
	default:
		if c.reask(); len(c.Ready)+len(c.Open) == 0 && !c.lastLook() && !c.lastResort() {
			c.stop(event.StopDeadlock, 0, nil) // nobody can go on, and nothing can change that
		}
	}
}

// lastLook waits a moment, once, before a deadlock is declared, and says whether
// it did: a finalizer that was just queued is no goroutine yet.
func (c *Scheduler) lastLook() bool {
	if c.looked || c.Backend.closed() {
		return false
	}
	c.looked = true
	time.Sleep(2 * time.Millisecond)
	return true
}

func (c *Scheduler) lastResort() bool {
	return LastResort != nil && LastResort()
}

const forEver = 1<<63 - 1

// sleepOn lets time pass until something happens. While somebody is outside, who
// lives in real time, it passes no faster than there: a timeout is not over before
// an answer can come.
func (c *Scheduler) sleepOn() {
	left := time.Duration(c.alarms.all[0].when - c.Clock)
	if left > 0 && !c.Free() && c.awaitOutside(left) {
		return
	}
	c.Epoch++
	c.advance()
}

// GoesOn says whether g can go on.
func (g *G) GoesOn() bool {
	if g.Pending.can != nil && g.Pending.Listed {
		return g.Pending.Object.Group.opened
	}
	return g.at >= 0
}

// checkReplay ends a replay whose decisions do not fit the program: what came
// after them would not be the run that was meant.
func (c *Scheduler) checkReplay() {
	if c.strict == nil {
		return
	}
	if _, misfits := c.strict.Misfit(); !misfits {
		return
	}
	var s uint32
	if c.Running != nil {
		s = c.Running.Pending.Site
	}
	c.stop(event.StopReplay, s, c.Running)
}
