package search

import "threading101/kernel/event"

// Touch says that goroutine p, whose step it is or who takes part in it, touches
// an object.
func (h *History) Touch(p int, a Access) {
	if !h.open {
		return
	}
	h.accs = append(h.accs, a)
	h.order(p, a)
	if a.Kind == Global {
		h.globals = append(h.globals, h.now())
		return
	}
	h.enter(h.now(), h.object(a.Object), a.Kind)
}

// TouchAll is Touch for one access to memory that concerns several objects: all of them
// are read, or all written. What it conflicts with is followed together, the latest
// first: where an earlier one is a race, it must be known what comes in between.
func (h *History) TouchAll(p int, all []Access) {
	if !h.open {
		return
	}
	for _, a := range all {
		o := h.object(a.Object)
		if a.Kind == Write {
			h.gather(o.reads...)
		}
		h.gather(o.bumps...)
		h.gather(o.write)
	}
	h.followFound(p)
	for _, a := range all {
		o := h.object(a.Object)
		if a.Kind == Read {
			h.learn(p, o.release)
		}
		h.accs = append(h.accs, a)
		h.enter(h.now(), o, a.Kind)
	}
}

// Precede is told, before what p does to a lock, of an object that all do with locks
// writes as well: whoever did so last comes before, and could come after, unless that
// is what let p go on, or comes before it.
func (h *History) Precede(p int, ord uint32, lock Access) {
	if !h.open {
		return
	}
	if e := h.object(ord).write; e > h.enabler(lock) {
		h.follow(p, e)
	}
}

// enabler is the last step that made an access to a lock possible, -1 if it is always
// possible.
func (h *History) enabler(a Access) int32 {
	o, best := h.object(a.Object), int32(-1)
	if a.Kind == Acquire {
		best = o.release
	}
	for _, e := range o.log {
		if event.Enables(e.kind, a.Kind) {
			best = max(best, e.step)
		}
	}
	return best
}

// order orders p behind the steps with which an access conflicts. A step that
// made it possible cannot have been made after it: that is no race.
func (h *History) order(p int, a Access) {
	if a.Kind == Global {
		for q := range h.procs {
			h.gather(h.procs[q].shown)
		}
		h.followFound(p)
		for q := range h.procs {
			h.learn(p, h.procs[q].last)
		}
		return
	}
	o := h.object(a.Object)
	switch a.Kind {
	case Read:
		h.followAll(p, o.bumps)
		h.follow(p, o.write)
		h.learn(p, o.release)
	case Bump:
		h.followAll(p, o.reads)
		h.follow(p, o.write)
	case Write:
		h.gather(o.reads...)
		h.gather(o.bumps...)
		h.gather(o.write)
		h.followFound(p)
	case Acquire: // a try that failed because of who had it then does not hide that one
		h.gather(o.reads...)
		h.gather(o.write)
		h.followFound(p)
		h.learn(p, o.release)
	case AddFirst, Add:
		h.followAll(p, o.reads)
	case DoneLast:
		h.follow(p, o.write)
	case Supply:
		h.followAll(p, o.taken)
	case Demand:
		h.followAll(p, o.given)
	case Wait:
		h.followAll(p, o.adds)
		h.observe(p, o)
	case Ask, Take, Share, Unshare, GiveUp, Attempt:
		h.orderShared(p, o, a.Kind)
	default:
		h.gatherOf(o, a.Kind)
		h.followFound(p)
	}
}

// gatherOf gathers the steps with which an access of several lists conflicts.
func (h *History) gatherOf(o *object, k Kind) {
	switch k {
	case Try:
		h.gather(o.release, o.write)
	case Release: // that has it who lets it go is usual, not certain
		h.gather(o.reads...)
		h.gather(o.release, o.write)
	case Send:
		h.gather(o.peeks...)
		h.gather(last(o.sends), o.closed, o.revoked)
	case Recv:
		h.gather(o.peeks...)
		h.gather(last(o.recvs), o.revoked)
	case Drained: // who receives last may have received instead of who did, or before the close, from who offered
		for i, e := range o.peeks {
			if o.looks[i] == Offers && e < o.shut {
				h.gather(e)
			}
		}
		h.gather(last(o.recvs), o.met)
	case Meet, Close:
		h.gather(o.peeks...)
		h.gather(o.closed, last(o.sends))
	case Peek:
		h.gather(o.closed, last(o.recvs), last(o.sends), o.revoked)
	case Offers, Awaits:
		for i, e := range o.peeks {
			if event.Conflict(k, o.looks[i]) {
				h.gather(e)
			}
		}
		h.gather(o.closed, last(o.sends))
	case Revoke:
		h.gather(o.peeks...)
		h.gather(last(o.recvs), last(o.sends), o.revoked)
	}
}

// gather collects steps for followFound, the latest last.
func (h *History) gather(all ...int32) {
	for _, e := range all {
		if e < 0 {
			continue
		}
		h.found = append(h.found, e)
		for i := len(h.found) - 1; i > 0 && h.found[i-1] > e; i-- {
			h.found[i-1], h.found[i] = h.found[i], h.found[i-1]
		}
	}
}

