package seek

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// What was done, as a search sees it.

// Noted is told of each event of a run.
func (k *seeker) Noted(g *control.G, op event.Op, flags uint8, s, ord uint32, ptr unsafe.Pointer, v record.Value) {
	c, p, row := k.c, g.Proc, &event.Table[op]
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
		k.lock(g, op, s, c.Object(ptr), !row.Fails || v.Bits != 0)
	case event.ByGroup:
		k.group(g, op, s, c.Object(ptr), int64(v.Bits))
	case event.ByCond:
		k.cond(c, g, row, ord, v)
	case event.ByOnce:
		k.once(p, op, s, c.Object(ptr))
	case event.ByChannel:
		k.channel(p, row, (flags|v.Flags)&event.FlagClosed != 0, ord, (*control.Channel)(ptr)) // a select says it of the value
	case event.ByTimer:
		k.search.History.Races.Library(p)
	case event.ByClock:
		k.clock(p, op)
	case event.ByOutput:
		k.prints(p, row)
	case event.ByFile:
		for _, a := range onFiles(&g.Pending) {
			k.touch(p, a.Object, a.Kind)
		}
	case event.ByStatement:
		if !g.Pending.Unnoticed {
			k.row(p, row, ord)
		}
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
func (k *seeker) cond(c *control.Scheduler, g *control.G, row *event.Row, ord uint32, v record.Value) {
	if row.Wait != event.None {
		k.row(g.Proc, row, ord)
		k.lock(g, event.Unlock, 0, c.Object(*(*unsafe.Pointer)(unsafe.Pointer(&v.Bits))), true)
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
func (k *seeker) end(g *control.G, op event.Op) {
	switch {
	case op == event.Exit:
		k.touch(g.Proc, 0, search.Global)
	case op == event.End && g.ID == record.MainID && g.Pending.Op == event.End:
		k.Counts(g)
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
	for _, part := range control.Active.Parts(ord) {
		races.Beside(p, part.Ord, write, false, s)
	}
	if visible {
		k.touchParts(p, s, ord, kind)
	}
}

// touchParts is told of an access, at a site, to an object and to all that have bytes in
// common with it.
func (k *seeker) touchParts(p int, s, ord uint32, kind search.Kind) {
	k.several = append(k.several[:0], search.Access{Object: ord, Kind: kind})
	for _, part := range control.Active.Parts(ord) {
		k.several = append(k.several, search.Access{Object: part.Ord, Kind: kind})
	}
	if k.c.Watches() && k.search.Monitors(s) {
		k.several = append(k.several, moments())
	}
	if len(k.several) == 1 {
		k.touch(p, ord, kind)
		return
	}
	k.search.History.TouchAll(p, k.several)
}

// atomic is an access to an atomic, whose value told says more of. One that is known
// to have failed has only looked, and tells others nothing. For the search it is what
// it was announced as, all the same: with less than that, it would try, and count,
// some executions twice.
func (k *seeker) atomic(g *control.G, row *event.Row, flags, told uint8, s, ord uint32) {
	p, kind := g.Proc, k.adding(g, row)
	if kind == search.Bump {
		k.added(p, row, s, ord)
		return
	}
	races, write := &k.search.History.Races, kind == search.Write && !(row.Fails && (flags|told)&event.FlagFailed != 0)
	races.Access(p, ord, write, true, s)
	races.Acquire(p, ord, row.Takes)
	switch {
	case !write:
	case row.Anew && (flags|told)&event.FlagNoValue == 0:
		races.Replace(p, ord, row.Gives)
	default:
		races.Release(p, ord, row.Gives)
	}
	for _, part := range control.Active.Parts(ord) {
		races.Beside(p, part.Ord, write, true, s)
	}
	k.touchParts(p, s, ord, kind)
}

// added is an addition to an atomic that does not look: it learns nothing.
func (k *seeker) added(p int, row *event.Row, s, ord uint32) {
	races := &k.search.History.Races
	races.Bump(p, ord, s)
	races.Release(p, ord, row.Gives)
	k.touch(p, ord, search.Bump)
	for _, part := range control.Active.Parts(ord) {
		races.Beside(p, part.Ord, true, true, s)
		k.touch(p, part.Ord, search.Write)
	}
}

// once is an operation of a Once. Who does what is done once changes it; who finds it
// done only looks.
func (k *seeker) once(p int, op event.Op, s uint32, o *control.Object) {
	row := &event.Table[op]
	if op == event.OnceDo {
		k.used(p, o, s)
	}
	k.search.History.Races.Acquire(p, o.Ord, row.Takes)
	k.row(p, row, o.Ord)
}

// lock is an operation of a lock, at a site if it is one that can race.
func (k *seeker) lock(g *control.G, op event.Op, s uint32, o *control.Object, got bool) {
	p, row, races := g.Proc, &event.Table[op], &k.search.History.Races
	kind := kindOfLock(o, op)
	if g.Pending.Object == o {
		kind = taking(kind)
	}
	if got {
		k.reached(p, o, s)
		races.Acquire(p, o.Ord, row.Takes)
		k.used(p, o, s)
		races.Release(p, o.Ord, row.Gives)
		k.locks(p, o, row.Hold.Takes())
	}
	k.momentComes(p, search.Access{Object: o.Ord, Kind: kind})
	if kind == search.Try && got {
		k.touch(p, o.Ord, search.Try)
		kind = search.Acquire
	}
	k.touch(p, o.Ord, kind)
	k.momentPasses(p)
}

// group is an operation of a wait group. One that adds gives nothing.
func (k *seeker) group(g *control.G, op event.Op, s uint32, o *control.Object, n int64) {
	p, row, races := g.Proc, &event.Table[op], &k.search.History.Races
	if op == event.WGDone {
		n = -1
	}
	if op == event.Wait {
		k.search.Waits(p, o.Ord)
	} else {
		k.search.Adds(p, o.Ord, s, int(n))
	}
	races.Acquire(p, o.Ord, row.Takes)
	if op != event.Wait {
		k.used(p, o, 0)
	}
	for _, a := range k.inGroup(&control.Pending{Op: op, Site: s, About: o, Adds: int32(n)}, o.Ord) {
		if a.Kind == search.Done || a.Kind == search.DoneLast {
			races.Release(p, o.Ord, row.Gives)
		}
		k.touch(p, a.Object, a.Kind)
	}
}

// channel is something that is done with a channel. That it is to be closed was told
// before.
func (k *seeker) channel(p int, row *event.Row, closed bool, ord uint32, h *control.Channel) {
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
func (k *seeker) comm(p int, send bool, ord uint32, h *control.Channel) {
	races, history := &k.search.History.Races, &k.search.History
	switch {
	case h.Size == 0 && send:
		k.sender = p
	case h.Size == 0:
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
		races.Sent(p, ord, int(h.Size))
		history.Sent(p, ord, int(h.Size))
	default:
		races.Received(p, ord)
		history.Received(p, ord)
	}
}

// Touches is told what g does to an object without an event of its own, or before
// one that a panic may prevent.
func (k *seeker) Touches(g *control.G, o *control.Object, kind search.Kind) {
	if kind == search.Ask { // a lock, which it would have taken had it been free
		k.momentComes(g.Proc, search.Access{Object: o.Ord, Kind: kind})
		defer k.momentPasses(g.Proc)
	}
	k.touch(g.Proc, o.Ord, kind)
}

// Peeks is told that g's select is decided, whatever it chose: it has to do with
// all its channels.
func (k *seeker) Peeks(g *control.G, sel *control.Selection) {
	for i := range sel.Cases {
		if o := sel.Cases[i].Object; o != nil {
			k.touch(k.cur, o.Ord, kindOfPeek(&sel.Cases[i].Comm))
		}
	}
}

// Wakes is told that g wakes w.
func (k *seeker) Wakes(g, w *control.G) {
	w.Waker = k.search.History.Now()
	k.search.History.Races.Tell(g.Proc, w.Proc)
}

// Woken is told that w goes on because of that.
func (k *seeker) Woken(w *control.G) {
	k.search.History.Learn(w.Proc, w.Waker)
}

// Releases is told that a statement of g let that of w go on. No memory is ordered by
// that: the language knows of no database.
func (k *seeker) Releases(_, w *control.G) { w.Waker = k.search.History.Now() }

// OnceOver is told that g has done what is done once.
func (k *seeker) OnceOver(g *control.G, o *control.Object) {
	k.used(g.Proc, o, 0)
	k.search.History.Races.Release(g.Proc, o.Ord, event.HandOnce)
	k.search.History.LetGo(o.Ord)
}

// Library is told that g, which may be an alarm, does something in a library that may
// concern any other goroutine.
func (k *seeker) Library(g *control.G) {
	k.search.History.Races.Library(g.Proc)
	k.touch(g.Proc, 0, search.Global)
}

// Alone is told that main ends and nobody is left whom that cuts off. In another
// order there would have been: it sees who is there, unless it turns out that it did
// not return, but panicked.
func (k *seeker) Alone(g *control.G) {
	k.search.History.Begin(g.Proc, false)
	k.cur, k.last = g.Proc, g
}

// Prevents is told that an alarm will not ring.
func (k *seeker) Prevents(g *control.G) {
	k.search.History.Prevented(g.Proc)
}

// PartOf is told that an access is part of the step that g has begun. Where it
// races, that step is more than it was when it was announced.
func (k *seeker) PartOf(g *control.G, s uint32) {
	if k.search.Visible(s) {
		k.search.Lead(g.Pending.Site)
	}
}

// TimePassed is told that time has passed because nobody could go on.
func (k *seeker) TimePassed() { k.search.History.Barrier() }

// SleptOn is told that on the virtual clock the time has come that g slept for.
func (k *seeker) SleptOn(g *control.G) { k.search.History.Woke(g.Proc) }

// Retakes is told that g has taken back the lock of a condition.
func (k *seeker) Retakes(g *control.G, o *control.Object) { k.lock(g, event.Lock, 0, o, true) }

// PrintsTo is told that g writes to something, wherever that is: one comes first.
func (k *seeker) PrintsTo(g *control.G) {
	if !k.values {
		k.touch(g.Proc, 0, search.Write)
	}
}

// PrintsHeld is told of a print that nobody can come before.
func (k *seeker) PrintsHeld(s uint32) { k.search.UnseenPrint(s) }

// StraysTo is told that what is done to a file is not controlled.
func (k *seeker) StraysTo(s uint32, file string) { k.search.UntriedFile(s, file) }

// MakesUp is told that a database makes up a value, which differs from run to run.
func (k *seeker) MakesUp(s uint32, what string) { k.search.UntriedValue(s, what) }
