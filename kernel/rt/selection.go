package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// A select that is controlled stays Go's own select, over stand-ins: channels
// with room for one value, of which none is ready. Decide, evaluated when all
// operands are, chooses a case and makes its stand-in ready, and the first
// statement of that case does what is left to do. So the values of all operands,
// assignments to the left, and every break, goto and return are Go's own.

// selection is a select that is announced or chosen.
type selection struct {
	site    uint32
	cases   []selCase
	orElse  bool // it has a default
	decided int  // the case chosen; elseCase
	peer    *partner
	apart   bool // its cases have no sites of their own
}

// siteOf is the site of a case: those of the cases follow that of the select.
func (sel *selection) siteOf(k *selCase) uint32 {
	if sel.apart {
		return sel.site
	}
	return sel.site + 1 + uint32(k.i)
}

// elseCase is the number of a default clause.
const elseCase = -1

// selCase is one case. A channel may be nil.
type selCase struct {
	comm
	i       int
	obj     *object
	queued  int                             // its place in the object's queue
	receive func(wait bool) (ok, done bool) // receives from the real channel, at once or not at all
	open    func(ok bool)                   // makes the stand-in ready
	sent    func()                          // takes the value to send out of the stand-in
	deliver func()                          // sends it on the real channel
}

func selRecv[T any](s uint32, i int, ch <-chan T) <-chan T {
	stand, place := make(chan T, 1), new(T)
	k := selCase{comm: *newComm(chanPtr(ch), false, place), i: i}
	k.receive = func(wait bool) (ok, done bool) {
		if wait {
			*place, ok = <-ch
			return ok, true
		}
		done = tryRecv(ch, place, &ok)
		return ok, done
	}
	k.open = func(ok bool) {
		if ok {
			stand <- *place
		} else {
			close(stand)
		}
	}
	ctl.operand(s, k)
	return stand
}

func selSend[T any](s uint32, i int, ch chan<- T) chan<- T {
	stand, place := make(chan T, 1), new(T)
	stand <- *place
	k := selCase{comm: *newComm(chanPtr(ch), true, place), i: i}
	k.open = func(bool) { <-stand }
	k.sent = func() { *place = <-stand }
	k.deliver = func() { ch <- *place }
	ctl.operand(s, k)
	return stand
}

// selecting begins a select.
func (c *control) selecting(s uint32, n int) {
	g := c.enter()
	if n == 0 {
		g.pend = pending{op: event.Select, site: s, wait: never}
		c.await(g)
	}
	if len(g.selections) > record.MaxSelects {
		g.selections = g.selections[:0]
	}
	g.selections = append(g.selections, &selection{site: s})
}

func never() bool { return false }

// operand keeps a case of the select in hand.
func (c *control) operand(s uint32, k selCase) {
	if sel := c.enter().selection(s); sel != nil {
		if k.ch != nil {
			k.obj = c.object(k.ch)
		}
		sel.cases = append(sel.cases, k)
	}
}

// selection returns the select at s that g began last, and forgets those begun
// since: they were left by a panic.
func (g *g) selection(s uint32) *selection {
	all := g.selections
	for n := len(all); n > 0; n-- {
		if all[n-1].site == s {
			g.selections = all[:n]
			return all[n-1]
		}
	}
	return nil
}

// decideCase announces the select at s and chooses a case once it may.
func (c *control) decideCase(s uint32, orElse bool) {
	g := c.enter()
	sel := g.selection(s)
	if sel == nil {
		return
	}
	g.selections = g.selections[:len(g.selections)-1]
	sel.orElse, sel.decided = orElse, elseCase
	for {
		g.pend = pending{op: event.Select, site: s, sel: sel, wanted: record.Value{Bits: uint64(len(sel.cases))}}
		c.await(g)
		if g.served() {
			break
		}
		done := c.choose(g, sel)
		c.withdrawn(sel)
		if done {
			break
		}
	}
	if sel.decided != elseCase {
		k := &sel.cases[sel.decided]
		k.open(k.ok)
	}
	g.chosen = sel
}

// recordCases records what a select that waits would do, for whoever asks in the
// end why nothing came of it. No case is a step, or in the hash. The sites of the
// cases follow that of the select.
func (c *control) recordCases(g *g, sel *selection) {
	for i := range sel.cases {
		k := &sel.cases[i]
		var flags uint8
		if k.send {
			flags = event.FlagSends
		}
		c.record(g, event.Case, flags, sel.siteOf(k), uintptr(k.ch), record.Value{})
	}
}

