package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Point announces an operation that can always be done, and returns when it is
// to be done.
func (c *Scheduler) Point(g *G, op event.Op, s uint32, ptr unsafe.Pointer) {
	g.Pending = Pending{Op: op, Site: s}
	g.tellAbout(c, ptr)
	c.Await(g)
}

// Block announces an operation on ptr that can be done only while wait returns
// true, which is asked again at each change of ptr.
func (c *Scheduler) Block(g *G, op event.Op, s uint32, ptr unsafe.Pointer, wait func() bool) {
	g.Pending = Pending{Op: op, Site: s, Object: c.Object(ptr), Wait: wait}
	c.Await(g)
}

// BlockOn is block with a question about the object.
func (c *Scheduler) BlockOn(g *G, op event.Op, s uint32, ptr unsafe.Pointer, can func(unsafe.Pointer) bool) {
	g.Pending = Pending{Op: op, Site: s, Object: c.Object(ptr), can: can}
	c.Await(g)
}

// Await announces g's pending operation and returns when it is to be done, or,
// with state served, when a partner did it.
func (c *Scheduler) Await(g *G) {
	c.Turns++
	if c.Dying {
		panic(Unwind{})
	}
	g.Epoch, g.Glanced = c.Epoch, 0
	c.announce(g)
	next := c.next()
	c.Running = next
	if next != g {
		c.Backend.switchTo(g, next)
	}
	if g.Pending.state == served {
		return
	}
	c.retire(g)
	c.Count(g)
}

// Count counts a step, and ends the run that has too many.
func (c *Scheduler) Count(g *G) {
	c.Last, g.moved = g, true
	c.Steps++
	if c.Steps&(c.Steps-1) == 0 {
		c.keepTrail()
	}
	if c.overdue() {
		c.wake()
	}
	if c.Steps >= c.Spec.Steps {
		c.stop(event.StopSteps, g.Pending.Site, g)
	}
}

// announce puts g among those that can go on, or those that wait.
func (c *Scheduler) announce(g *G) {
	g.Pending.Listed = true
	if g.Yielded {
		g.Pending.apart()
	}
	switch o := g.Pending.Object; {
	case g.Pending.can != nil:
		o.joinGroup(c, g)
		return
	case o != nil:
		o.waiters.join(g, &g.queued)
		if g.Pending.Comm != nil {
			o.line.add(g.Pending.Comm.Send, 1)
		}
	case g.Pending.Select != nil:
		g.Pending.Select.enlist(c, g)
	}
	if g.able(c) {
		c.enable(g)
	} else {
		g.want(c)
	}
	switch p := &g.Pending; {
	case p.Comm != nil && p.Object != nil && p.Object.line.n[side(!p.Comm.Send)] > 0:
		c.reconsider(p.Object)
	case p.Select != nil:
		p.Select.withdrawn(c)
	}
}

// retire takes back what announce did: g goes on.
func (c *Scheduler) retire(g *G) {
	if !g.Pending.Listed {
		return
	}
	g.Pending.Listed = false
	switch o := g.Pending.Object; {
	case g.Pending.can != nil:
		o.leaveGroup(c, g)
	case o != nil:
		c.disable(g)
		o.waiters.leave(g.queued)
		if g.Pending.Comm != nil {
			o.line.add(g.Pending.Comm.Send, -1)
		}
	default:
		c.disable(g)
		if g.Pending.Select != nil {
			g.Pending.Select.delist(c, g)
		}
	}
	g.Pending.state = notPending
}

// able says whether g's pending operation can be done.
func (g *G) able(c *Scheduler) bool {
	switch p := &g.Pending; {
	case p.Wait != nil:
		return p.Wait()
	case p.Comm != nil:
		return p.Comm.Can(c, g)
	case p.Select != nil:
		return p.Select.can(c, g)
	}
	return true
}

// enable puts g among those that can go on.
func (c *Scheduler) enable(g *G) {
	g.Pending.state = able
	if g.Yielded && !g.invited(c) {
		c.yielded = append(c.yielded, g)
		return
	}
	if g.held {
		c.Held = append(c.Held, g)
		return
	}
	g.at = len(c.Ready)
	c.Ready = append(c.Ready, g)
}

