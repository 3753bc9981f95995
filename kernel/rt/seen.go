package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/rt/record"
)

// What was done, as a search sees it.

// noted is told of each event of a run.
func (k *seeker) noted(g *g, op event.Op, flags uint8, s, ord uint32, ptr unsafe.Pointer, v record.Value) {
	c, p, row := k.c, g.place, &event.Table[op]
	if k.search.Leads(s) && p == k.cur {
		k.touch(p, 0, search.Global)
	}
	switch row.By {
	case event.ByRow:
		k.row(p, row, ord)
	case event.ByAccess:
		k.memory(p, row.Touch, s, ord, ptr)
	case event.ByAtomic:
		k.atomic(g, row, flags, v.Flags, s, ord)
	case event.ByLock:
		k.lock(g, op, c.object(ptr), !row.Fails || v.Bits != 0)
	case event.ByGroup:
		k.group(g, op, s, c.object(ptr), int64(v.Bits))
	case event.ByCond:
		k.cond(c, g, row, ord, v)
	case event.ByOnce:
		k.search.History.Races.Acquire(p, ord, row.Takes)
		k.row(p, row, ord)
	case event.ByChannel:
		k.channel(p, row, (flags|v.Flags)&event.FlagClosed != 0, ord, (*hchan)(ptr)) // a select says it of the value
	case event.ByTimer:
		k.search.History.Races.Library(p)
	case event.ByClock:
		k.clock(p, op)
	case event.ByOutput:
		k.prints(p, row)
	case event.ByEnd:
		k.end(g, op)
	}
}

// row is an operation that does to its object what its row says.
func (k *seeker) row(p int, row *event.Row, ord uint32) {
	if row.Touch != event.TouchNone && row.Touch != search.Pass {
		k.touch(p, ord, row.Touch)
	}
}

// cond is the beginning of a Wait, which gives back a lock. That it is taken again is
// told when it is.
func (k *seeker) cond(c *control, g *g, row *event.Row, ord uint32, v record.Value) {
	if row.Wait != event.None {
		k.row(g.place, row, ord)
		k.lock(g, event.Unlock, c.object(*(*unsafe.Pointer)(unsafe.Pointer(&v.Bits))), true)
	}
}

// clock is told of one whose time has come.
func (k *seeker) clock(p int, op event.Op) {
	if op != event.Woke {
		return
	}
	for _, a := range k.passing() {
		k.touch(p, a.Object, a.Kind)
	}
}

func (k *seeker) prints(p int, row *event.Row) {
	if !k.values {
		k.touch(p, 0, row.Touch)
	}
}

// end is told that a goroutine ends. Main sees who is left, if it was announced:
// then there were others.
func (k *seeker) end(g *g, op event.Op) {
	switch {
	case op == event.Exit:
		k.touch(g.place, 0, search.Global)
	case op == event.End && g.ID == record.MainID && g.pend.op == event.End:
		k.counts(g)
	}
}

func (k *seeker) touch(p int, ord uint32, kind search.Kind) {
	k.search.History.Touch(p, search.Access{Object: ord, Kind: kind})
}

// memory is an access to a variable: a step only where somebody races for it.
func (k *seeker) memory(p int, kind search.Kind, s, ord uint32, at unsafe.Pointer) {
	races, visible, write := &k.search.History.Races, k.search.Visible(s), kind == search.Write
	races.Access(p, ord, write, false, s)
	if write && len(k.unseen) > 0 {
		k.wrote(p, at, s)
	}
	if visible {
		k.touch(p, ord, kind)
	}
	for _, part := range ctl.lines.parts[ord] {
		races.Access(p, part, write, false, s)
		if visible {
			k.touch(p, part, kind)
		}
	}
}

// atomic is an access to an atomic, whose value told says more of. One that is known
// to have failed has only looked.
func (k *seeker) atomic(g *g, row *event.Row, flags, told uint8, s, ord uint32) {
	p, kind := g.place, k.adding(g, row)
	switch {
	case kind == search.Bump:
		k.added(p, row, s, ord)
		return
	case row.Fails && flags&event.FlagFailed != 0:
		kind = search.Read
	}
	races, write := &k.search.History.Races, kind == search.Write
	races.Access(p, ord, write, true, s)
	races.Acquire(p, ord, row.Takes)
	switch {
	case !write:
	case row.Anew && (flags|told)&event.FlagNoValue == 0:
		races.Replace(p, ord, row.Gives)
	default:
		races.Release(p, ord, row.Gives)
	}
	k.touch(p, ord, kind)
	for _, part := range ctl.lines.parts[ord] {
		races.Access(p, part, write, true, s)
		k.touch(p, part, kind)
	}
}

// added is an addition to an atomic that does not look: it learns nothing.
func (k *seeker) added(p int, row *event.Row, s, ord uint32) {
	races := &k.search.History.Races
	races.Bump(p, ord, s)
	races.Release(p, ord, row.Gives)
	k.touch(p, ord, search.Bump)
	for _, part := range ctl.lines.parts[ord] {
		races.Access(p, part, true, true, s)
		k.touch(p, part, search.Write)
	}
}

