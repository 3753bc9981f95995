package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/search"
)

// What was done, as a search sees it.

// seen is told of each event of a run.
func (k *seeker) seen(c *control, g *g, op event.Op, flags uint8, s, ord uint32, ptr unsafe.Pointer, v value) {
	p, races := g.place, &k.search.History.Races
	if k.search.Leads(s) && p == k.cur {
		k.touch(p, 0, search.Global)
	}
	switch op {
	case event.Load, event.Store:
		k.memory(p, op == event.Store, s, ord, ptr)
	case event.AtomicAdd:
		k.added(g, s, ord)
	case event.AtomicLoad, event.AtomicStore, event.AtomicSwap, event.AtomicCAS:
		k.atomic(p, op != event.AtomicLoad && (op != event.AtomicCAS || flags&event.FlagFailed == 0), s, ord)
	case event.Lock, event.RLock, event.Unlock, event.RUnlock, event.TryLock, event.TryRLock:
		k.lock(g, op, c.object(ptr), op != event.TryLock && op != event.TryRLock || v.bits != 0)
	case event.WGAdd, event.WGDone, event.Wait:
		k.group(p, op, c.object(ptr), int64(v.bits))
	case event.Send, event.Recv:
		k.comm(p, op == event.Send, (flags|v.flags)&event.FlagClosed != 0, ord, (*hchan)(ptr)) // a select says it of the value
	case event.Close:
		races.Release(p, 2*ord)
	case event.CondWant:
		k.touch(p, ord, search.Write)
		k.lock(g, event.Unlock, c.object(*(*unsafe.Pointer)(unsafe.Pointer(&v.bits))), true)
	case event.Signal, event.Broadcast:
		k.touch(p, ord, search.Write)
	case event.OnceDo:
		k.touch(p, ord, search.Acquire)
	case event.Once:
		races.Acquire(p, 2*ord)
		k.touch(p, ord, search.Read)
	case event.Print:
		if !k.values {
			k.touch(p, 0, search.Write)
		}
	case event.Woke:
		for _, a := range k.passing() {
			k.touch(p, a.Object, a.Kind)
		}
	case event.StopTimer, event.Timer, event.Never:
		races.Library(p)
	case event.Exit:
		k.touch(p, 0, search.Global)
	case event.End:
		if g.id == mainID && g.pend.op == event.End { // it was announced: there were others
			k.census(g)
		}
	}
}

func (k *seeker) touch(p int, ord uint32, kind search.Kind) {
	k.search.History.Touch(p, search.Access{Object: ord, Kind: kind})
}

// memory is an access to a variable: a step only where somebody races for it.
func (k *seeker) memory(p int, write bool, s, ord uint32, at unsafe.Pointer) {
	races, visible := &k.search.History.Races, k.search.Visible(s)
	races.Access(p, ord, write, false, s)
	if write && len(k.unseen) > 0 {
		k.wrote(p, at, s)
	}
	if visible {
		k.touch(p, ord, readOrWrite(write))
	}
	for _, part := range ctl.lines.parts[ord] {
		races.Access(p, part, write, false, s)
		if visible {
			k.touch(p, part, readOrWrite(write))
		}
	}
}

func (k *seeker) atomic(p int, write bool, s, ord uint32) {
	races := &k.search.History.Races
	races.Access(p, ord, write, true, s)
	races.Acquire(p, 2*ord)
	if write {
		races.Release(p, 2*ord)
	}
	k.touch(p, ord, readOrWrite(write))
	for _, part := range ctl.lines.parts[ord] {
		races.Access(p, part, write, true, s)
		k.touch(p, part, readOrWrite(write))
	}
}

// added is an addition to an atomic.
func (k *seeker) added(g *g, s, ord uint32) {
	if k.adding(g) == search.Write {
		k.atomic(g.place, true, s, ord)
		return
	}
	races := &k.search.History.Races
	races.Bump(g.place, ord, s)
	races.Release(g.place, 2*ord)
	k.touch(g.place, ord, search.Bump)
	for _, part := range ctl.lines.parts[ord] {
		races.Access(g.place, part, true, true, s)
		k.touch(g.place, part, search.Write)
	}
}

