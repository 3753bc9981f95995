package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/rt/record"
)

// What a goroutine has announced, as a search sees it.

// offer lists the moves that g can make. What goes over an unbuffered channel is
// a move of whoever receives.
func (k *seeker) offer(c *control, g *g) {
	switch p := &g.pend; {
	case p.comm != nil:
		k.offerComm(c, g, p.comm, 0)
	case p.sel != nil:
		k.offerSelect(c, g, p.sel)
	case p.op == event.Now && c.free():
		k.offerLooks(c, g)
	case p.op == event.End && c.mayBeEarly():
		k.offerEach(c, g, 2)
	case p.among > 1:
		k.offerEach(c, g, p.among)
	default:
		k.add(c, g, -1, 0, k.intent(g)...)
	}
}

// offerEach lists n alternatives that are all g's own.
func (k *seeker) offerEach(c *control, g *g, n int) {
	for i := range n {
		k.add(c, g, -1, uint32(i+1)<<16, k.intent(g)...)
	}
}

// alternative is which of a goroutine's own alternatives a key names, from 0.
func alternative(key uint32) int { return int(key>>16&0x7fff) - 1 }

// add adds a move.
func (k *seeker) add(c *control, g *g, partner int, key uint32, all ...search.Access) {
	k.choice.Add(search.Move{
		Proc: g.place, Partner: partner, Key: key, Edge: k.edge(g), Counted: k.counted(g), Sign: signOf(g),
	}, k.planned(g, all)...)
}

// keyOf names an alternative: a case of g's own, from 1, who takes part, and with
// which case.
func keyOf(i int, p partner) uint32 {
	return uint32(i)<<16 | uint32(p.g.place+1)<<8 | uint32(p.i+1)
}

// elseKey is a select's default.
const elseKey = 1 << 31

func (k *seeker) offerComm(c *control, g *g, m *comm, i int) {
	ord := c.object(m.ch).ord
	if m.native() {
		k.add(c, g, -1, uint32(i)<<16, k.withPeeks(g, kindOfComm(m, ord))...)
		return
	}
	if m.send {
		return
	}
	for _, p := range earliest(c.partners(g, m)) {
		all := k.withPeeks(g, search.Access{Object: ord, Kind: search.Meet})
		k.add(c, g, p.g.place, keyOf(i, p), append(all, k.glimpses(p.g)...)...)
	}
}

func (k *seeker) offerSelect(c *control, g *g, sel *selection) {
	if g.tired {
		for _, i := range c.lively(g, sel) {
			k.offerComm(c, g, &sel.cases[i].comm, i+1)
		}
		return
	}
	sure := false
	for i := range sel.cases {
		if m := &sel.cases[i].comm; m.ch != nil && c.canComm(g, m) {
			k.offerComm(c, g, m, i+1)
			sure = sure || m.native()
		}
	}
	if sel.orElse && !sure {
		k.add(c, g, -1, elseKey, k.glimpses(g)...)
	}
}

// kind is how the real channel would be touched.
func kindOfComm(m *comm, ord uint32) search.Access {
	h := (*hchan)(m.ch)
	switch {
	case h.size == 0 && h.closed == 0:
		return search.Access{Object: ord, Kind: search.Meet}
	case m.send:
		return search.Access{Object: ord, Kind: search.Send}
	case h.count == 0 && h.closed != 0:
		return search.Access{Object: ord, Kind: search.Drained}
	}
	return search.Access{Object: ord, Kind: search.Recv}
}

// glimpses are what a select has to do with each of its channels, whichever it is
// that something goes over.
func (k *seeker) glimpses(g *g) (all []search.Access) {
	if g.pend.sel == nil {
		return nil
	}
	for i := range g.pend.sel.cases {
		if o := g.pend.sel.cases[i].obj; o != nil {
			all = append(all, search.Access{Object: o.ord, Kind: kindOfPeek(&g.pend.sel.cases[i].comm)})
		}
	}
	return all
}

// peek is how a select looks at the channel of one of its cases.
func kindOfPeek(m *comm) search.Kind {
	switch h := (*hchan)(m.ch); {
	case h.size > 0:
		return search.Peek
	case m.send:
		return search.Offers
	}
	return search.Awaits
}

func (k *seeker) withPeeks(g *g, a search.Access) []search.Access {
	return append(k.glimpses(g), a)
}

// thing is the object that an operation is about, nil if there is none.
func (p *pending) thing() *object {
	if p.obj != nil {
		return p.obj
	}
	return p.about
}

// pendings are the accesses that g was about to make at the end of a run.
func (k *seeker) pendings(g *g) []search.Access {
	switch p := &g.pend; {
	case !p.listed:
		return nil
	case p.comm != nil && p.obj == nil:
		return nil // a nil channel
	case p.comm != nil:
		return []search.Access{kindOfComm(p.comm, p.obj.ord)}
	case p.sel != nil:
		all := k.glimpses(g)
		for i := range p.sel.cases {
			if o := p.sel.cases[i].obj; o != nil {
				all = append(all, kindOfComm(&p.sel.cases[i].comm, o.ord))
			}
		}
		return all
	}
	return k.intent(g)
}

