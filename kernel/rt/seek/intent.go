package seek

import (
	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// intents says what goroutines have announced, as accesses to objects.
type intents struct {
	search *search.Search
	values bool // outcomes are values, not what is printed
	single [1]search.Access
}

// offers lists the moves that can be made.
type offers struct {
	intents
	choice search.Choice
}

// offer lists the moves that g can make. What goes over an unbuffered channel is
// a move of whoever receives.
func (k *offers) offer(c *control.Scheduler, g *control.G) {
	switch p := &g.Pending; {
	case p.Comm != nil:
		k.offerComm(c, g, p.Comm, 0)
	case p.Select != nil:
		k.offerSelect(c, g, p.Select)
	case p.Op == event.Now && c.Free():
		k.offerLooks(c, g)
	case p.Op == event.End && control.MayBeEarly(c):
		k.offerEach(c, g, 2)
	case p.Among > 1:
		k.offerEach(c, g, p.Among)
	default:
		k.add(c, g, -1, 0, k.intent(g)...)
	}
}

// offerEach lists n alternatives that are all g's own.
func (k *offers) offerEach(c *control.Scheduler, g *control.G, n int) {
	for i := range n {
		k.add(c, g, -1, uint32(i+1)<<16, k.intent(g)...)
	}
}

// alternative is which of a goroutine's own alternatives a key names, from 0.
func alternative(key uint32) int { return int(key>>16&0x7fff) - 1 }

// add adds a move.
func (k *offers) add(c *control.Scheduler, g *control.G, partner int, key uint32, all ...search.Access) {
	k.choice.Add(search.Move{
		Proc: g.Proc, Partner: partner, Key: key, Edge: k.edge(g), Counted: k.counted(g), Sign: signOf(g),
	}, k.planned(g, all)...)
}

// keyOf names an alternative: a case of g's own, from 1, who takes part, and with
// which case.
func keyOf(i int, p control.Partner) uint32 {
	return uint32(i)<<16 | uint32(p.G.Proc+1)<<8 | uint32(p.I+1)
}

// elseKey is a select's default.
const elseKey = 1 << 31

func (k *offers) offerComm(c *control.Scheduler, g *control.G, m *control.Comm, i int) {
	ord := c.Object(m.Ch).Ord
	if m.Native() {
		k.add(c, g, -1, uint32(i)<<16, k.withPeeks(g, kindOfComm(m, ord))...)
		return
	}
	if m.Send {
		return
	}
	for _, p := range control.Earliest(m.Partners(c, g)) {
		all := k.withPeeks(g, search.Access{Object: ord, Kind: search.Meet})
		k.add(c, g, p.G.Proc, keyOf(i, p), append(all, k.glimpses(p.G)...)...)
	}
}

func (k *offers) offerSelect(c *control.Scheduler, g *control.G, sel *control.Selection) {
	if g.Yielded {
		for _, i := range sel.Lively(c, g) {
			k.offerComm(c, g, &sel.Cases[i].Comm, i+1)
		}
		return
	}
	sure := false
	for i := range sel.Cases {
		if m := &sel.Cases[i].Comm; m.Ch != nil && m.Can(c, g) {
			k.offerComm(c, g, m, i+1)
			sure = sure || m.Native()
		}
	}
	if sel.HasDefault && !sure {
		k.add(c, g, -1, elseKey, k.glimpses(g)...)
	}
}

// kindOfComm is how the real channel would be touched.
func kindOfComm(m *control.Comm, ord uint32) search.Access {
	h := (*control.Channel)(m.Ch)
	switch {
	case h.Size == 0 && h.Closed == 0:
		return search.Access{Object: ord, Kind: search.Meet}
	case m.Send:
		return search.Access{Object: ord, Kind: search.Send}
	case h.Count == 0 && h.Closed != 0:
		return search.Access{Object: ord, Kind: search.Drained}
	}
	return search.Access{Object: ord, Kind: search.Recv}
}

// glimpses are what a select has to do with each of its channels, whichever it is
// that something goes over.
func (k *intents) glimpses(g *control.G) (all []search.Access) {
	if g.Pending.Select == nil {
		return nil
	}
	for i := range g.Pending.Select.Cases {
		if o := g.Pending.Select.Cases[i].Object; o != nil {
			all = append(all, search.Access{Object: o.Ord, Kind: kindOfPeek(&g.Pending.Select.Cases[i].Comm)})
		}
	}
	return all
}

// kindOfPeek is how a select looks at the channel of one of its cases.
func kindOfPeek(m *control.Comm) search.Kind {
	switch h := (*control.Channel)(m.Ch); {
	case h.Size > 0:
		return search.Peek
	case m.Send:
		return search.Offers
	}
	return search.Awaits
}

func (k *intents) withPeeks(g *control.G, a search.Access) []search.Access {
	return append(k.glimpses(g), a)
}

// pendings are the accesses that g was about to make at the end of a run.
func (k *intents) pendings(g *control.G) []search.Access {
	switch p := &g.Pending; {
	case !p.Listed:
		return nil
	case p.Comm != nil && p.Object == nil:
		return nil // a nil channel
	case p.Comm != nil:
		return []search.Access{kindOfComm(p.Comm, p.Object.Ord)}
	case p.Select != nil:
		all := k.glimpses(g)
		for i := range p.Select.Cases {
			if o := p.Select.Cases[i].Object; o != nil {
				all = append(all, kindOfComm(&p.Select.Cases[i].Comm, o.Ord))
			}
		}
		return all
	}
	return k.intent(g)
}

// intent are the accesses of what g has announced, other than over channels.
func (k *intents) intent(g *control.G) []search.Access {
	p := &g.Pending
	if k.search.Leads(p.Site) {
		return k.one(0, search.Global)
	}
	ord, o := p.Ord, p.Thing()
	if o != nil {
		ord = o.Ord
	}
	if g.Fire != nil {
		return k.alarm(o)
	}
	switch row := &event.Table[p.Op]; row.By {
	case event.ByRow:
		return k.one(ord, row.Touch)
	case event.ByAccess:
		if !k.search.Visible(p.Site) {
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
		return k.onClock(p.Op, ord)
	case event.ByOutput:
		return k.printAccess()
	case event.ByFile:
		return onFiles(p)
	case event.ByStatement:
		return k.statement(p, ord, row)
	}
	return k.one(ord, search.Global)
}

// onCond are the accesses of who is about to wait for a condition, or was woken:
// the one gives back its lock, the other takes it again.
func (k *intents) onCond(p *control.Pending, ord uint32) []search.Access {
	switch {
	case p.Lock != nil:
		return append(k.one(ord, event.Table[p.Op].Touch), search.Access{Object: p.Lock.Ord, Kind: kindOfLock(p.Lock, event.Unlock)})
	case p.Wakes:
		return nil
	}
	return k.one(ord, taking(kindOfLock(p.Object, event.Lock)))
}

// onceKind is how it touches what is done once that somebody asks for it: as who
// does it, if nobody has.
func onceKind(o *control.Object, row *event.Row) search.Kind {
	if control.OnceDone(o.Ptr) {
		return row.Touch
	}
	return event.Table[event.OnceDo].Touch
}

// onChannel is the access of who looks at a channel, or closes it. A nil one is
// empty, and cannot be closed.
func (k *intents) onChannel(ord uint32, row *event.Row) []search.Access {
	switch {
	case ord != 0:
		return k.one(ord, row.Touch)
	case row.Touch == search.Peek:
		return nil
	}
	return k.one(ord, search.Global)
}

// onClock is the access of who looks at the clock, or whose time has come.
func (k *intents) onClock(op event.Op, ord uint32) []search.Access {
	if op == event.Woke {
		return k.passing()
	}
	return k.one(ord, search.Write) // at the end of a run: it might have moved the clock
}

// withParts is an access to a variable and to all that have bytes in common with
// it. Of those a sum is a write: they do not commute with it.
func (k *intents) withParts(ord uint32, kind search.Kind) []search.Access {
	all := k.one(ord, kind)
	if kind == search.Bump {
		kind = search.Write
	}
	for _, part := range control.Active.Parts(ord) {
		all = append(all, search.Access{Object: part.Ord, Kind: kind})
	}
	return all
}

// adding is how g touches an atomic: it may only add to it.
func (k *intents) adding(g *control.G, row *event.Row) search.Kind {
	if g.Bumps && k.search.Commutes() {
		return search.Bump
	}
	return row.Touch
}

// onFiles are the accesses of who does something with files. One may touch several
// things: the name of a file, what is in it, and the place from which it is read.
func onFiles(p *control.Pending) (all []search.Access) {
	for _, u := range p.Uses() {
		all = append(all, search.Access{Object: control.Active.Object(u.Ptr).Ord, Kind: u.Touch})
	}
	return all
}

// statement is the access of who sends a statement. Any two matter to each other, for
// all that is known here, but for one that only begins a transaction. One that has waited
// was made when it was sent; that it is over is nobody else's affair.
func (k *intents) statement(p *control.Pending, ord uint32, row *event.Row) []search.Access {
	if p.Unnoticed {
		return nil
	}
	return k.one(ord, row.Touch)
}

// printAccess: what is printed first matters where it is the outcome. Number 0 is
// no object's.
func (k *intents) printAccess() []search.Access {
	if k.values {
		return nil
	}
	return k.one(0, search.Write)
}

func (k *intents) one(ord uint32, kind search.Kind) []search.Access {
	k.single[0] = search.Access{Object: ord, Kind: kind}
	return k.single[:1:1]
}

// kindOfLock is how an operation of a lock touches it. One that is ever read-locked is a
// lock of readers and writers.
func kindOfLock(o *control.Object, op event.Op) search.Kind {
	row := &event.Table[op]
	o.RW = o.RW || row.Hold.Reads()
	if o.RW {
		return row.Shared
	}
	return row.Touch
}

// lockKind is kindOf for what was announced.
func lockKind(p *control.Pending, o *control.Object) search.Kind {
	kind := kindOfLock(o, p.Op)
	if p.Object != nil { // it waits
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
func (k *intents) inGroup(p *control.Pending, ord uint32) []search.Access {
	kind := groupKind(p)
	all := k.one(ord, kind)
	if also := balance(kind); also != event.TouchNone && k.search.Lacks(p.Site) {
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
func groupKind(p *control.Pending) search.Kind {
	row, group := &event.Table[p.Op], p.Thing().Ptr
	switch {
	case row.Touch == search.Wait:
		return search.Wait
	case lacks(p):
		return search.Global // it will panic
	case p.Adds < 0 && control.GroupCount(group)+p.Adds == 0:
		return search.DoneLast
	case p.Adds < 0:
		return search.Done
	case control.GroupDone(group):
		return search.AddFirst
	}
	return search.Add
}

// lacks says whether an operation leaves the counter of a wait group below 0: it
// panics.
func lacks(p *control.Pending) bool { return control.GroupCount(p.Thing().Ptr)+p.Adds < 0 }

// counted says whether what g announced is an operation that is counted.
func (k *intents) counted(g *control.G) bool {
	switch event.Table[g.Pending.Op].Counts {
	case event.CountsVisible:
		return k.search.Visible(g.Pending.Site)
	case event.CountsByState:
		return k.countedNow(g)
	}
	return true
}

func (k *intents) countedNow(g *control.G) bool {
	p := &g.Pending
	switch p.Op {
	case event.Woke:
		return k.search.Visible(p.Site) || k.watchesClock()
	case event.WGAdd:
		return g.ID != record.MainID || k.search.Visible(p.Site)
	case event.Look:
		return p.Ord != 0
	case event.CondWait:
		return !p.Wakes
	case event.Statement:
		return !p.Unnoticed
	}
	return g.Fire != nil
}

// edge says whether it is all the same when what g announced is done: then it is
// done at once, and not tried later. When a group panics is not.
func (k *intents) edge(g *control.G) bool {
	return !k.counted(g) && (event.Table[g.Pending.Op].By != event.ByGroup || !lacks(&g.Pending))
}

// Passes says whether g's access to memory is no step for others to come between.
// It is counted as one, as in a run outside a search. That run decides who is next
// where a goroutine has just begun or was served by another, so those points stay
// decisions here too.
func (k *seeker) Passes(g *control.G, op event.Op, s uint32) bool {
	c := k.c
	if op != event.Load && op != event.Store || k.lead.holds(c.Steps) || k.search.Visible(s) || len(c.Forward) > 0 || g != k.chosen {
		return false
	}
	if c.Dying {
		panic(control.Unwind{})
	}
	g.Pending = control.Pending{Op: op, Site: s}
	c.Turns++
	g.Epoch, g.Glanced = c.Epoch, 0
	c.Count(g)
	return true
}

func (k *seeker) PickPartner(all []control.Partner) int {
	for i, p := range all {
		if keyOf(0, p) == k.key&0xffff {
			return k.chose(i, len(all))
		}
	}
	return k.chose(0, len(all))
}

func (k *seeker) PickCase(can []int) int {
	want := alternative(k.key)
	if k.key == elseKey {
		want = control.DefaultCase
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
	if before, led := k.lead.picks(n); led {
		i = before
	}
	if n > 1 {
		k.picked(i)
	}
	return i
}
