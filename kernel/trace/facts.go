package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/model"
)

// The facts by which a run's end is judged. Those of a controlled run its scheduler
// has written down. Of another they are what the record tells: whoever is not
// certain to wait counts as one that could go on.

// facts judges a run that is built.
type facts struct{ *builder }

// judged returns how each lane stood when main returned, and what that comes to.
func (b facts) judged() ([]judge.Standing, judge.End) {
	all := make([]judge.Standing, len(b.rows))
	if b.log.End != judge.Unjudged {
		for lane := range b.rows {
			all[lane] = b.written(&b.rows[lane])
		}
		return all, b.log.End
	}
	f := judge.Facts{Outside: b.outside}
	for lane := range b.rows {
		r := &b.rows[lane]
		switch {
		case b.endOf(r) != event.None:
			continue
		case r.library && r.want < 0:
			f.Outside = true
			continue
		}
		all[lane] = b.standing(r)
		f.Add(all[lane])
	}
	if b.x.Status == model.Panicked || b.x.Status == model.Exited || b.x.Status == model.Waiting || b.x.Status == model.Asked {
		return all, judge.CutOff
	}
	return all, f.End()
}

// written is how the scheduler says that a goroutine stood. Of one with a high
// number it says nothing by itself: there are as many, and most wait.
func (b facts) written(r *row) judge.Standing {
	s, ok := b.log.Left[r.number]
	switch {
	case b.endOf(r) != event.None:
		return judge.Unknown
	case !ok && b.log.End == judge.Leak && r.started >= 0 && !r.library:
		return judge.Waiting
	}
	return s
}

// standing is how a goroutine stood that had not ended, as far as the record tells.
func (b facts) standing(r *row) judge.Standing {
	switch {
	case r.want < 0:
		return judge.Able
	case b.x.Events[r.want].Op == event.Sleep:
		return judge.Due
	case !b.blocks(r.want):
		return judge.Unknown // it may well have waited in vain
	case b.never(r.want):
		return judge.Stuck
	}
	return judge.Waiting
}

// never says whether a goroutine waits for what there is not.
func (b facts) never(want int) bool {
	switch e := &b.x.Events[want]; e.Op {
	case event.RecvWant, event.SendWant:
		return e.Object < 0
	case event.SelectWant:
		for _, c := range e.Cases {
			if c.Object >= 0 {
				return false
			}
		}
		return true
	}
	return false
}

// blocks says whether the goroutine that wants something cannot go on by
// itself, and that nothing it waits for has happened already.
func (b facts) blocks(want int) bool {
	e := &b.x.Events[want]
	if b.x.Status == model.Deadlock {
		return true // Go says so
	}
	switch e.Op {
	case event.Outside:
		return false
	case event.CondWant:
		return b.blocksCond(e)
	case event.SelectWant:
		return b.blocksSelect(want)
	case event.LockWant, event.RLockWant:
		l := b.locks[e.Object]
		return l != nil && (l.holder >= 0 || len(l.readers) > 0)
	case event.WaitWant:
		g := b.groups[e.Object]
		return g != nil && g.count > 0
	case event.RecvWant:
		return b.blocksRecv(e.Object)
	case event.SendWant:
		return b.blocksSend(want, e.Object)
	}
	return true
}

// blocksCond says whether a Wait waits for good: nobody has woken it.
func (b facts) blocksCond(e *model.Event) bool {
	c := b.conds[e.Object]
	if c == nil {
		return true
	}
	_, woken := c.woken[e.G]
	return !woken
}

// blocksSend says whether a send waits for good: nobody has received since it
// began to wait but what others sent.
func (b facts) blocksSend(want, object int) bool {
	if object < 0 {
		return true // a nil channel
	}
	c := b.channels.of(object)
	return c.closed < 0 && !c.unsent(b.builder) && b.freshAfter(c.recvs, want) <= after(c.all, want)
}

// freshAfter counts the receives that come after i, but for those that make no
// room: of what was sent before i to one who waited for it then.
func (b facts) freshAfter(recvs []int, i int) (n int) {
	for _, r := range recvs {
		if s := b.x.Events[r].Link; r > i && (s < 0 || s > i || !b.handedOver(s, r)) {
			n++
		}
	}
	return n
}

// handedOver says whether the goroutine that made receive r waited when send s
// was made, and did nothing else from then on.
func (b facts) handedOver(s, r int) bool {
	for i := r - 1; i >= 0; i-- {
		switch e := &b.x.Events[i]; {
		case e.G != b.x.Events[r].G || e.Op == event.Select:
		case e.Op == event.RecvWant || e.Op == event.SelectWant:
			return i < s
		default:
			return false
		}
	}
	return false
}

// after counts the events that come after i.
func after(events []int, i int) (n int) {
	for _, e := range events {
		if e > i {
			n++
		}
	}
	return n
}

// blocksRecv says whether a receive waits for good. What a channel brings that a
// library gave, or that is full again at some time, is not known.
func (b facts) blocksRecv(object int) bool {
	if object < 0 {
		return true // a nil channel
	}
	c := b.channels.of(object)
	return !b.mayFill(object) && c.closed < 0 && len(c.sends) == 0
}

// mayFill says whether a channel may be sent to, or closed, by something that is not
// recorded: a timer that was not stopped, a context with a deadline, a library.
func (b facts) mayFill(object int) bool {
	o := &b.x.Objects[object]
	if o.Timer {
		return !b.halted[o.Addr]
	}
	if c, ok := b.log.contexts[o.Addr]; ok {
		return b.mayEnd(c)
	}
	return b.given[object]
}

// mayEnd says whether a context may end, or has ended, without a record of it:
// because of its deadline, or with the one that it is made of.
func (b facts) mayEnd(c contextOf) bool {
	for range len(b.log.contexts) {
		if c.timed {
			return true
		}
		if c.parent == 0 {
			return false
		}
		parent, ok := b.log.contexts[c.parent]
		if !ok || b.closedAt(c.parent) {
			return true
		}
		c = parent
	}
	return true
}

// closedAt says whether the channel at an address was closed.
func (b facts) closedAt(addr uint64) bool {
	n, ok := b.objects.index[objectKey{addr, event.ClassChannel}]
	return ok && b.channels.of(n).closed >= 0
}
