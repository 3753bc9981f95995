package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// A goroutine that waits by going round in a loop would, under a scheduler that
// may always choose it, keep the others from ever doing what it waits for, and
// never end if nobody will. It is known by what it does in a round: it changes
// nothing, and reads what it read the round before, unchanged since. Then it is
// put aside, tired: it goes on only when nobody else can, or when something has
// changed.
//
// Where the source shows that such a round leaves nothing behind (TickPure), one
// round more would be the same again, and nothing is lost by leaving it out. Of
// any other loop that is not known: it may count its rounds, and give up after
// the tenth. It is put aside later, and then there are runs that nobody tries.

// mostRounds is how many equal rounds in a row a loop may make that is not known
// to leave nothing behind.
const mostRounds = 16

// mostIdle is how many rounds may be made in all while nobody else can go on.
const mostIdle = 4_000_000

func (c *control) idleRounds() uint64 { return min(c.spec.Steps/5*2, mostIdle) }

// round is what a goroutine did since a loop of its began anew.
type round struct {
	site  uint32 // of the loop
	begun bool   // it is not the first
	equal uint32 // rounds in a row in which nothing was new
	reads uint64 // hash of what it read
	last  uint64 // that of the round before
	all   uint64 // that of all rounds
	acts  uint64 // what the goroutine had changed when it began
}

// loop returns the round of the loop at s. Those that began within it are over,
// and what was read in them was read in this.
func (g *g) loop(s uint32) *round {
	n := len(g.rounds) - 1
	for i := n; i >= 0; i-- {
		if g.rounds[i].site != s {
			continue
		}
		r := &g.rounds[i]
		for _, inner := range g.rounds[i+1:] {
			r.reads = mixed(mixed(r.reads, inner.all), inner.reads)
		}
		g.rounds = g.rounds[:i+1]
		return r
	}
	g.rounds = append(g.rounds, round{site: s, acts: g.acts})
	return &g.rounds[n+1]
}

// loopSite is that of the loop that g is in, 0 if it is not known to be in one.
func (g *g) loopSite() uint32 {
	if n := len(g.rounds); n > 0 {
		return g.rounds[n-1].site
	}
	return 0
}

// next begins the next round, and says how much work the last one was. Where
// nothing was read, it computes, unless it is known not to.
func (r *round) next(g *g, pure bool) (work int64) {
	acted := r.acts != g.acts
	if r.equal++; !r.begun || acted || r.reads == 0 && !pure || r.reads != r.last {
		r.equal = 0
	}
	r.begun = true
	if work = emptyRound; acted || r.reads != 0 {
		work = opRound
	}
	r.all = mixed(r.all, r.reads)
	r.last, r.reads, r.acts = r.reads, 0, g.acts
	return work
}

// mixed is a hash with one more part.
func mixed(h, part uint64) uint64 { return (h<<5 | h>>59) ^ part*0x9e3779b97f4a7c15 }

func (c *control) tick(s uint32, pure bool) {
	g := c.running
	if g == nil || g.Self != record.Self() {
		return
	}
	g.glanced = 0
	r := g.loop(s)
	c.toiled += r.next(g, pure)
	if r.equal > 0 && (pure || r.equal >= mostRounds) {
		c.putAside(g, s, pure)
		if r.last == 0 {
			c.point(g, event.None, s, nil) // there is no other step in it
			return
		}
	}
	if c.toiled >= toilTime {
		c.toil(g, s)
	}
}

// worked lets time pass for what was computed.
func (c *control) worked(s uint32) {
	if g := c.running; g != nil && g.Self == record.Self() {
		c.recordToil(g, s)
		c.toil(g, s)
	}
}

// recordToil tells the recording, once between two events, that g computes.
func (c *control) recordToil(g *g, s uint32) {
	if c.toiler != g {
		c.record(g, event.Compute, 0, s, 0, record.Value{})
		c.toiler = g
	}
}

// putAside has g wait for a change.
func (c *control) putAside(g *g, s uint32, pure bool) {
	g.tired, g.pure = true, pure
	c.observer.putsAside(s, pure)
	if c.idle++; c.idle > c.idleRounds() {
		c.stop(event.StopSpin, s, g)
	}
}

// Work takes time, or else a loop that counts until somebody who sleeps stops it
// would never be stopped. In nanoseconds: a round of a loop with operations in it,
// one without, and how much of both is noticed at a time.
const (
	opRound    = 1000
	emptyRound = 2
	toilTime   = 1_000_000
)

// mostToil is how often so much work may be done in a run: for each of the steps
// that it may have 1,200 ns, a minute in all.
func (c *control) mostToil() uint64 { return c.spec.Steps * 1200 / toilTime }

// toil lets time pass, and others go on. In a search the run is over as well if
// there is no time left.
func (c *control) toil(g *g, s uint32) {
	c.toiled = 0
	c.toils++
	c.observer.computes(s)
	if !c.observed && c.toils > c.mostToil() {
		c.stop(event.StopBusy, s, g)
	}
	if len(c.alarms.all) > 0 && !c.free() {
		c.clock = min(c.later(toilTime), max(c.clock, c.alarms.all[0].when))
		c.due()
	}
	if c.others() {
		c.point(g, event.None, s, nil)
	}
}

