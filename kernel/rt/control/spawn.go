package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// spawned notes a go statement. The new goroutine goes on to its first
// announcement before the next decision.
func spawned(c *Scheduler, s uint32) *G {
	me, child := c.Enter(), c.newG(0)
	child.ID = record.NextID()
	me.Children++
	c.join(child)
	c.Turns++
	if !me.begun {
		me.begin(c)
	}
	c.mix(codes[event.Go]<<48 ^ uint64(me.ID))
	c.Record(me, event.Go, 0, s, uintptr(me.Children), record.Value{Bits: uint64(child.ID)})
	for _, n := range me.Extra.OfferedNames(s) {
		c.Record(child, event.Name, event.FlagText, s, uintptr(n.Rank), record.Value{Text: n.Name, Flags: event.FlagText})
	}
	c.Observer.Joins(child)
	c.Forward = append(c.Forward, child)
	c.Acted(me)
	c.settled()
	return child
}

// Ended notes the end of a goroutine that returned or called Goexit, and gives
// its turn to another. Its stack is left by a panic only together with the
// program.
func (c *Scheduler) Ended(g *G, op event.Op, s uint32) {
	if c.Dying {
		return
	}
	if c.Enter() != g {
		return
	}
	if op == event.Panic { // until the program is gone others go on
		c.Point(g, op, s, nil)
		c.LookAtEnd()
	}
	c.NoteAt(g, op, 0, s, 0, nil, record.Value{})
	if op == event.Panic {
		return
	}
	if slot, ok := event.EndedSlot(g.ID); ok && !c.Quiet {
		*(*event.Op)(unsafe.Add(record.Ring, slot)) = op
	}
	if g.ID == record.MainID && op == event.End && !c.Quiet {
		testify(c)
	}
	c.part(g)
	g.Over = true
	c.Backend.gone(g)
	if g.ID == record.MainID {
		if op == event.End {
			c.Backend.done(c) // and with it the program
			return
		}
		c.mainGone = true
	}
	c.deciding = 1
	c.handOver()
}

// MainEnds announces and notes the end of main, by which the others are cut
// off: how far they get before is as much a matter of chance as anything else.
func MainEnds(c *Scheduler, s uint32) {
	if c.Dying {
		return
	}
	g := c.Enter()
	op := event.End
	switch {
	case g.Exiting:
		op = event.Goexit
	case !c.Quiet || c.live > 1 || awaiting(c) > 0: // it takes a while to find out
		op = Unwinding(event.End)
	}
	switch {
	case op == event.Goexit && g.Exit != 0:
		s = g.Exit
	case op == event.End && (c.live > 1 || awaiting(c) > 0 || c.Free() && len(c.alarms.all) > 0):
		c.Point(g, op, s, nil)
		c.early = MayBeEarly(c) && c.drawn(2) == 1
	case op == event.End:
		c.Observer.Alone(g)
	}
	if op == event.End {
		c.Observer.Returns(g)
		c.LookAtEnd()
	}
	c.Ended(g, op, s)
}

// born is the first thing that a new goroutine does.
func (g *G) born(c *Scheduler, s uint32, v record.Value) {
	record.Adopt(&g.G)
	g.startSite, g.first = s, v
	c.Backend.wait(g)
}
