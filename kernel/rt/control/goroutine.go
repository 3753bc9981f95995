package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// G is one goroutine, as a scheduler knows it.
type G struct {
	record.G

	turn chan struct{} // where it waits, with a baton
	goid int64         // its number in Go's own lists

	Epoch     uint64  // of the clock, when it announced that
	Pending   Pending // the operation it announced
	at        int     // in control.ready; -1 if not in it
	rounds    []round // of the loops it is in, the innermost last
	acts      uint64  // how often it changed something
	queued    int     // its place among those who announced something about the same
	Yielded   bool    // it repeats itself
	held      bool    // it waits for time, and goes on when nobody else can
	pure      bool    // and each round leaves nothing behind
	unmanaged bool    // a library started it: between operations it goes on as it likes
	Woken     bool    // of a condition it waits for
	Bumps     bool    // adds to an atomic, and does not look at the sum
	Pauses    bool    // draws a number that says only how long somebody waits
	Glanced   uint32  // the site of a read noted in the step under way, before it is made
	Over      bool    // it has ended
	moved     bool    // it has made a step
	Prints    uint32  // the site where it announced that a library is about to print; 0: nowhere
	Says      string  // what that is for a picture; "": what is printed
	Proc      int     // in the history of a search
	seat      int     // in control.all
	Waker     int32   // the step that woke it, there
	Passed    uint32  // the site of what it did last that is not counted
	Exiting   bool    // called Goexit
	away      bool    // it waits in code that is not controlled
	creator   uint64

	begun     bool // its start is recorded, which is done with its first operation
	startSite uint32
	first     record.Value // its first argument

	selections []*Selection // selects that are not decided
	Chosen     *Selection   // the one whose case comes next

	fn     func()  // of a coroutine: what it runs
	worker *worker // and where

	Fire  func() // of an alarm, which is no goroutine: what it does
	alarm *alarm
}

// newControlled returns a goroutine that waits for its turn by its channel.
func newControlled(id uint32) *G {
	g := &G{G: record.G{Controlled: true}, turn: make(chan struct{}, 1), at: -1}
	g.Stamp(id)
	return g
}

// Of is what the scheduler of a controlled run knows of a goroutine; nil if it
// knows nothing.
func Of(r *record.G) *G {
	if r == nil || !r.Controlled {
		return nil
	}
	return (*G)(unsafe.Pointer(r))
}

// replace makes the running goroutine, which was recorded only, one that is
// controlled.
func replace(r *record.G) *G {
	g := newControlled(r.ID)
	g.goid = Goid()
	record.Lock()
	record.Delist(r)
	record.Adopt(&g.G)
	record.Enlist(&g.G)
	record.Unlock()
	return g
}

// newG returns a g, perhaps one of an earlier run, made new.
func (c *Scheduler) newG(id uint32) *G {
	n := len(c.spare)
	if n == 0 {
		return newControlled(id)
	}
	old := c.spare[n-1]
	c.spare = c.spare[:n-1]
	*old = G{G: record.G{Controlled: true}, at: -1, rounds: old.rounds[:0]}
	old.Stamp(id)
	return old
}

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