// lock is an operation of a lock. What writers let go is apart from what readers
// let go: only a writer waits for those.
func (k *seeker) lock(g *g, op event.Op, o *object, got bool) {
	p, races := g.place, &k.search.History.Races
	kind := o.kindOf(op)
	if g.pend.obj == o {
		kind = taking(kind)
	}
	switch op {
	case event.Unlock:
		races.Release(p, 2*o.ord)
	case event.RUnlock:
		races.Release(p, 2*o.ord+1)
	case event.Lock, event.TryLock:
		if got {
			races.Acquire(p, 2*o.ord)
			races.Acquire(p, 2*o.ord+1)
		}
	case event.RLock, event.TryRLock:
		if got {
			races.Acquire(p, 2*o.ord)
		}
	}
	if kind == search.Try && got {
		k.touch(p, o.ord, search.Try)
		kind = search.Acquire
	}
	k.touch(p, o.ord, kind)
}

func (k *seeker) group(p int, op event.Op, o *object, n int64) {
	races := &k.search.History.Races
	at := pending{op: op, about: o, less: n < 0}
	kind := at.groupKind()
	switch kind {
	case search.Done, search.DoneLast:
		races.Release(p, 2*o.ord)
	case search.Wait:
		races.Acquire(p, 2*o.ord)
	}
	k.touch(p, o.ord, kind)
}

// comm is one side of something that goes over a channel; of an unbuffered one the
// sender's is told first.
func (k *seeker) comm(p int, send, closed bool, ord uint32, h *hchan) {
	races, history := &k.search.History.Races, &k.search.History
	switch {
	case closed:
		races.Acquire(p, 2*ord)
		k.touch(p, ord, search.Drained)
		history.Closed(p, ord)
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
	if k != nil {
		k.touch(g.place, o.ord, kind)
	}
}

// peeked is told that g's select is decided, whatever it chose: it has to do with
// all its channels.
func (k *seeker) peeked(g *g, sel *selection) {
	if k == nil {
		return
	}
	for i := range sel.cases {
		if o := sel.cases[i].obj; o != nil {
			k.touch(k.cur, o.ord, sel.cases[i].peek())
		}
	}
}

// wakes is told that g wakes w.
func (k *seeker) wakes(g, w *g) {
	if k == nil {
		return
	}
	w.waker = k.search.History.Now()
	k.search.History.Races.Tell(g.place, w.place)
}

// woken is told that w goes on because of that.
func (k *seeker) woken(w *g) {
	if k != nil {
		k.search.History.Learn(w.place, w.waker)
	}
}

// onceOver is told that g has done what is done once.
func (k *seeker) onceOver(g *g, o *object) {
	if k != nil {
		k.search.History.Races.Release(g.place, 2*o.ord)
		k.search.History.LetGo(o.ord)
	}
}

// library is told that g, which may be an alarm, does something of which only a
// library knows whom it concerns.
func (k *seeker) library(g *g) {
	if k != nil {
		k.search.History.Races.Library(g.place)
		k.touch(g.place, 0, search.Global)
	}
}

// last is told that main ends and nobody is left whom that cuts off. In another
// order there would have been.
func (k *seeker) last(g *g) {
	if k == nil {
		return
	}
	k.search.History.Begin(g.place, false)
	k.cur = g.place
	k.census(g)
}

// prevents is told that an alarm will not ring.
func (k *seeker) prevents(g *g) {
	if k != nil {
		k.search.History.Prevented(g.place)
	}
}

// partOf is told that an access is part of the step that g has begun. Where it
// races, that step is more than it was when it was announced.
func (k *seeker) partOf(g *g, s uint32) {
	if k != nil && k.search.Visible(s) {
		k.search.Lead(g.pend.site)
	}
}

// passed is told that time has passed because nobody could go on.
func (k *seeker) passed() {
	if k != nil {
		k.search.History.Barrier()
	}
}
