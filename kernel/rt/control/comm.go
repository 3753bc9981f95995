package control

import (
	"runtime"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Comm is an announced send or receive. What is sent over an unbuffered channel
// goes from place to place: both sides are done in one step, that of whichever
// is chosen first. Buffers are those of the real channels.
type Comm struct {
	Ch    unsafe.Pointer
	Send  bool
	Ok    bool                          // received a value, not the end of a closed channel
	Place unsafe.Pointer                // the value to send, or where the received one goes
	Move  func(dst, src unsafe.Pointer) // copies a value
	Value func() record.Value           // what is at place, for the recording
	known *Object                       // the channel's object, once it was asked for
}

// object is what is known of the channel, nil if nothing is yet.
func (m *Comm) object(c *Scheduler) *Object {
	if m.known == nil {
		m.known = c.objectAt(m.Ch)
	}
	return m.known
}

// Can says whether g's side of a communication can be done.
func (m *Comm) Can(c *Scheduler, g *G) bool {
	h := (*Channel)(m.Ch)
	switch {
	case h == nil:
		return false
	case h.Closed != 0, h.timer != nil:
		return true // of a library's timer only Go knows; the watchdog sees who waits
	case m.Send:
		return h.recvq[0] != nil || (h.Count < h.Size || m.hasPartner(c, g)) && m.inLine(c, g)
	}
	return h.sendq[0] != nil || (h.Count > 0 || m.hasPartner(c, g)) && m.inLine(c, g)
}

// inLine says whether nobody waits for the same on a channel since an earlier
// time: who has been waiting for certain is served first, as in Go.
// Of those who announced it since time last passed none is known to be there yet.
func (m *Comm) inLine(c *Scheduler, g *G) bool {
	o := m.object(c)
	return o == nil || o.line.n[side(m.Send)] < 2 || o.earliest(m.Send) >= g.Epoch
}

// Native says whether the real channel can do m without a partner of ours.
func (m *Comm) Native() bool {
	h := (*Channel)(m.Ch)
	if h.Closed != 0 || h.timer != nil || m.Send && h.Count < h.Size || !m.Send && h.Count > 0 {
		return true
	}
	return m.Send && h.recvq[0] != nil || !m.Send && h.sendq[0] != nil
}

// Natively has the real channel do m, which native said it can: try does it
// unless that would mean waiting. Where a library's goroutine is in line for
// several channels, another may just have served it: then it returns false, and
// nothing was done.
func (m *Comm) Natively(try func() bool) bool {
	for !try() {
		if !m.Native() {
			return false
		}
		runtime.Gosched() // the other leaves the line as soon as it runs
	}
	return true
}

// ByTimer says whether the channel is that of a library's timer. Only Go knows
// when something comes, so who receives waits there.
func (m *Comm) ByTimer() bool { return (*Channel)(m.Ch).timer != nil }

// drained says whether m receives from a channel that is closed and empty: that
// changes nothing.
func (m *Comm) drained() bool {
	h := (*Channel)(m.Ch)
	return h != nil && !m.Send && h.Closed != 0 && h.Count == 0
}

// Partner is somebody who announced the other side, in a case of a select
// perhaps.
type Partner struct {
	G *G
	m *Comm
	I int // the case; -1 if it is no select
}

// hasPartner says whether somebody can do the other side of m on an unbuffered
// channel. Of two selects that do not wait neither can be there for the other.
func (m *Comm) hasPartner(c *Scheduler, g *G) bool {
	if sel := g.Pending.Select; sel != nil && sel.HasDefault {
		return len(m.Partners(c, g)) > 0
	}
	return m.otherSide(c, g)
}

// otherSide says whether somebody announced the other side of m on an
// unbuffered channel.
func (m *Comm) otherSide(c *Scheduler, g *G) bool {
	if h := (*Channel)(m.Ch); h.Size > 0 || h.Closed != 0 {
		return false
	}
	o := m.object(c)
	if o == nil {
		return false
	}
	n := o.line.n[side(!m.Send)]
	if n > 0 && g.Pending.Select != nil && g.Pending.Listed {
		n -= g.Pending.Select.count(o, !m.Send)
	}
	return n > 0
}

// Partners lists all who announced the other side, each once, and of a select each
// case that is the other side.
func (m *Comm) Partners(c *Scheduler, g *G) (all []Partner) {
	if !m.otherSide(c, g) {
		return nil
	}
	for _, p := range c.Object(m.Ch).waiters.places {
		switch w := p.g; {
		case w == nil || w == g || len(all) > 0 && all[len(all)-1].G == w:
		case w.Pending.Comm != nil && w.Pending.Comm.Send != m.Send:
			all = append(all, Partner{w, w.Pending.Comm, -1})
		case w.Pending.Select != nil && w.Pending.Select.HasDefault && g.Pending.Select != nil && g.Pending.Select.HasDefault:
			// neither ever waits for the other
		case w.Pending.Select != nil:
			all = w.Pending.Select.offers(all, w, m)
		}
	}
	return all
}

// Earliest keeps those who have been waiting since before time last passed, if
// there are any: the first of them.
func Earliest(all []Partner) []Partner {
	if len(all) < 2 {
		return all
	}
	first := all[0].G.Epoch
	for _, p := range all[1:] {
		first = min(first, p.G.Epoch)
	}
	kept := all[:0]
	for _, p := range all {
		if p.G.Epoch == first {
			kept = append(kept, p)
		}
	}
	return kept
}

// do does g's side of m, which was chosen, unless the real channel is to do
// it: then it returns false.
func (m *Comm) do(c *Scheduler, g *G, s uint32, flags uint8) bool {
	all := Earliest(m.Partners(c, g))
	if len(all) == 0 || (*Channel)(m.Ch).Closed != 0 {
		return false
	}
	p := all[c.pickPartner(all)]
	switch {
	case m.Send:
		m.handTo(c, g, p, s, flags)
	case p.I < 0:
		m.Move(m.Place, p.m.Place)
		m.Ok = true
		p.m.Note(c, p.G, p.G.Pending.Site, 0)
		if flags == 0 {
			m.Note(c, g, s, 0)
		}
		c.serve(p.G)
	default:
		m.askFor(c, g, p)
	}
	c.Acted(g)
	c.Changed(m.Ch)
	return true
}

// handTo gives what g sends to p.
func (m *Comm) handTo(c *Scheduler, g *G, p Partner, s uint32, flags uint8) {
	m.Move(p.m.Place, m.Place)
	p.m.Ok = true
	m.Note(c, g, s, flags)
	if p.I < 0 {
		p.m.Note(c, p.G, p.G.Pending.Site, 0)
	} else {
		c.Observer.Peeks(p.G, p.G.Pending.Select)
		p.G.Pending.Select.Decided = p.I
	}
	c.serve(p.G)
}

// askFor has p, a select that offers to send to g, choose that case: its value
// exists only once the select has chosen. g gets the turn back with it.
func (m *Comm) askFor(c *Scheduler, g *G, p Partner) {
	sel := p.G.Pending.Select
	c.Observer.Peeks(p.G, sel)
	sel.Decided, sel.peer = p.I, &Partner{g, m, -1}
	if g.Pending.Select != nil {
		sel.peer.I = g.Pending.Select.index(m)
	}
	c.retire(p.G)
	p.G.Pending.state, p.G.moved = served, true
	sel.withdrawn(c)
	g.Pending.state = notPending
	c.Running = p.G
	c.Backend.switchTo(g, p.G)
}

// serve ends the operation that g announced: its partner did it. It is g's as well, so
// that the round of a loop which it belongs to has changed something.
func (c *Scheduler) serve(g *G) {
	c.retire(g)
	g.Pending.state, g.moved = served, true
	g.acts++
	g.Yielded = false
	c.Forward = append(c.Forward, g)
	if g.Pending.Select != nil {
		g.Pending.Select.withdrawn(c)
	}
}

func (m *Comm) Note(c *Scheduler, g *G, s uint32, flags uint8) {
	op := event.Recv
	if m.Send {
		op = event.Send
		recordBuffer(c, g, m.Ch)
	}
	c.NoteAt(g, op, flags, s, c.Object(m.Ch).Ord, m.Ch, m.Value())
}

// recordBuffer tells the recording once of a channel how many values its buffer holds.
func recordBuffer(c *Scheduler, g *G, ch unsafe.Pointer) {
	if o := c.Object(ch); !o.told {
		o.told = true
		c.Record(g, event.Buffer, 0, 0, uintptr(ch), record.Value{Bits: uint64((*Channel)(ch).Size)})
	}
}

// MayPanic records that g came to send on a closed channel: that panics, and
// nothing else would say which channel it was. It is not in the hash: no step.
func (m *Comm) MayPanic(c *Scheduler, g *G, s uint32) {
	if (*Channel)(m.Ch).Closed == 0 {
		return
	}
	if c.Observed {
		c.Observer.Touches(g, c.Object(m.Ch), event.TouchSend)
	}
	if g.Pending.Noted {
		return
	}
	if !g.begun {
		g.begin(c)
	}
	v := m.Value()
	c.Record(g, event.SendWant, v.Flags, s, uintptr(m.Ch), v)
}

// Announce announces m, and does it with a partner, or says that the real
// channel is to do it, which it can at once. Nobody must ever wait in it.
func (m *Comm) Announce(c *Scheduler, g *G, op event.Op, s uint32, wanted record.Value) (native bool) {
	for {
		g.Pending = Pending{Op: op, Site: s, Comm: m, wanted: wanted}
		if m.Ch != nil {
			g.Pending.Object = c.Object(m.Ch)
		}
		c.Await(g)
		if g.served() || m.do(c, g, s, 0) {
			return false
		}
		if m.Native() {
			return true
		}
	}
}

// served says whether a partner did what g had announced.
func (g *G) served() bool { return g.Pending.state == served }
