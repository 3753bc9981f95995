package rt

import (
	"runtime"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// comm is an announced send or receive. What is sent over an unbuffered channel
// goes from place to place: both sides are done in one step, that of whichever
// is chosen first. Buffers are those of the real channels.
type comm struct {
	ch    unsafe.Pointer
	send  bool
	place unsafe.Pointer                // the value to send, or where the received one goes
	ok    bool                          // received a value, not the end of a closed channel
	move  func(dst, src unsafe.Pointer) // copies a value
	value func() record.Value           // what is at place, for the recording
}

// canComm says whether g's side of a communication can be done.
func (c *control) canComm(g *g, m *comm) bool {
	h := (*hchan)(m.ch)
	switch {
	case h == nil:
		return false
	case h.closed != 0, h.timer != nil:
		return true // of a library's timer only Go knows; the watchdog sees who waits
	case m.send:
		return h.recvq[0] != nil || (h.count < h.size || c.hasPartner(g, m)) && c.inLine(g, m)
	}
	return h.sendq[0] != nil || (h.count > 0 || c.hasPartner(g, m)) && c.inLine(g, m)
}

// inLine says whether nobody waits for the same on a channel since an earlier
// time: who has been waiting for certain is served first, as in Go.
// Of those who announced it since time last passed none is known to be there yet.
func (c *control) inLine(g *g, m *comm) bool {
	o := c.objectAt(m.ch)
	return o == nil || o.line.n[side(m.send)] < 2 || o.earliest(m.send) >= g.epoch
}

// native says whether the real channel can do m without a partner of ours.
func (m *comm) native() bool {
	h := (*hchan)(m.ch)
	if h.closed != 0 || h.timer != nil || m.send && h.count < h.size || !m.send && h.count > 0 {
		return true
	}
	return m.send && h.recvq[0] != nil || !m.send && h.sendq[0] != nil
}

// natively has the real channel do m, which native said it can: try does it
// unless that would mean waiting. Where a library's goroutine is in line for
// several channels, another may just have served it: then it returns false, and
// nothing was done.
func (m *comm) natively(try func() bool) bool {
	for !try() {
		if !m.native() {
			return false
		}
		runtime.Gosched() // the other leaves the line as soon as it runs
	}
	return true
}

// byTimer says whether the channel is that of a library's timer. Only Go knows
// when something comes, so who receives waits there.
func (m *comm) byTimer() bool { return (*hchan)(m.ch).timer != nil }

// drained says whether m receives from a channel that is closed and empty: that
// changes nothing.
func (m *comm) drained() bool {
	h := (*hchan)(m.ch)
	return h != nil && !m.send && h.closed != 0 && h.count == 0
}

// partner is somebody who announced the other side, in a case of a select
// perhaps.
type partner struct {
	g *g
	m *comm
	i int // the case; -1 if it is no select
}

// hasPartner says whether somebody can do the other side of m on an unbuffered
// channel. Of two selects that do not wait neither can be there for the other.
func (c *control) hasPartner(g *g, m *comm) bool {
	if sel := g.pend.sel; sel != nil && sel.orElse {
		return len(c.partners(g, m)) > 0
	}
	return c.otherSide(g, m)
}

// otherSide says whether somebody announced the other side of m on an
// unbuffered channel.
func (c *control) otherSide(g *g, m *comm) bool {
	if h := (*hchan)(m.ch); h.size > 0 || h.closed != 0 {
		return false
	}
	o := c.objectAt(m.ch)
	if o == nil {
		return false
	}
	n := o.line.n[side(!m.send)]
	if n > 0 && g.pend.sel != nil && g.pend.listed {
		n -= g.pend.sel.count(o, !m.send)
	}
	return n > 0
}

// partners lists all who announced the other side, each once, and of a select each
// case that is the other side.
func (c *control) partners(g *g, m *comm) (all []partner) {
	if !c.otherSide(g, m) {
		return nil
	}
	for _, p := range c.object(m.ch).waiters.places {
		switch w := p.g; {
		case w == nil || w == g || len(all) > 0 && all[len(all)-1].g == w:
		case w.pend.comm != nil && w.pend.comm.send != m.send:
			all = append(all, partner{w, w.pend.comm, -1})
		case w.pend.sel != nil && w.pend.sel.orElse && g.pend.sel != nil && g.pend.sel.orElse:
			// neither ever waits for the other
		case w.pend.sel != nil:
			all = w.pend.sel.offers(all, w, m)
		}
	}
	return all
}

// earliest keeps those who have been waiting since before time last passed, if
// there are any: the first of them.
func earliest(all []partner) []partner {
	if len(all) < 2 {
		return all
	}
	first := all[0].g.epoch
	for _, p := range all[1:] {
		first = min(first, p.g.epoch)
	}
	kept := all[:0]
	for _, p := range all {
		if p.g.epoch == first {
			kept = append(kept, p)
		}
	}
	return kept
}

// doComm does g's side of m, which was chosen, unless the real channel is to do
// it: then it returns false.
func (c *control) doComm(g *g, m *comm, s uint32, flags uint8) bool {
	all := earliest(c.partners(g, m))
	if len(all) == 0 || (*hchan)(m.ch).closed != 0 {
		return false
	}
	p := all[c.pickPartner(all)]
	switch {
	case m.send:
		c.handTo(g, m, p, s, flags)
	case p.i < 0:
		m.move(m.place, p.m.place)
		m.ok = true
		c.noteComm(p.g, p.m, p.g.pend.site, 0)
		if flags == 0 {
			c.noteComm(g, m, s, 0)
		}
		c.serve(p.g)
	default:
		c.askFor(g, m, p)
	}
	c.acted(g)
	c.changed(m.ch)
	return true
}

// handTo gives what g sends to p.
func (c *control) handTo(g *g, m *comm, p partner, s uint32, flags uint8) {
	m.move(p.m.place, m.place)
	p.m.ok = true
	c.noteComm(g, m, s, flags)
	if p.i < 0 {
		c.noteComm(p.g, p.m, p.g.pend.site, 0)
	} else {
		c.observer.peeks(p.g, p.g.pend.sel)
		p.g.pend.sel.decided = p.i
	}
	c.serve(p.g)
}

// askFor has p, a select that offers to send to g, choose that case: its value
// exists only once the select has chosen. g gets the turn back with it.
func (c *control) askFor(g *g, m *comm, p partner) {
	sel := p.g.pend.sel
	c.observer.peeks(p.g, sel)
	sel.decided, sel.peer = p.i, &partner{g, m, -1}
	if g.pend.sel != nil {
		sel.peer.i = g.pend.sel.index(m)
	}
	c.retire(p.g)
	p.g.pend.state, p.g.moved = served, true
	c.withdrawn(sel)
	g.pend.state = notPending
	c.running = p.g
	c.hold.switchTo(g, p.g)
}

// serve ends the operation that g announced: its partner did it. It is g's as well, so
// that the round of a loop which it belongs to has changed something.
func (c *control) serve(g *g) {
	c.retire(g)
	g.pend.state, g.moved = served, true
	g.acts++
	g.tired = false
	c.forward = append(c.forward, g)
	if g.pend.sel != nil {
		c.withdrawn(g.pend.sel)
	}
}

func (c *control) noteComm(g *g, m *comm, s uint32, flags uint8) {
	op := event.Recv
	if m.send {
		op = event.Send
		c.recordBare(g, m.ch)
	}
	c.noteAt(g, op, flags, s, c.object(m.ch).ord, m.ch, m.value())
}

// recordBare tells the recording once of a channel that it has no buffer.
func (c *control) recordBare(g *g, ch unsafe.Pointer) {
	if o := c.object(ch); !o.bare && (*hchan)(ch).size == 0 {
		o.bare = true
		c.record(g, event.Bare, 0, 0, uintptr(ch), record.Value{})
	}
}

func sendControlled[T any](s uint32, ch chan<- T, v T) {
	c := ctl
	g := c.enter()
	m := newComm(chanPtr(ch), true, &v)
	for c.communicate(g, event.Send, s, m, m.value()) {
		c.mayPanic(g, m, s)
		if m.natively(func() bool { return trySend(ch, v) }) {
			c.noteComm(g, m, s, 0)
			c.acted(g)
			c.changed(m.ch)
			break
		}
	}
	c.over(g)
}

func trySend[T any](ch chan<- T, v T) bool {
	select {
	case ch <- v:
		return true
	default:
		return false
	}
}

func tryRecv[T any](ch <-chan T, place *T, ok *bool) bool {
	select {
	case *place, *ok = <-ch:
		return true
	default:
		return false
	}
}

// mayPanic records that g came to send on a closed channel: that panics, and
// nothing else would say which channel it was. It is not in the hash: no step.
func (c *control) mayPanic(g *g, m *comm, s uint32) {
	if (*hchan)(m.ch).closed == 0 {
		return
	}
	if c.observed {
		c.observer.touches(g, c.object(m.ch), event.TouchSend)
	}
	if g.pend.said {
		return
	}
	if !g.begun {
		c.begun(g)
	}
	v := m.value()
	c.record(g, event.SendWant, v.Flags, s, uintptr(m.ch), v)
}

func recvControlled[T any](s uint32, ch <-chan T) (v T, ok bool) {
	c := ctl
	g := c.enter()
	place := new(T)
	m := newComm(chanPtr(ch), false, place)
	for c.communicate(g, event.Recv, s, m, record.Value{Flags: event.FlagNoValue}) {
		if m.byTimer() {
			*place, m.ok = <-ch
		} else if !m.natively(func() bool { return tryRecv(ch, place, &m.ok) }) {
			continue
		}
		if m.ok {
			c.noteComm(g, m, s, 0)
			c.acted(g)
			c.changed(m.ch)
		} else {
			c.note(g, event.Recv, event.FlagClosed|event.FlagNoValue, s, m.ch, 0)
			g.read(c.object(m.ch).ord, c.object(m.ch).version)
		}
		break
	}
	g.pend.comm = nil // or what was received would be kept until the next operation
	c.over(g)
	return *place, m.ok
}

func newComm[T any](ch unsafe.Pointer, send bool, place *T) *comm {
	return &comm{
		ch: ch, send: send, place: unsafe.Pointer(place),
		move:  func(dst, src unsafe.Pointer) { *(*T)(dst) = *(*T)(src) },
		value: func() record.Value { return record.ValueOf(place) },
	}
}

// communicate announces m, and does it with a partner, or says that the real
// channel is to do it, which it can at once. Nobody must ever wait in it.
func (c *control) communicate(g *g, op event.Op, s uint32, m *comm, wanted record.Value) (native bool) {
	for {
		g.pend = pending{op: op, site: s, comm: m, wanted: wanted}
		if m.ch != nil {
			g.pend.obj = c.object(m.ch)
		}
		c.await(g)
		if g.served() || c.doComm(g, m, s, 0) {
			return false
		}
		if m.native() {
			return true
		}
	}
}

// served says whether a partner did what g had announced.
func (g *g) served() bool { return g.pend.state == served }

// lookAt announces that g looks how much a channel holds.
func lookAtChannel(c *control, s uint32, ch unsafe.Pointer) {
	g := c.enter()
	c.point(g, event.Look, s, ch)
	if ch != nil {
		o := c.object(ch)
		g.read(o.ord, o.version)
		c.observer.touches(g, o, event.TouchPeek)
	}
	c.over(g)
}

func closeControlled[T any](s uint32, ch chan<- T) {
	c := ctl
	g := c.enter()
	c.point(g, event.Close, s, chanPtr(ch))
	if ch != nil && c.observed {
		c.observer.touches(g, c.object(chanPtr(ch)), event.TouchClose)
	}
	close(ch)
	c.note(g, event.Close, 0, s, chanPtr(ch), 0)
	c.acted(g)
	c.changed(chanPtr(ch))
	c.over(g)
}