// read notes that g learned something of an object that had seen so many changes.
func (g *g) read(ord, version uint32) {
	if n := len(g.rounds); n > 0 {
		r := &g.rounds[n-1]
		r.reads = mixed(r.reads, uint64(ord)<<32|uint64(version)+1)
	}
}

// acted notes that g changed something: whoever is tired may find what it waits for.
func (c *control) acted(g *g) {
	g.acts++
	g.tired = false
	c.happened()
}

// happened says that something changed.
func (c *control) happened() {
	c.changes++
	c.idle, c.looks = 0, 0
	if len(c.tired) > 0 {
		c.wakeTired()
	}
}

// stirred notes that g locked or unlocked something. By itself that changes
// nothing: a loop that only ever looks under a lock waits as one that looks
// without. But whoever tries to lock it, and does not wait, must be let try again.
func (c *control) stirred(g *g, o *object, op event.Op) {
	g.read(o.ord, uint32(op))
	if o.tried && len(c.tired) > 0 {
		c.wakeTired()
	}
}

// weary says whether all who can go on have gone round for long enough without
// a change: then time passes for those who sleep.
func (c *control) weary() bool {
	return c.repeats() && len(c.alarms.all) > 0 && !c.free()
}

// repeats says whether each of those who can go on was let go round since the
// last change, and more than once.
func (c *control) repeats() bool { return c.idle > uint64(4*c.live+16) }

func (c *control) wakeTired() {
	all := c.tired
	c.tired = nil
	for _, g := range all {
		g.tired = false
		c.enable(g)
	}
	c.tired = all[:0]
}

// refresh lets the one go on that was put aside first, since nobody else can. If
// no round of any of them leaves anything behind, and all went round without a
// change, they will for ever.
func (c *control) refresh() {
	g := c.tired[0]
	if c.idle++; c.idle > c.idleRounds() || c.repeats() && c.allPure() && !c.expecting() {
		c.stop(event.StopSpin, g.loopSite(), g)
	}
	c.tired = without(c.tired, g)
	g.tired = false
	c.enable(g)
}

func (c *control) allPure() bool {
	for _, g := range c.tired {
		if !g.pure {
			return false
		}
	}
	return true
}

// invited says whether there is something new for g, which is tired: somebody is
// there for one of its channels, or a value is.
func (c *control) invited(g *g) bool {
	if m := g.pend.comm; m != nil {
		return !m.drained()
	}
	return g.pend.sel != nil && len(c.lively(g, g.pend.sel)) > 0
}

// lively are the cases of a select over which something new would go: not those
// of a channel that is closed and empty.
func (c *control) lively(g *g, sel *selection) (all []int) {
	for i := range sel.cases {
		if m := &sel.cases[i].comm; c.canComm(g, m) && !m.drained() {
			all = append(all, i)
		}
	}
	return all
}

// visited counts a visit of a site.
func (c *control) visited(s uint32) uint32 {
	if int(s) >= len(c.visits) {
		c.visits = append(c.visits, make([]uint32, int(s)+64-len(c.visits))...)
	}
	c.visits[s]++
	return c.visits[s]
}

// location is a variable, or an element of one.
type location struct {
	ptr     unsafe.Pointer
	ord     uint32
	version uint32
	owner   uint32      // the goroutine that touched it first
	shared  bool        // another one did as well
	size    uintptr     // in bytes, 0 if that is not known
	overlap []*location // those that have bytes in common with it
	sites   []uint32    // of accesses to it, as far as a recording was told of their parts
}

// privateVisits is how often a site is a point where others may come between
// although only one goroutine has touched what it touches so far: the first
// rounds of two goroutines must be able to meet, and a loop over a table of a
// million numbers must not take a million decisions.
const privateVisits = 64

// others says whether anybody else could go on, now or when time has passed: one
// who waits for a variable that nobody else has touched so far must let them.
// Alone it may as well be computing, and goes on as quickly as it can.
func (c *control) others() bool {
	return len(c.ready)+len(c.open)+len(c.forward) > 0 || len(c.alarms.all) > 0 || c.gate.open()
}

// access announces an access to memory of so many bytes, 0 if that is not known.
func (c *control) access(g *g, op event.Op, s uint32, p unsafe.Pointer, size uintptr) *location {
	l := c.reach(g, s, p, size)
	if l.shared || c.visited(s) <= privateVisits || g.tired && c.others() {
		if c.observed && c.observer.passes(g, op, s) {
			return l
		}
		g.pend = pending{op: op, site: s, ord: l.ord}
		c.await(g)
	}
	return l
}

// reach finds what is known of a variable that g is about to access at a site.
func (c *control) reach(g *g, s uint32, p unsafe.Pointer, size uintptr) *location {
	l := c.locationAt(p, size)
	if l == nil {
		l = c.newLocation(p, size)
		l.owner = g.ID
		for _, other := range l.overlap {
			l.shared = l.shared || other.owner != g.ID || other.shared
		}
		c.recordPartOf(g, l)
	}
	c.recordParts(g, s, l)
	if l.owner != g.ID && !l.shared {
		l.shared = true
		for _, other := range l.overlap {
			other.shared = true
		}
	}
	return l
}
