package rt

import (
	"runtime"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// started notes a go statement. The new goroutine goes on to its first
// announcement before the next decision.
func (c *control) started(s uint32) *g {
	me, child := c.enter(), c.newG(0)
	child.ID = record.NextID()
	me.Children++
	c.join(child)
	c.turns++
	if !me.begun {
		c.begun(me)
	}
	c.mix(codes[event.Go]<<48 ^ uint64(me.ID))
	c.record(me, event.Go, 0, s, uintptr(me.Children), record.Value{Bits: uint64(child.ID)})
	for _, n := range me.Extra.OfferedNames(s) {
		c.record(child, event.Name, event.FlagText, s, uintptr(n.Rank), record.Value{Text: n.Name, Flags: event.FlagText})
	}
	c.observer.joins(child)
	c.forward = append(c.forward, child)
	c.acted(me)
	return child
}

// ended notes the end of a goroutine that returned or called Goexit, and gives
// its turn to another. Its stack is left by a panic only together with the
// program.
func (c *control) ended(g *g, op event.Op, s uint32) {
	if c.dying {
		return
	}
	if c.enter() != g {
		return
	}
	if op == event.Panic { // until the program is gone others go on
		c.point(g, op, s, nil)
	}
	c.noteAt(g, op, 0, s, 0, nil, record.Value{})
	if op == event.Panic {
		return
	}
	if slot, ok := event.EndedSlot(g.ID); ok && !c.quiet {
		*(*event.Op)(unsafe.Add(record.Ring, slot)) = op
	}
	if g.ID == record.MainID && op == event.End && !c.quiet {
		c.testify()
	}
	c.part(g)
	g.over = true
	c.hold.gone(g)
	if g.ID == record.MainID {
		if op == event.End {
			c.hold.done(c) // and with it the program
			return
		}
		c.mainGone = true
	}
	c.deciding = 1
	c.handOver()
}

func mainBegins(c *control, s uint32) {
	c.outcome = nil
	c.noteAt(c.enter(), event.Start, event.FlagNoValue, s, 0, nil, record.Value{})
}

// mainEnds announces and notes the end of main, by which the others are cut
// off: how far they get before is as much a matter of chance as anything else.
func (c *control) mainEnds(s uint32) {
	if c.dying {
		return
	}
	g := c.enter()
	op := event.End
	switch {
	case g.exiting:
		op = event.Goexit
	case !c.quiet || c.live > 1 || c.awaiting() > 0: // it takes a while to find out
		op = unwinding(event.End)
	}
	switch {
	case op == event.Goexit && g.Exit != 0:
		s = g.Exit
	case op == event.End && (c.live > 1 || c.awaiting() > 0 || c.free() && len(c.alarms.all) > 0):
		c.point(g, op, s, nil)
		c.early = c.mayBeEarly() && c.drawn(2) == 1
	case op == event.End:
		c.observer.alone(g)
	}
	c.ended(g, op, s)
}

func goschedControlled(c *control, s uint32) {
	g := c.enter()
	c.point(g, event.Gosched, s, nil)
	c.note(g, event.Gosched, 0, s, nil, 0)
	g.read(0, uint32(c.changes))
	runtime.Gosched()
	c.over(g)
}

// sleep waits on the virtual clock. On the free clock one that sleeps can go on
// at any moment.
func (c *control) sleep(s uint32, d int64) {
	g := c.enter()
	when := c.later(d)
	c.note(g, event.Sleep, 0, s, nil, uint64(d))
	g.pend = pending{op: event.Woke, site: s, said: true, until: when}
	c.observer.plans(g)
	if d > 0 && !c.free() {
		g.pend.wait = never
		c.set(&alarm{when: when, g: g, at: -1})
		g.acts++
	} else {
		g.read(0, uint32(c.changes))
		g.held = d > 0 && c.holds(source{g.ID, s}, mostRings)
		c.rings(source{g.ID, s})
	}
	c.await(g)
	if d > 0 && !c.free() {
		c.observer.sleptOn(g)
	}
	c.clock = max(c.clock, when)
	c.note(g, event.Woke, 0, s, nil, 0)
	c.over(g)
}

// born is the first thing that a new goroutine does.
func (c *control) born(g *g, s uint32, v record.Value) {
	record.Adopt(&g.G)
	g.startSite, g.first = s, v
	c.hold.wait(g)
}

// print announces and notes what g prints.
func printControlled(c *control, g *g, s uint32, text string) {
	c.point(g, event.Print, s, nil)
	notePrinted(c, g, s, text)
}

// printed notes it.
func notePrinted(c *control, g *g, s uint32, text string) {
	c.noteAt(g, event.Print, 0, s, 0, nil, record.Value{Text: text, Flags: event.FlagText})
	c.acted(g)
}

// exit announces and notes the end of the program.
func exitControlled(c *control, s uint32, code int) {
	g := c.enter()
	c.point(g, event.Exit, s, nil)
	c.note(g, event.Exit, 0, s, nil, uint64(code))
	c.hold.exit(c, code)
}