// choose chooses a case that can be done, and does a receive. A default may be
// chosen as well where the other side of a case is only announced: it need not
// have arrived. It returns false if that case could not be done after all.
func (c *control) choose(g *g, sel *selection) (done bool) {
	var can []int
	sure := false
	for i := range sel.cases {
		if m := &sel.cases[i].comm; c.canComm(g, m) {
			can = append(can, i)
			sure = sure || m.native()
		}
	}
	if sel.orElse && !sure {
		can = append(can, elseCase)
	}
	if g.tired {
		can = c.newFirst(g, sel, can)
	}
	c.observer.peeks(g, sel)
	sel.decided = can[c.pickCase(can)]
	if sel.decided == elseCase {
		for i := range sel.cases {
			if o := sel.cases[i].obj; o != nil {
				g.read(o.ord, o.version)
			}
		}
		return true
	}
	k := &sel.cases[sel.decided]
	switch {
	case k.send && (*hchan)(k.ch).closed != 0: // it will panic
		c.observer.touches(g, k.obj, event.TouchSend)
	case k.send:
		if all := earliest(c.partners(g, &k.comm)); len(all) > 0 && !k.native() {
			sel.peer = &all[c.pickPartner(all)]
			c.retire(sel.peer.g)
			if other := sel.peer.g.pend.sel; other != nil {
				c.withdrawn(other)
			}
		}
	case !c.doComm(g, &k.comm, g.pend.site, event.FlagSelect):
		if !k.received() {
			return false
		}
		if !k.ok {
			g.read(k.obj.ord, k.obj.version)
			return true
		}
		c.acted(g)
		c.changed(k.ch)
	}
	return true
}

// received receives from the real channel; see natively.
func (k *selCase) received() (done bool) {
	if k.byTimer() {
		k.ok, done = k.receive(true)
		return done
	}
	return k.natively(func() bool {
		k.ok, done = k.receive(false)
		return done
	})
}

// newFirst are the cases, of those that can be chosen, that are left to who was
// put aside: it has seen enough of those over which nothing new goes.
func (c *control) newFirst(g *g, sel *selection, can []int) []int {
	if all := c.lively(g, sel); len(all) > 0 {
		return all
	}
	return can
}

// selected is the first thing in the case that was chosen.
func (c *control) selected(s uint32, i int, v record.Value) {
	g := c.enter()
	sel := g.chosen
	if sel == nil {
		return
	}
	g.chosen = nil
	if sel.decided == elseCase {
		c.note(g, event.Select, 0, s, nil, uint64(i))
		c.over(g)
		return
	}
	k := &sel.cases[sel.decided]
	c.noteAt(g, event.Select, 0, s, k.obj.ord, k.ch, record.Value{Bits: uint64(i)})
	if !k.send {
		if !k.ok {
			v = record.Value{Flags: event.FlagClosed | event.FlagNoValue}
		}
		c.noteAt(g, event.Recv, event.FlagSelect, s, k.obj.ord, k.ch, v)
		c.over(g)
		return
	}
	k.sent()
	if p := sel.peer; p == nil {
		k.deliver()
		c.noteComm(g, &k.comm, s, event.FlagSelect)
	} else {
		c.handTo(g, &k.comm, *p, s, event.FlagSelect)
	}
	c.acted(g)
	c.changed(k.ch)
	c.over(g)
}

// offers adds its cases with the other side of m; it is w's.
func (sel *selection) offers(all []partner, w *g, m *comm) []partner {
	for i := range sel.cases {
		if k := &sel.cases[i]; k.ch == m.ch && k.send != m.send {
			all = append(all, partner{w, &k.comm, i})
		}
	}
	return all
}

// count is the number of its cases that send to, or receive from, a channel.
func (sel *selection) count(o *object, send bool) (n int) {
	for i := range sel.cases {
		if k := &sel.cases[i]; k.obj == o && k.send == send {
			n++
		}
	}
	return n
}

func (sel *selection) has(o *object, send bool) bool { return sel.count(o, send) > 0 }

// index returns which case m is.
func (sel *selection) index(m *comm) int {
	for i := range sel.cases {
		if &sel.cases[i].comm == m {
			return i
		}
	}
	return -1
}

func (sel *selection) enlist(c *control, g *g) {
	for i := range sel.cases {
		if o := sel.cases[i].obj; o != nil {
			o.waiters.join(g, &sel.cases[i].queued)
			o.line.add(sel.cases[i].send, 1)
		}
	}
}

func (sel *selection) delist(c *control, g *g) {
	for i := range sel.cases {
		if o := sel.cases[i].obj; o != nil {
			o.waiters.leave(sel.cases[i].queued)
			o.line.add(sel.cases[i].send, -1)
		}
	}
}

// withdrawn asks those again who announced something about a channel of sel:
// it is announced, or it no longer is.
func (c *control) withdrawn(sel *selection) {
	for i := range sel.cases {
		if o := sel.cases[i].obj; o != nil {
			c.reconsider(o)
		}
	}
}

// canSelect says whether g's select can be done.
func (c *control) canSelect(g *g, sel *selection) bool {
	if sel.orElse {
		return true
	}
	for i := range sel.cases {
		if c.canComm(g, &sel.cases[i].comm) {
			return true
		}
	}
	return false
}