// disable takes g out of those that can go on.
func (c *Scheduler) disable(g *G) {
	if g.at < 0 {
		if g.Yielded {
			c.yielded = without(c.yielded, g)
		}
		if g.held {
			c.Held = without(c.Held, g)
		}
		return
	}
	last := len(c.Ready) - 1
	moved := c.Ready[last]
	c.Ready[g.at] = moved
	moved.at = g.at
	c.Ready[last] = nil
	c.Ready = c.Ready[:last]
	g.at = -1
}

// want notes that g waits, once for each operation.
func (g *G) want(c *Scheduler) {
	p := &g.Pending
	p.state = waiting
	if !p.Noted {
		p.Noted = true
		c.NoteWant(g, p)
	}
}

// tellAbout tells a search, or who is asked, what g's operation is about.
func (g *G) tellAbout(c *Scheduler, ptr unsafe.Pointer) {
	if c.Observed && ptr != nil {
		o := c.Object(ptr)
		g.Pending.About, g.Pending.Ord = o, o.Ord
	}
	g.Pending.at = ptr
}

// PointInGroup announces an operation of a wait group.
func PointInGroup(c *Scheduler, g *G, op event.Op, s uint32, ptr unsafe.Pointer, n int) {
	g.Pending = Pending{Op: op, Site: s, Adds: int32(n)}
	g.tellAbout(c, ptr)
	c.Await(g)
}

// PointPrint announces that g prints something: for who is asked, what.
func PointPrint(c *Scheduler, g *G, s uint32, text string) {
	g.Pending = Pending{Op: event.Print, Site: s, wanted: record.Value{Text: text, Flags: event.FlagText}}
	c.Await(g)
}

// PointOnCond announces that g is about to wait for a condition, and to let go of
// its lock.
func PointOnCond(c *Scheduler, g *G, s uint32, ptr, lock unsafe.Pointer) {
	g.Pending = Pending{Op: event.CondWant, Site: s}
	if g.tellAbout(c, ptr); c.Observed {
		g.Pending.Lock = c.Object(lock)
	}
	c.Await(g)
}

// BlockQuietly is block for an operation whose want is recorded already.
func (c *Scheduler) BlockQuietly(g *G, op event.Op, s uint32, ptr unsafe.Pointer, wait func() bool) {
	g.Pending = Pending{Op: op, Site: s, Object: c.Object(ptr), Wait: wait, Noted: true}
	c.Await(g)
}

// Pending is an announced operation.
type Pending struct {
	Op        event.Op
	Site      uint32
	Object    *Object
	can       func(unsafe.Pointer) bool // of the object, for all who announced this: see group
	Wait      func() bool               // for this one; nil: always
	Comm      *Comm                     // of a channel
	Select    *Selection                // of a select
	About     *Object                   // what it is about, where it never waits: for a search
	Uses      func() []Use              // of an operation on files: what it touches, as things are now
	Ord       uint32                    // the same, of anything
	at        unsafe.Pointer            // where that lies, where choices are kept
	Lock      *Object                   // of a condition
	wanted    record.Value              // goes with the want
	state     pendingState
	Listed    bool  // it is in the lists of what it is about
	Noted     bool  // its want is recorded
	Wakes     bool  // it is woken by a condition
	Unnoticed bool  // of a statement: it is nobody else's affair when it is done
	Adds      int32 // to a group; what is taken away is below 0
	until     int64 // what it waits for, of one that sleeps
	Among     int   // alternatives that are all its own; 0: there is one
}

type pendingState uint8

// apart has who announced p be asked by itself, and not with all who announced
// the same: unlike them it is put aside.
func (p *Pending) apart() {
	if can := p.can; can != nil {
		ptr := p.Object.Ptr
		p.can, p.Wait = nil, func() bool { return can(ptr) }
	}
}

// Thing is the object that an operation is about, nil if there is none.
func (p *Pending) Thing() *Object {
	if p.Object != nil {
		return p.Object
	}
	return p.About
}

const (
	notPending pendingState = iota
	waiting                 // cannot be done now; its want is recorded
	able
	served // done by its partner
)
