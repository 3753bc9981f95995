package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/rt/record"
)

// How a run ended whose main returned is judged by [judge.Facts]. These are the
// facts of a controlled run, of a search or of one that is recorded alike.

// brings is what an alarm will do when it rings, as far as others wait for it. The
// alarm of one who sleeps has none: that is the goroutine's own standing.
type brings struct {
	channel unsafe.Pointer // it is filled, nil for none
	ends    unsafe.Pointer // the Done channel of a context that ends, nil for none
	starts  *Later         // a function, nil for none
}

// judged is how the run ended, now that main has returned.
func (c *control) judged() judge.End {
	f := c.facts()
	end := f.End()
	if end == judge.Leak && f.Waiting > 0 && c.strangersStay() {
		f.Outside = true
		end = f.End()
	}
	return end
}

// facts counts the standings of all who are left.
func (c *control) facts() (f judge.Facts) {
	for _, g := range c.all {
		if !g.over && g.ID != record.MainID {
			f.Add(c.standing(g))
		}
	}
	f.Going += c.awaiting()
	return f
}

// standing is how g stands.
func (c *control) standing(g *g) judge.Standing {
	p := &g.pend
	switch {
	case g.away || !p.listed || g.could(), c.early && !g.moved:
		return judge.Able
	case p.op == event.Woke || c.comes(p):
		return judge.Due
	case p.never():
		return judge.Stuck
	}
	return judge.Waiting
}

// mayBeEarly says whether, on the free clock, main's return may be too early for
// somebody to have come to the first operation, in which it now waits: a new
// goroutine goes on to that at once, and how long it takes is open.
func (c *control) mayBeEarly() bool {
	if !c.free() {
		return false
	}
	for _, g := range c.all {
		if !g.over && !g.moved && g.ID != record.MainID && !g.foreign && g.pend.listed && !g.could() {
			return true
		}
	}
	return false
}

// could says whether what g announced can be done, be it that it is put aside
// because it looks again and again.
func (g *g) could() bool {
	if g.pend.can != nil {
		return g.pend.obj.group.opened
	}
	return g.pend.state == able
}

// never says whether a wait is for nothing that there is.
func (p *pending) never() bool {
	switch {
	case p.obj != nil || p.op != event.Send && p.op != event.Recv && p.op != event.Select:
		return false
	case p.sel == nil:
		return true
	}
	for i := range p.sel.cases {
		if p.sel.cases[i].ch != nil {
			return false
		}
	}
	return true
}

// comes says whether a pending alarm will bring what p waits for.
func (c *control) comes(p *pending) bool {
	if p.comm == nil && p.sel == nil {
		return false
	}
	return c.anyAlarm(func(b *brings) bool { return c.brings(b, p) })
}

// brings says whether an alarm lets go on who waits for p.
func (c *control) brings(b *brings, p *pending) bool {
	if p.sel == nil {
		return c.bringsOn(b, p.comm)
	}
	for i := range p.sel.cases {
		if c.bringsOn(b, &p.sel.cases[i].comm) {
			return true
		}
	}
	return false
}

func (c *control) bringsOn(b *brings, m *comm) bool {
	return !m.send && m.ch != nil && (m.ch == b.channel || b.ends != nil && c.endsWith(m.ch, b.ends))
}

// endsWith says whether the context whose Done channel is ch ends when that of
// done does: it is the same, or made of it.
func (c *control) endsWith(ch, done unsafe.Pointer) bool {
	for ch != nil && ch != done {
		ch = c.lib.contexts[ch]
	}
	return ch != nil
}

// anyAlarm says whether any is pending for which is holds: one that has not rung,
// or whose time has come and that was not chosen.
func (c *control) anyAlarm(is func(*brings) bool) bool {
	for _, a := range c.alarms.all {
		if is(&a.brings) {
			return true
		}
	}
	for _, g := range c.ready {
		if g.alarm != nil && is(&g.alarm.brings) {
			return true
		}
	}
	return false
}

// awaiting is 1 if a function is still to be started by an alarm, or by the end of
// a context that an alarm brings.
func (c *control) awaiting() int {
	starts := func(b *brings) bool {
		if b.starts != nil {
			return true
		}
		for _, w := range c.lib.watches {
			if b.ends != nil && c.endsWith(w.done(), b.ends) {
				return true
			}
		}
		return false
	}
	if c.anyAlarm(starts) {
		return 1
	}
	return 0
}

func (w *Watch) done() unsafe.Pointer { return donePtr(w.c) }

// strangersStay says whether goroutines are there that are not under control. One
// that has ended takes a moment to be gone; one of iter.Pull does nothing but for
// whom it belongs to.
func (c *control) strangersStay() bool {
	return !c.settle(func() bool { return c.hold.others(c) <= 0 || !c.census().strangers() })
}

// testify writes the facts into the recording, for whoever reads it: how each who
// is left stands, and what is judged of all.
func (c *control) testify() {
	for _, g := range c.all {
		if !g.over && g.ID != record.MainID {
			stands(g.ID, c.standing(g))
		}
	}
	c.testifyUnborn()
	*record.Word(record.Ring, event.OffEnd) = uint64(c.judged())
}

// testifyUnborn does it for those who were promised and have not begun: an alarm
// will start them, or a context that ends.
func (c *control) testifyUnborn() {
	for _, w := range c.lib.watches {
		w.l.stand(judge.Unborn)
	}
	c.anyAlarm(func(b *brings) bool {
		if b.starts != nil {
			b.starts.stand(judge.Due)
		}
		for _, w := range c.lib.watches {
			if b.ends != nil && c.endsWith(w.done(), b.ends) {
				w.l.stand(judge.Due)
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
