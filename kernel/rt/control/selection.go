package control

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Selection is a select that is announced or chosen.
type Selection struct {
	site       uint32
	Cases      []Case
	HasDefault bool // it has a default
	Decided    int  // the case chosen; elseCase
	peer       *Partner
	Apart      bool // its cases have no sites of their own
}

// siteOf is the site of a case: those of the cases follow that of the select.
func (sel *Selection) siteOf(k *Case) uint32 {
	if sel.Apart {
		return sel.site
	}
	return sel.site + 1 + uint32(k.Index)
}

// DefaultCase is the number of a default clause.
const DefaultCase = -1

// Case is one case. A channel may be nil.
type Case struct {
	Comm
	Index   int
	Object  *Object
	queued  int                             // its place in the object's queue
	Receive func(wait bool) (ok, done bool) // receives from the real channel, at once or not at all
	Open    func(ok bool)                   // makes the stand-in ready
	Sent    func()                          // takes the value to send out of the stand-in
	Deliver func()                          // sends it on the real channel
}

// Selecting begins a select.
func Selecting(c *Scheduler, s uint32, n int) {
	g := c.Enter()
	if n == 0 {
		g.Pending = Pending{Op: event.Select, Site: s, Wait: never}
		c.Await(g)
	}
	if len(g.selections) > record.MaxSelects {
		g.selections = g.selections[:0]
	}
	g.selections = append(g.selections, &Selection{site: s})
}

func never() bool { return false }

// Operand keeps a case of the select in hand.
func Operand(c *Scheduler, s uint32, k Case) {
	if sel := c.Enter().Selection(s); sel != nil {
		if k.Ch != nil {
			k.Object = c.Object(k.Ch)
		}
		sel.Cases = append(sel.Cases, k)
	}
}

// Selection returns the select at s that g began last, and forgets those begun
// since: they were left by a panic.
func (g *G) Selection(s uint32) *Selection {
	all := g.selections
	for n := len(all); n > 0; n-- {
		if all[n-1].site == s {
			g.selections = all[:n]
			return all[n-1]
		}
	}
	return nil
}

// DecideCase announces the select at s and chooses a case once it may.
func DecideCase(c *Scheduler, s uint32, orElse bool) {
	g := c.Enter()
	sel := g.Selection(s)
	if sel == nil {
		return
	}
	g.selections = g.selections[:len(g.selections)-1]
	sel.HasDefault, sel.Decided = orElse, DefaultCase
	for {
		g.Pending = Pending{Op: event.Select, Site: s, Select: sel, wanted: record.Value{Bits: uint64(len(sel.Cases))}}
		c.Await(g)
		if g.served() {
			break
		}
		done := sel.choose(c, g)
		sel.withdrawn(c)
		if done {
			break
		}
	}
	if sel.Decided != DefaultCase {
		k := &sel.Cases[sel.Decided]
		k.Open(k.Ok)
	}
	g.Chosen = sel
}

// recordCases records what a select that waits would do, for whoever asks in the
// end why nothing came of it. No case is a step, or in the hash. The sites of the
// cases follow that of the select.
func (sel *Selection) recordCases(c *Scheduler, g *G) {
	for i := range sel.Cases {
		k := &sel.Cases[i]
		var flags uint8
		if k.Send {
			flags = event.FlagSends
		}
		c.Record(g, event.Case, flags, sel.siteOf(k), uintptr(k.Ch), record.Value{})
	}
}

// choose chooses a case that can be done, and does a receive. A default may be
// chosen as well where the other side of a case is only announced: it need not
// have arrived. It returns false if that case could not be done after all.
func (sel *Selection) choose(c *Scheduler, g *G) (done bool) {
	var can []int
	sure := false
	for i := range sel.Cases {
		if m := &sel.Cases[i].Comm; m.Can(c, g) {
			can = append(can, i)
			sure = sure || m.Native()
		}
	}
	if sel.HasDefault && !sure {
		can = append(can, DefaultCase)
	}
	if g.Yielded {
		can = sel.newFirst(c, g, can)
	}
	c.Observer.Peeks(g, sel)
	sel.Decided = can[c.pickCase(g, sel, can)]
	if sel.Decided == DefaultCase {
		for i := range sel.Cases {
			if o := sel.Cases[i].Object; o != nil {
				g.Read(o.Ord, o.Version)
			}
		}
		return true
	}
	k := &sel.Cases[sel.Decided]
	switch {
	case k.Send && (*Channel)(k.Ch).Closed != 0: // it will panic
		c.Observer.Touches(g, k.Object, event.TouchSend)
	case k.Send:
		if all := Earliest(k.Comm.Partners(c, g)); len(all) > 0 && !k.Native() {
			sel.peer = &all[c.pickPartner(all)]
			c.retire(sel.peer.G)
			if other := sel.peer.G.Pending.Select; other != nil {
				other.withdrawn(c)
			}
		}
	case !k.Comm.do(c, g, g.Pending.Site, event.FlagSelect):
		if !k.received() {
			return false
		}
		if !k.Ok {
			g.Read(k.Object.Ord, k.Object.Version)
			return true
		}
		c.Acted(g)
		c.Changed(k.Ch)
	}
	return true
}

