package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/rt/record"
)

// How a run ended whose main returned is judged by [judge.Facts]. These are the
// facts of a controlled run, of a search or of one that is recorded alike.

// Brings is what an alarm will do when it rings, as far as others wait for it. The
// alarm of one who sleeps has none: that is the goroutine's own standing.
type Brings struct {
	channel unsafe.Pointer // it is filled, nil for none
	Ends    unsafe.Pointer // the Done channel of a context that ends, nil for none
	starts  *Later         // a function, nil for none
}

// Judged is how the run ended, now that main has returned.
func Judged(c *Scheduler) judge.End {
	f := facts(c)
	end := f.End()
	if end == judge.Leak && f.Waiting > 0 && unmanagedStay(c) {
		f.Outside = true
		end = f.End()
	}
	return end
}

// facts counts the standings of all who are left.
func facts(c *Scheduler) (f judge.Facts) {
	for _, g := range c.all {
		if !g.Over && g.ID != record.MainID {
			f.Add(g.standing(c))
		}
	}
	f.Going += awaiting(c)
	return f
}

// standing is how g stands.
func (g *G) standing(c *Scheduler) judge.Standing {
	p := &g.Pending
	switch {
	case g.MayGoOn(), c.early && !g.moved:
		return judge.Able
	case p.Op == event.Woke || p.comes(c):
		return judge.Due
	case p.never():
		return judge.Stuck
	}
	return judge.Waiting
}

// MayBeEarly says whether, on the free clock, main's return may be too early for
// somebody to have come to the first operation, in which it now waits: a new
// goroutine goes on to that at once, and how long it takes is open.
func MayBeEarly(c *Scheduler) bool {
	if !c.Free() {
		return false
	}
	for _, g := range c.all {
		if !g.Over && !g.moved && g.ID != record.MainID && !g.unmanaged && g.Pending.Listed && !g.could() {
			return true
		}
	}
	return false
}

// could says whether what g announced can be done, even if it is put aside
// because it looks again and again.
func (g *G) could() bool {
	if g.Pending.can != nil {
		return g.Pending.Object.Group.opened
	}
	return g.Pending.state == able
}

// MayGoOn says whether g can go on, or will have come to where it can be told. An alarm
// can if it can ring.
func (g *G) MayGoOn() bool {
	if g.Fire != nil {
		return g.GoesOn()
	}
	return !g.Over && (g.away || !g.Pending.Listed || g.could())
}

// never says whether a wait is for nothing that there is.
func (p *Pending) never() bool {
	switch {
	case p.Object != nil || p.Op != event.Send && p.Op != event.Recv && p.Op != event.Select:
		return false
	case p.Select == nil:
		return true
	}
	for i := range p.Select.Cases {
		if p.Select.Cases[i].Ch != nil {
			return false
		}
	}
	return true
}

// comes says whether a pending alarm will bring what p waits for.
func (p *Pending) comes(c *Scheduler) bool {
	if p.Comm == nil && p.Select == nil {
		return false
	}
	return anyAlarm(c, func(b *Brings) bool { return b.lets(c, p) })
}

// lets says whether an alarm lets go on who waits for p.
func (b *Brings) lets(c *Scheduler, p *Pending) bool {
	if p.Select == nil {
		return b.letsOn(c, p.Comm)
	}
	for i := range p.Select.Cases {
		if b.letsOn(c, &p.Select.Cases[i].Comm) {
			return true
		}
	}
	return false
}

func (b *Brings) letsOn(c *Scheduler, m *Comm) bool {
	return !m.Send && m.Ch != nil && (m.Ch == b.channel || b.Ends != nil && endsWith(c, m.Ch, b.Ends))
}

// endsWith says whether the context whose Done channel is ch ends when that of
// done does: it is the same, or made of it.
func endsWith(c *Scheduler, ch, done unsafe.Pointer) bool {
	for ch != nil && ch != done {
		ch = c.Library.Contexts[ch]
	}
	return ch != nil
}

// anyAlarm says whether any is pending for which is holds: one that has not rung,
// or whose time has come and that was not chosen.
func anyAlarm(c *Scheduler, is func(*Brings) bool) bool {
	for _, a := range c.alarms.all {
		if is(&a.Brings) {
			return true
		}
	}
	for _, g := range c.Ready {
		if g.alarm != nil && is(&g.alarm.Brings) {
			return true
		}
	}
	return false
}

// awaiting is 1 if a function is still to be started by an alarm, or by the end of
// a context that an alarm brings.
func awaiting(c *Scheduler) int {
	starts := func(b *Brings) bool {
		if b.starts != nil {
			return true
		}
		for _, w := range c.Library.Watches {
			if b.Ends != nil && endsWith(c, w.done(), b.Ends) {
				return true
			}
		}
		return false
	}
	if anyAlarm(c, starts) {
		return 1
	}
	return 0
}

func (w *Watch) done() unsafe.Pointer { return DonePtr(w.C) }

// unmanagedStay says whether goroutines are there that are not under control. One
// that has ended takes a moment to be gone; one of iter.Pull does nothing but for
// whom it belongs to.
func unmanagedStay(c *Scheduler) bool {
	return !settle(c, func() bool { return c.Backend.others(c) <= 0 || !Audit(c).unmanaged() })
}

// testify writes the facts into the recording, for whoever reads it: how each who
// is left stands, and what is judged of all.
func testify(c *Scheduler) {
	for _, g := range c.all {
		if !g.Over && g.ID != record.MainID {
			stands(g.ID, g.standing(c))
		}
	}
	testifyUnborn(c)
	*record.Word(record.Ring, event.OffEnd) = uint64(Judged(c))
}

// testifyUnborn does it for those who were promised and have not begun: an alarm
// will start them, or a context that ends.
func testifyUnborn(c *Scheduler) {
	for _, w := range c.Library.Watches {
		w.L.stand(judge.Unborn)
	}
	anyAlarm(c, func(b *Brings) bool {
		if b.starts != nil {
			b.starts.stand(judge.Due)
		}
		for _, w := range c.Library.Watches {
			if b.Ends != nil && endsWith(c, w.done(), b.Ends) {
				w.L.stand(judge.Due)
			}
		}
		return false
	})
}

// stand notes how those stand who were asked for and have not begun.
func (l *Later) stand(s judge.Standing) {
	for _, g := range l.waiting {
		stands(g.ID, s)
	}
}

// stands notes how a goroutine stands. Those of high numbers have no place.
func stands(id uint32, s judge.Standing) {
	if slot, ok := event.EndedSlot(id); ok {
		*(*uint8)(unsafe.Add(record.Ring, slot)) = event.LeftAs(uint8(s))
	}
}