// intent are the accesses of what g has announced, other than over channels.
func (k *seeker) intent(g *g) []search.Access {
	p := &g.pend
	if k.search.Leads(p.site) {
		return k.one(0, search.Global)
	}
	ord, o := p.ord, p.thing()
	if o != nil {
		ord = o.ord
	}
	if g.fire != nil {
		return k.alarm(o)
	}
	switch row := &event.Table[p.op]; row.By {
	case event.ByRow:
		return k.one(ord, row.Touch)
	case event.ByAccess:
		if !k.search.Visible(p.site) {
			return nil
		}
		return k.withParts(ord, row.Touch)
	case event.ByAtomic:
		return k.withParts(ord, k.adding(g, row))
	case event.ByLock:
		return k.one(ord, lockKind(p, o))
	case event.ByGroup:
		return k.inGroup(p, ord)
	case event.ByCond:
		return k.onCond(p, ord)
	case event.ByOnce:
		return k.one(ord, onceKind(o, row))
	case event.ByChannel:
		return k.onChannel(ord, row)
	case event.ByTimer:
		return k.setting(ord, o)
	case event.ByClock:
		return k.onClock(p.op, ord)
	case event.ByOutput:
		return k.printAccess()
	}
	return k.one(ord, search.Global)
}

// onCond are the accesses of who is about to wait for a condition, or was woken:
// the one gives back its lock, the other takes it again.
func (k *seeker) onCond(p *pending, ord uint32) []search.Access {
	switch {
	case p.lock != nil:
		return append(k.one(ord, event.Table[p.op].Touch), search.Access{Object: p.lock.ord, Kind: kindOfLock(p.lock, event.Unlock)})
	case p.wakes:
		return nil
	}
	return k.one(ord, taking(kindOfLock(p.obj, event.Lock)))
}

// onceKind is how it touches what is done once that somebody asks for it: as who
// does it, if nobody has.
func onceKind(o *object, row *event.Row) search.Kind {
	if onceDone(o.ptr) {
		return row.Touch
	}
	return event.Table[event.OnceDo].Touch
}

// onChannel is the access of who looks at a channel, or closes it. A nil one is
// empty, and cannot be closed.
func (k *seeker) onChannel(ord uint32, row *event.Row) []search.Access {
	switch {
	case ord != 0:
		return k.one(ord, row.Touch)
	case row.Touch == search.Peek:
		return nil
	}
	return k.one(ord, search.Global)
}

// onClock is the access of who looks at the clock, or whose time has come.
func (k *seeker) onClock(op event.Op, ord uint32) []search.Access {
	if op == event.Woke {
		return k.passing()
	}
	return k.one(ord, search.Write) // at the end of a run: it might have moved the clock
}

// withParts is an access to a variable and to all that have bytes in common with
// it. Of those a sum is a write: they do not commute with it.
func (k *seeker) withParts(ord uint32, kind search.Kind) []search.Access {
	all := k.one(ord, kind)
	if kind == search.Bump {
		kind = search.Write
	}
	for _, part := range ctl.lines.parts[ord] {
		all = append(all, search.Access{Object: part, Kind: kind})
	}
	return all
}

// adding is how g touches an atomic: it may only add to it.
func (k *seeker) adding(g *g, row *event.Row) search.Kind {
	if g.bumps && k.search.Commutes() {
		return search.Bump
	}
	return row.Touch
}

// printAccess: what is printed first matters where it is the outcome. Number 0 is
// no object's.
func (k *seeker) printAccess() []search.Access {
	if k.values {
		return nil
	}
	return k.one(0, search.Write)
}

func (k *seeker) one(ord uint32, kind search.Kind) []search.Access {
	k.single[0] = search.Access{Object: ord, Kind: kind}
	return k.single[:1:1]
}

// kindOf is how an operation of a lock touches it. One that is ever read-locked is a
// lock of readers and writers.
func kindOfLock(o *object, op event.Op) search.Kind {
	row := &event.Table[op]
	o.rw = o.rw || row.Hold.Reads()
	if o.rw {
		return row.Shared
	}
	return row.Touch
}

// lockKind is kindOf for what was announced.
func lockKind(p *pending, o *object) search.Kind {
	kind := kindOfLock(o, p.op)
	if p.obj != nil { // it waits
		kind = taking(kind)
	}
	return kind
}

// taking is kindOf for who has asked before, and waits.
func taking(kind search.Kind) search.Kind {
	if kind == search.Ask {
		return search.Take
	}
	return kind
}

