package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// A run may be asked to keep its choices. Then each is recorded before what comes of it,
// and where the source has no answer the run ends, with a record of each thing that
// could be next. None of these records is in the hash: the run is the same without.

// keepTurn keeps who was chosen to go on.
func (c *Scheduler) keepTurn(chosen int) {
	if !c.Spec.Choices || c.Observed {
		return
	}
	if c.undecided() {
		c.ask(c.at.N, c.offerTurn)
	}
	to := c.nth(chosen)
	stays := to.Fire == nil && chosen == sched.Staying(&c.at) // an alarm is no step: what is chosen next has the same number
	c.keep(to, c.Steps, event.PackChoice(to.ID, c.at.N), stays)
}

// keepPick keeps which of n alternatives was picked. About those that nobody can offer
// nobody is asked: the first is taken.
func (c *Scheduler) keepPick(n, picked int, offer func(i int)) {
	if !c.Spec.Choices || c.Observed {
		return
	}
	if offer != nil && c.undecided() {
		c.ask(n, offer)
	}
	c.keep(c.Running, c.picks, event.PackChoice(sched.Picked+uint32(picked), n), picked == 0)
	c.picks++
}

func (c *Scheduler) undecided() bool { return c.finite != nil && c.finite.Undecided() }

func (c *Scheduler) keep(g *G, nth, choice uint64, stays bool) {
	var flags uint8
	if stays {
		flags = event.FlagStays
	}
	c.Record(g, event.Decided, flags, 0, uintptr(nth), record.Value{Bits: choice})
}

// ask ends the run with what could be next. Those who have not begun are said to have:
// it is by their first argument that they are called.
func (c *Scheduler) ask(n int, offer func(i int)) {
	for _, g := range c.all {
		if !g.begun && !g.Over {
			g.begin(c)
		}
	}
	for i := range n {
		offer(i)
	}
	c.stop(event.StopAsked, 0, c.Running)
}

func (c *Scheduler) offerTurn(i int) {
	g := c.nth(i)
	p := &g.Pending
	at := p.at
	if o := p.Thing(); o != nil {
		at = o.Ptr
	}
	if p.wanted.Flags&event.FlagText != 0 && (p.Op == event.Print || p.Op == event.Statement) {
		c.Record(g, event.Offer, 0, p.Site, 0, p.wanted)
		return
	}
	c.offer(g, p.Site, at, event.PackOffer(p.Op, event.AsksTurn, i))
}

// offerCase offers a case of g's select, which is i-th of those that can be chosen.
func (c *Scheduler) offerCase(g *G, sel *Selection, which, i int) {
	if which == DefaultCase {
		c.offer(g, sel.site, nil, event.PackOffer(event.Select, event.AsksCase, i))
		return
	}
	k := &sel.Cases[which]
	op := event.Recv
	if k.Send {
		op = event.Send
	}
	c.offer(g, sel.siteOf(k), k.Ch, event.PackOffer(op, event.AsksCase, i))
}

func (c *Scheduler) offerPartner(p Partner, i int) {
	c.offer(p.G, p.G.Pending.Site, p.m.Ch, event.PackOffer(p.G.Pending.Op, event.AsksPartner, i))
}

func (c *Scheduler) offerChance(i int) {
	p := &c.Running.Pending
	c.offer(c.Running, p.Site, nil, event.PackOffer(p.Op, event.AsksChance, i))
}

func (c *Scheduler) offer(g *G, s uint32, at unsafe.Pointer, aux uint64) {
	c.Record(g, event.Offer, 0, s, uintptr(at), record.Value{Bits: aux})
}
