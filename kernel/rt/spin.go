package rt

import (
	"unsafe"

	"threading101/kernel/event"
)

// A goroutine that waits by going round in a loop would, under a scheduler that
// may always choose it, keep the others from ever doing what it waits for, and
// never end if nobody will. It is known by what it does in a round: it changes
// nothing, and reads what it read the round before, unchanged since. Then it is
// tired: it goes on only when nobody else can, or when something has changed.

// idleRounds is how many such rounds may be made in all while nobody else can
// go on, 400,000 unless the limit of steps is another one. A loop that counts its
// rounds in a variable that is not recorded is taken for a waiting one: it must be
// able to end.
func (c *control) idleRounds() uint64 { return c.spec.Steps / 5 * 2 }

// round is what a goroutine did since its loop began anew.
type round struct {
	site  uint32 // of the loop
	reads uint64 // hash of what it read
	last  uint64 // that of the round before
	acted bool   // it changed something
}

func (c *control) tick(s uint32) {
	g := c.running
	if g == nil || g.self != self() {
		return
	}
	g.glanced = 0
	r := &g.round
	same := r.site == s && !r.acted && r.reads != 0 && r.reads == r.last
	if r.reads != 0 || r.acted {
		c.toiled += opRound
	} else {
		c.toiled += emptyRound
	}
	r.site, r.last, r.reads, r.acted = s, r.reads, 0, false
	if same {
		g.tired = true
		if c.idle++; c.idle > c.idleRounds() {
			c.stop(event.StopSpin, s, g)
		}
	}
	if c.toiled >= toilTime {
		c.toiled = 0
		c.toil(g, s)
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

// toil lets time pass, and others go on.
func (c *control) toil(g *g, s uint32) {
	if c.seek.weary() {
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
	g.round.reads = (g.round.reads<<5 | g.round.reads>>59) ^ (uint64(ord)<<32|uint64(version)+1)*0x9e3779b97f4a7c15
}

// acted notes that g changed something: whoever is tired may find what it waits for.
func (c *control) acted(g *g) {
	g.round.acted = true
	g.tired = false
	c.changes++
	c.idle, c.looks = 0, 0
	if len(c.tired) > 0 {
		c.wakeTired()
	}
}

// stirred notes that g locked or unlocked something: who tries to get it must be
// asked again. By itself that changes nothing: a loop that only ever looks under
// a lock waits as one that looks without.
func (c *control) stirred(g *g, o *object, op event.Op) {
	g.read(o.ord, uint32(op))
	if len(c.tired) > 0 {
		c.wakeTired()
	}
}

// weary says whether all who can go on have gone round for long enough without
// a change: then time passes for those who sleep.
func (c *control) weary() bool {
	return c.idle > uint64(4*c.live+16) && len(c.alarms.all) > 0 && !c.free()
}

func (c *control) wakeTired() {
	all := c.tired
	c.tired = nil
	for _, g := range all {
		g.tired = false
		c.enable(g)
	}
	c.tired = all[:0]
}

// refresh lets the tired go on, since nobody else can.
func (c *control) refresh() {
	if c.idle++; c.idle > c.idleRounds() {
		g := c.tired[0]
		c.stop(event.StopSpin, g.round.site, g)
	}
	c.wakeTired()
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
	return len(c.ready)+len(c.open) > 0 || len(c.alarms.all) > 0 || c.gate.open()
}

// access announces an access to memory of so many bytes, 0 if that is not known.
func (c *control) access(g *g, op event.Op, s uint32, p unsafe.Pointer, size uintptr) *location {
	l := c.reach(g, p, size)
	if l.shared || c.visited(s) <= privateVisits || g.tired && c.others() {
		if c.seek != nil && c.seek.passes(c, g, op, s) {
			return l
		}
		g.pend = pending{op: op, site: s, ord: l.ord}
		c.await(g)
	}
	return l
}

// reach finds what is known of a variable that g is about to access.
func (c *control) reach(g *g, p unsafe.Pointer, size uintptr) *location {
	l := c.locationAt(p, size)
	if l == nil {
		l = c.newLocation(p, size)
		l.owner = g.id
		for _, other := range l.overlap {
			l.shared = l.shared || other.owner != g.id || other.shared
		}
	}
	if l.owner != g.id && !l.shared {
		l.shared = true
		for _, other := range l.overlap {
			other.shared = true
		}
	}
	return l
}