// inGroup is how an operation touches a wait group, whose number is given.
func (k *seeker) inGroup(p *pending, ord uint32) []search.Access {
	kind := groupKind(p)
	all := k.one(ord, kind)
	if also := balance(kind); also != event.TouchNone && k.search.Lacks(p.site) {
		all = append(all, search.Access{Object: ord, Kind: also})
	}
	return all
}

// balance is what an operation is as well where a group may lack something.
func balance(kind search.Kind) search.Kind {
	switch kind {
	case search.Add, search.AddFirst:
		return search.Supply
	case search.Done, search.DoneLast:
		return search.Demand
	}
	return event.TouchNone
}

// groupKind is how an operation touches a wait group as it is now.
func groupKind(p *pending) search.Kind {
	row, group := &event.Table[p.op], p.thing().ptr
	switch {
	case row.Touch == search.Wait:
		return search.Wait
	case lacks(p):
		return search.Global // it will panic
	case p.adds < 0 && groupCount(group)+p.adds == 0:
		return search.DoneLast
	case p.adds < 0:
		return search.Done
	case groupDone(group):
		return search.AddFirst
	}
	return search.Add
}

// lacks says whether an operation leaves the counter of a wait group below 0: it
// panics.
func lacks(p *pending) bool { return groupCount(p.thing().ptr)+p.adds < 0 }

// counted says whether what g announced is an operation that is counted.
func (k *seeker) counted(g *g) bool {
	switch event.Table[g.pend.op].Counts {
	case event.CountsVisible:
		return k.search.Visible(g.pend.site)
	case event.CountsByState:
		return k.countedNow(g)
	}
	return true
}

func (k *seeker) countedNow(g *g) bool {
	p := &g.pend
	switch p.op {
	case event.Woke:
		return k.search.Visible(p.site) || k.watchesClock()
	case event.WGAdd:
		return g.ID != record.MainID || k.search.Visible(p.site)
	case event.Look:
		return p.ord != 0
	case event.CondWait:
		return !p.wakes
	}
	return g.fire != nil
}

// edge says whether it is all the same when what g announced is done: then it is
// done at once, and not tried later. When a group panics is not.
func (k *seeker) edge(g *g) bool {
	return !k.counted(g) && (event.Table[g.pend.op].By != event.ByGroup || !lacks(&g.pend))
}

// passes says whether g's access to memory is no step for others to come between.
// It is counted as one, as in a run that is not part of a search. There it would be
// decided who goes on where somebody has just begun, or was served by another: so
// it is here.
func (k *seeker) passes(g *g, op event.Op, s uint32) bool {
	c := k.c
	if op != event.Load && op != event.Store || k.search.Visible(s) || len(c.forward) > 0 || g != k.chosen {
		return false
	}
	if c.dying {
		panic(unwind{})
	}
	g.pend = pending{op: op, site: s}
	c.turns++
	g.epoch, g.glanced = c.epoch, 0
	c.count(g)
	return true
}

// tellAbout tells a search what g's operation is about.
func (c *control) tellAbout(g *g, ptr unsafe.Pointer) {
	if c.observed && ptr != nil {
		o := c.object(ptr)
		g.pend.about, g.pend.ord = o, o.ord
	}
}

// pointInGroup announces an operation of a wait group.
func (c *control) pointInGroup(g *g, op event.Op, s uint32, ptr unsafe.Pointer, n int) {
	g.pend = pending{op: op, site: s, adds: int32(n)}
	c.tellAbout(g, ptr)
	c.await(g)
}

// pointOnCond announces that g is about to wait for a condition, and to let go of
// its lock.
func (c *control) pointOnCond(g *g, s uint32, ptr, lock unsafe.Pointer) {
	g.pend = pending{op: event.CondWant, site: s}
	if c.tellAbout(g, ptr); c.observed {
		g.pend.lock = c.object(lock)
	}
	c.await(g)
}

// pickPartner chooses who takes part in a communication.
func (c *control) pickPartner(all []partner) int {
	if !c.observed {
		return c.pick(len(all))
	}
	return c.observer.pickPartner(all)
}

func (k *seeker) pickPartner(all []partner) int {
	for i, p := range all {
		if keyOf(0, p) == k.key&0xffff {
			return k.chose(i, len(all))
		}
	}
	return k.chose(0, len(all))
}

// pickCase chooses one of some cases of a select.
func (c *control) pickCase(can []int) int {
	if !c.observed {
		return c.pick(len(can))
	}
	return c.observer.pickCase(can)
}

func (k *seeker) pickCase(can []int) int {
	want := alternative(k.key)
	if k.key == elseKey {
		want = elseCase
	}
	for i, one := range can {
		if one == want {
			return k.chose(i, len(can))
		}
	}
	return k.chose(0, len(can))
}

// chose notes which of n was chosen.
func (k *seeker) chose(i, n int) int {
	if n > 1 {
		k.picked(i)
	}
	return i
}