func (h *History) followFound(p int) {
	h.followAll(p, h.found)
	h.found = h.found[:0]
}

// followAll orders p behind several steps, the latest first: one that another of
// them follows is no race of its own. But where p could not go on, because the
// channel was full, there is nothing to reverse, and an earlier one may be a race.
func (h *History) followAll(p int, all []int32) {
	for _, e := range h.followAble(p, all) {
		h.learn(p, e)
	}
}

// followAble is followAll without the steps that p could not have come before:
// it returns these.
func (h *History) followAble(p int, all []int32) (late []int32) {
	h.late = h.late[:0]
	for i := len(all) - 1; i >= 0; i-- {
		switch e := all[i]; {
		case e < 0 || h.knows(p, e):
		case h.racing != nil && !h.racing(e, p):
			h.late = append(h.late, e)
		default:
			h.learn(p, e)
		}
	}
	return h.late
}

func last(all []int32) int32 {
	if len(all) == 0 {
		return -1
	}
	return all[len(all)-1]
}

// enter writes down what step e did to o.
func (h *History) enter(e int32, o *object, k Kind) {
	p := int(h.steps[e].proc)
	switch k {
	case Read, Try:
		o.reads = append(o.reads, e)
	case Write, Acquire:
		o.write, o.reads, o.bumps = e, o.reads[:0], o.bumps[:0]
	case Bump:
		o.bumps = append(o.bumps, e)
	case Release:
		o.release = e
	case AddFirst:
		o.write, o.adds = e, append(o.adds, e)
	case Add:
		o.adds = append(o.adds, e)
	case Done, DoneLast:
		h.publish(p, o)
	case Supply:
		o.given = append(o.given, e)
	case Demand:
		o.taken = append(o.taken, e)
	case Wait:
		o.reads = append(o.reads, e)
	case Meet:
		o.met = e
		o.sends = append(o.sends, e)
	case Send:
		o.sends = append(o.sends, e)
	case Recv:
		o.recvs = append(o.recvs, e)
	case Close:
		if o.closed < 0 {
			o.shut = e // later ones panic
		}
		o.closed = e
	case Peek, Offers, Awaits:
		o.peeks, o.looks = append(o.peeks, e), append(o.looks, k)
	case Revoke:
		o.revoked = e
	case Ask, Take, Share, Unshare, GiveUp, Attempt:
		o.log = append(o.log, entry{e, k})
	}
}

// Received says that p received the next value from a channel with a buffer: its
// send comes before.
func (h *History) Received(p int, ord uint32) {
	o := h.object(ord)
	n := len(o.recvs)
	h.Touch(p, Access{ord, Recv})
	if n < len(o.sends) {
		h.learn(p, o.sends[n])
	}
}

// Sent says that p sent over a channel with room for so many values: that there
// was room, it owes to who received the value that was there before.
func (h *History) Sent(p int, ord uint32, room int) {
	o := h.object(ord)
	n := len(o.sends) - room
	h.Touch(p, Access{ord, Send})
	if n >= 0 && n < len(o.recvs) {
		h.learn(p, o.recvs[n])
	}
}

// Closed says that p found the channel closed.
func (h *History) Closed(p int, ord uint32) { h.learn(p, h.object(ord).shut) }

// Took says that the step being made also takes the next value out of a channel.
func (h *History) Took(ord uint32) {
	o := h.object(ord)
	o.recvs = append(o.recvs, h.now())
}

// Unnoticed says whether the last step of p is none that is counted, and q does
// not know of it.
func (h *History) Unnoticed(p, q int) bool {
	e := h.procs[p].last
	return e >= 0 && !h.steps[e].counted && !h.knows(q, e)
}

// Prevented says that the step being made keeps p from what it could have done.
func (h *History) Prevented(p int) {
	h.follow(p, h.now())
}

// LetGo says that the step being made lets go of an object.
func (h *History) LetGo(ord uint32) { h.object(ord).release = h.now() }

// Now is the number of the step being made, for Learn.
func (h *History) Now() int32 { return h.now() }

// Learn says that p goes on because of step e.
func (h *History) Learn(p int, e int32) { h.learn(p, e) }

// Meet says that q takes part in p's step, in which something goes over the
// channel.
func (h *History) Meet(p, q int, ord uint32) {
	if !h.open {
		return
	}
	a := Access{ord, Meet}
	h.order(q, a)
	h.order(p, a)
	h.meet(p, q)
	h.accs = append(h.accs, a)
	h.enter(h.now(), h.object(ord), Meet)
}

// Pending says what p would do next, at the end of a run, if it could, or what it
// could do if it had not waited in vain: had it come earlier, another run would
// have come of it.
func (h *History) Pending(p int, can bool, all []Access) {
	h.Finish()
	for _, a := range all {
		h.order(p, a)
	}
	if can || len(all) > 0 {
		h.followAll(p, h.globals) // last: main's end follows much that would be taken for known
	}
}