// lock is an operation of a lock.
func (k *seeker) lock(g *g, op event.Op, o *object, got bool) {
	p, row, races := g.place, &event.Table[op], &k.search.History.Races
	kind := kindOfLock(o, op)
	if g.pend.obj == o {
		kind = taking(kind)
	}
	if got {
		races.Acquire(p, o.ord, row.Takes)
		races.Release(p, o.ord, row.Gives)
	}
	if kind == search.Try && got {
		k.touch(p, o.ord, search.Try)
		kind = search.Acquire
	}
	k.touch(p, o.ord, kind)
}

// group is an operation of a wait group. One that adds gives nothing.
func (k *seeker) group(g *g, op event.Op, s uint32, o *object, n int64) {
	p, row, races := g.place, &event.Table[op], &k.search.History.Races
	if op == event.WGDone {
		n = -1
	}
	if op == event.Wait {
		k.search.Waits(p, o.ord)
	} else {
		k.search.Adds(p, o.ord, s, int(n))
	}
	races.Acquire(p, o.ord, row.Takes)
	for _, a := range k.inGroup(&pending{op: op, site: s, about: o, adds: int32(n)}, o.ord) {
		if a.Kind == search.Done || a.Kind == search.DoneLast {
			races.Release(p, o.ord, row.Gives)
		}
		k.touch(p, a.Object, a.Kind)
	}
}

// channel is something that is done with a channel. That it is to be closed was told
// before.
func (k *seeker) channel(p int, row *event.Row, closed bool, ord uint32, h *hchan) {
	switch {
	case row.Gives == event.HandClosing:
		k.search.History.Races.Release(p, ord, row.Gives)
	case closed:
		k.search.History.Races.Acquire(p, ord, event.HandClosing)
		k.touch(p, ord, search.Drained)
		k.search.History.Closed(p, ord)
	default:
		k.comm(p, row.Touch == search.Send, ord, h)
	}
}

// comm is one side of something that goes over a channel; of an unbuffered one the
// sender's is told first.
func (k *seeker) comm(p int, send bool, ord uint32, h *hchan) {
	races, history := &k.search.History.Races, &k.search.History
	switch {
	case h.size == 0 && send:
		k.sender = p
	case h.size == 0:
		if k.sender < 0 {
			k.touch(p, 0, search.Global)
			return
		}
		races.Both(p, k.sender)
		other := k.sender
		if other == k.cur {
			other = p
		}
		history.Meet(k.cur, other, ord)
	case send:
		races.Sent(p, ord, int(h.size))
		history.Sent(p, ord, int(h.size))
	default:
		races.Received(p, ord)
		history.Received(p, ord)
	}
}

// touches is told what g does to an object without an event of its own, or before
// one that a panic may prevent.
func (k *seeker) touches(g *g, o *object, kind search.Kind) {
	k.touch(g.place, o.ord, kind)
}

// peeks is told that g's select is decided, whatever it chose: it has to do with
// all its channels.
func (k *seeker) peeks(g *g, sel *selection) {
	for i := range sel.cases {
		if o := sel.cases[i].obj; o != nil {
			k.touch(k.cur, o.ord, kindOfPeek(&sel.cases[i].comm))
		}
	}
}

// wakes is told that g wakes w.
func (k *seeker) wakes(g, w *g) {
	w.waker = k.search.History.Now()
	k.search.History.Races.Tell(g.place, w.place)
}

// woken is told that w goes on because of that.
func (k *seeker) woken(w *g) {
	k.search.History.Learn(w.place, w.waker)
}

// onceOver is told that g has done what is done once.
func (k *seeker) onceOver(g *g, o *object) {
	k.search.History.Races.Release(g.place, o.ord, event.HandOnce)
	k.search.History.LetGo(o.ord)
}

// library is told that g, which may be an alarm, does something of which only a
// library knows whom it concerns.
func (k *seeker) library(g *g) {
	k.search.History.Races.Library(g.place)
	k.touch(g.place, 0, search.Global)
}

// alone is told that main ends and nobody is left whom that cuts off. In another
// order there would have been: it sees who is there, unless it turns out that it did
// not return, but panicked.
func (k *seeker) alone(g *g) {
	k.search.History.Begin(g.place, false)
	k.cur, k.last = g.place, g
}

// prevents is told that an alarm will not ring.
func (k *seeker) prevents(g *g) {
	k.search.History.Prevented(g.place)
}

// partOf is told that an access is part of the step that g has begun. Where it
// races, that step is more than it was when it was announced.
func (k *seeker) partOf(g *g, s uint32) {
	if k.search.Visible(s) {
		k.search.Lead(g.pend.site)
	}
}

// timePassed is told that time has passed because nobody could go on.
func (k *seeker) timePassed() { k.search.History.Barrier() }

// sleptOn is told that on the virtual clock the time has come that g slept for.
func (k *seeker) sleptOn(g *g) { k.search.History.Woke(g.place) }

// retakes is told that g has taken back the lock of a condition.
func (k *seeker) retakes(g *g, o *object) { k.lock(g, event.Lock, o, true) }

// printsTo is told that g writes to something, wherever that is: one comes first.
func (k *seeker) printsTo(g *g) {
	if !k.values {
		k.touch(g.place, 0, search.Write)
	}
}

// printsHeld is told of a print that nobody can come before.
func (k *seeker) printsHeld(s uint32) { k.search.UnseenPrint(s) }
