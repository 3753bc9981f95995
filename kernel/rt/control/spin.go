package control

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// A goroutine that waits by going round in a loop would, under a scheduler that
// may always choose it, keep the others from ever doing what it waits for, and
// never end if nobody will. It is known by what it does in a round: it changes
// nothing, and reads what it read the round before, unchanged since. Then it is
// put aside: it has yielded, and goes on only when nobody else can, or when something
// has changed.
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

func idleRounds(c *Scheduler) uint64 { return min(c.Spec.Steps/5*2, mostIdle) }

// progress is what the scheduler knows of whether anything changes.
type progress struct {
	yielded     []*G   // repeat themselves: they go on when nobody else can
	Changes     uint64 // of anything by anybody
	idle        uint64 // rounds without one, while only those who yielded could go on
	computing   *G     // the recording says that it has computed since the last event
	PendingWork int64  // nanoseconds of work for which time has not passed yet
	workDone    uint64 // how often it has
}

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
func (g *G) loop(s uint32) *round {
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
func (g *G) loopSite() uint32 {
	if n := len(g.rounds); n > 0 {
		return g.rounds[n-1].site
	}
	return 0
}

// next begins the next round, and says how much work the last one was. Where
// nothing was read, it computes, unless it is known not to.
func (r *round) next(g *G, pure bool) (work int64) {
	acted := r.acts != g.acts
	if r.equal++; !r.begun || acted || r.reads == 0 && !pure || r.reads != r.last {
		r.equal = 0
	}
	r.begun = true
	if work = EmptyRound; acted || r.reads != 0 {
		work = opRound
	}
	r.all = mixed(r.all, r.reads)
	r.last, r.reads, r.acts = r.reads, 0, g.acts
	return work
}

// mixed is a hash with one more part.
func mixed(h, part uint64) uint64 { return (h<<5 | h>>59) ^ part*0x9e3779b97f4a7c15 }

func Tick(c *Scheduler, s uint32, pure bool) {
	g := c.Running
	if g == nil || g.Self != record.Self() {
		return
	}
	g.Glanced = 0
	r := g.loop(s)
	c.PendingWork += r.next(g, pure)
	if r.equal > 0 && (pure || r.equal >= mostRounds) {
		g.putAside(c, s, pure)
		if r.last == 0 {
			c.Point(g, event.None, s, nil) // there is no other step in it
			return
		}
	}
	if c.PendingWork >= WorkSlice {
		work(c, g, s)
	}
}

// Worked lets time pass for what was computed.
func Worked(s uint32) {
	c := Active
	if g := c.Running; g != nil && g.Self == record.Self() {
		recordWork(c, g, s)
		work(c, g, s)
	}
}

// recordWork tells the recording, once between two events, that g computes.
func recordWork(c *Scheduler, g *G, s uint32) {
	if c.computing != g {
		c.Record(g, event.Compute, 0, s, 0, record.Value{})
		c.computing = g
	}
}

// putAside has g wait for a change.
func (g *G) putAside(c *Scheduler, s uint32, pure bool) {
	g.Yielded, g.pure = true, pure
	c.Observer.PutsAside(s, pure)
	if c.idle++; c.idle > idleRounds(c) {
		c.spins(g, s)
	}
}

// spins ends the run: all wait in loops for what nobody will do. While main is at a
// prompt, it may yet do it.
func (c *Scheduler) spins(g *G, s uint32) {
	if c.prompt.g == nil {
		c.stop(event.StopSpin, s, g)
	}
	c.wake()
}

// Work takes time, or else a loop that counts until somebody who sleeps stops it
// would never be stopped. In nanoseconds: a round of a loop with operations in it,
// one without, and how much of both is noticed at a time.
const (
	opRound    = 1000
	EmptyRound = 2
	WorkSlice  = 1_000_000
)

// mostWork is how often so much work may be done in a run: for each of the steps
// that it may have 1,200 ns, a minute in all.
func mostWork(c *Scheduler) uint64 { return c.Spec.Steps * 1200 / WorkSlice }

// work lets time pass, and others go on. In a search the run is over as well if
// there is no time left.
func work(c *Scheduler, g *G, s uint32) {
	c.PendingWork = 0
	c.workDone++
	c.Observer.Computes(s)
	if c.overdue() {
		c.wake()
	}
	if !c.Observed && c.workDone > mostWork(c) {
		c.stop(event.StopBusy, s, g)
	}
	if len(c.alarms.all) > 0 && !c.Free() {
		c.Clock = min(c.later(WorkSlice), max(c.Clock, c.alarms.all[0].when))
		c.due()
	}
	if c.others() {
		c.Point(g, event.None, s, nil)
	}
}

// Read notes that g learned something of an object that had seen so many changes.
func (g *G) Read(ord, version uint32) {
	if n := len(g.rounds); n > 0 {
		r := &g.rounds[n-1]
		r.reads = mixed(r.reads, uint64(ord)<<32|uint64(version)+1)
	}
}

// Acted notes that g changed something: whoever has yielded may find what it waits for.
func (c *Scheduler) Acted(g *G) {
	g.acts++
	g.Yielded = false
	c.Happened()
}

// Happened says that something changed.
func (c *Scheduler) Happened() {
	c.Changes++
	c.idle, c.looks = 0, 0
	if len(c.yielded) > 0 {
		c.wakeYielded()
	}
}

// LockUsed notes that g locked or unlocked something. By itself that changes
// nothing: a loop that only ever looks under a lock waits as one that looks
// without. But whoever tries to lock it, and does not wait, must be let try again.
func (c *Scheduler) LockUsed(g *G, o *Object, op event.Op) {
	g.Read(o.Ord, uint32(op))
	if o.Tried && len(c.yielded) > 0 {
		c.wakeYielded()
	}
}

// timeMayPass says whether all who can go on have gone round for long enough without
// a change: then time passes for those who sleep.
func (c *Scheduler) timeMayPass() bool {
	return c.livelocked() && len(c.alarms.all) > 0 && !c.Free()
}

// livelocked says whether each of those who can go on was let go round since the
// last change, and more than once.
func (c *Scheduler) livelocked() bool { return c.idle > uint64(4*c.live+16) }

func (c *Scheduler) wakeYielded() {
	all := c.yielded
	c.yielded = nil
	for _, g := range all {
		g.Yielded = false
		c.enable(g)
	}
	c.yielded = all[:0]
}

// retryYielded lets the one go on that was put aside first, since nobody else can. If
// no round of any of them leaves anything behind, and all went round without a
// change, they will for ever.
func (c *Scheduler) retryYielded() {
	g := c.yielded[0]
	if c.idle++; c.idle > idleRounds(c) || c.livelocked() && allPure(c) && !c.gate.expecting(c) {
		c.spins(g, g.loopSite())
	}
	c.yielded = without(c.yielded, g)
	g.Yielded = false
	c.enable(g)
}

func allPure(c *Scheduler) bool {
	for _, g := range c.yielded {
		if !g.pure {
			return false
		}
	}
	return true
}

// invited says whether there is something new for g, which has yielded: somebody is
// there for one of its channels, or a value is.
func (g *G) invited(c *Scheduler) bool {
	if m := g.Pending.Comm; m != nil {
		return !m.drained()
	}
	return g.Pending.Select != nil && len(g.Pending.Select.Lively(c, g)) > 0
}

// Lively are the cases of a select over which something new would go: not those
// of a channel that is closed and empty.
func (sel *Selection) Lively(c *Scheduler, g *G) (all []int) {
	for i := range sel.Cases {
		if m := &sel.Cases[i].Comm; m.Can(c, g) && !m.drained() {
			all = append(all, i)
		}
	}
	return all
}

// others says whether anybody else could go on, now or when time has passed: one
// who waits for a variable that nobody else has touched so far must let them.
// Alone it may as well be computing, and goes on as quickly as it can.
func (c *Scheduler) others() bool {
	return len(c.Ready)+len(c.Open)+len(c.Forward) > 0 || len(c.alarms.all) > 0 || c.gate.open()
}