// received receives from the real channel; see natively.
func (k *Case) received() (done bool) {
	if k.ByTimer() {
		k.Ok, done = k.Receive(true)
		return done
	}
	return k.Natively(func() bool {
		k.Ok, done = k.Receive(false)
		return done
	})
}

// newFirst are the cases, of those that can be chosen, that are left to who was
// put aside: it has seen enough of those over which nothing new goes.
func (sel *Selection) newFirst(c *Scheduler, g *G, can []int) []int {
	if all := sel.Lively(c, g); len(all) > 0 {
		return all
	}
	return can
}

// Selected is the first thing in the case that was chosen.
func Selected(c *Scheduler, s uint32, i int, v record.Value) {
	g := c.Enter()
	sel := g.Chosen
	if sel == nil {
		return
	}
	g.Chosen = nil
	if sel.Decided == DefaultCase {
		c.Note(g, event.Select, 0, s, nil, uint64(i))
		c.Leave(g)
		return
	}
	k := &sel.Cases[sel.Decided]
	c.NoteAt(g, event.Select, 0, s, k.Object.Ord, k.Ch, record.Value{Bits: uint64(i)})
	if !k.Send {
		if !k.Ok {
			v = record.Value{Flags: event.FlagClosed | event.FlagNoValue}
		}
		c.NoteAt(g, event.Recv, event.FlagSelect, s, k.Object.Ord, k.Ch, v)
		c.Leave(g)
		return
	}
	k.Sent()
	if p := sel.peer; p == nil {
		k.Deliver()
		k.Comm.Note(c, g, s, event.FlagSelect)
	} else {
		k.Comm.handTo(c, g, *p, s, event.FlagSelect)
	}
	c.Acted(g)
	c.Changed(k.Ch)
	c.Leave(g)
}

// offers adds its cases with the other side of m; it is w's.
func (sel *Selection) offers(all []Partner, w *G, m *Comm) []Partner {
	for i := range sel.Cases {
		if k := &sel.Cases[i]; k.Ch == m.Ch && k.Send != m.Send {
			all = append(all, Partner{w, &k.Comm, i})
		}
	}
	return all
}

// count is the number of its cases that send to, or receive from, a channel.
func (sel *Selection) count(o *Object, send bool) (n int) {
	for i := range sel.Cases {
		if k := &sel.Cases[i]; k.Object == o && k.Send == send {
			n++
		}
	}
	return n
}

func (sel *Selection) has(o *Object, send bool) bool { return sel.count(o, send) > 0 }

// index returns which case m is.
func (sel *Selection) index(m *Comm) int {
	for i := range sel.Cases {
		if &sel.Cases[i].Comm == m {
			return i
		}
	}
	return -1
}

func (sel *Selection) enlist(c *Scheduler, g *G) {
	for i := range sel.Cases {
		if o := sel.Cases[i].Object; o != nil {
			o.waiters.join(g, &sel.Cases[i].queued)
			o.line.add(sel.Cases[i].Send, 1)
		}
	}
}

func (sel *Selection) delist(c *Scheduler, g *G) {
	for i := range sel.Cases {
		if o := sel.Cases[i].Object; o != nil {
			o.waiters.leave(sel.Cases[i].queued)
			o.line.add(sel.Cases[i].Send, -1)
		}
	}
}

// withdrawn asks those again who announced something about a channel of sel:
// it is announced, or it no longer is.
func (sel *Selection) withdrawn(c *Scheduler) {
	for i := range sel.Cases {
		if o := sel.Cases[i].Object; o != nil {
			c.reconsider(o)
		}
	}
}

// can says whether g's select can be done.
func (sel *Selection) can(c *Scheduler, g *G) bool {
	if sel.HasDefault {
		return true
	}
	for i := range sel.Cases {
		if sel.Cases[i].Comm.Can(c, g) {
			return true
		}
	}
	return false
}
