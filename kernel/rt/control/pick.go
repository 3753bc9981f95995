package control

import (
	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// A choice that is nobody's, among few: a random number, which key of a map comes
// next. A search tries all of them, whatever the others do. Where there are too
// many for that, they are as the run's seed has them, and it is said so.
const (
	MostChances = 8 // alternatives
	mostThings  = 4 // to bring into an order: 24 ways
)

// Few says whether n things are brought into each order there is, in a search.
func Few(n int) bool { return n >= 0 && n <= mostThings }

// Picker is how the order of n things is chosen.
func Picker(c *Scheduler, n int) (pick func(n int) int) {
	if Few(n) {
		return func(n int) int { return ChanceControlled(c, n) }
	}
	c.Leave(c.Enter())
	if c.Observed {
		c.Observer.FixesOrder()
		return c.Observer.PickFirst
	}
	return c.pick
}

func ChanceControlled(c *Scheduler, n int) int {
	if n < 2 {
		return 0
	}
	g := c.Enter()
	g.Pending = Pending{Op: event.Chance, Among: n}
	c.Await(g)
	i := c.drawn(n)
	c.Leave(g)
	return i
}

// drawn is which of the alternatives of what was just decided it is.
func (c *Scheduler) drawn(n int) int {
	if !c.Observed {
		return c.pickOf(n, c.offerChance)
	}
	return c.Observer.PickOwn(n)
}

// Pausing says whether the number that g draws does not matter: on the free clock
// every wait may be over at any moment. Who looks at the clock may see how long it
// was.
func (g *G) Pausing(c *Scheduler) bool { return g.Pauses && c.Free() }

// pickPartner chooses who takes part in a communication.
func (c *Scheduler) pickPartner(all []Partner) int {
	if !c.Observed {
		return c.pickOf(len(all), func(i int) { c.offerPartner(all[i], i) })
	}
	return c.Observer.PickPartner(all)
}

// pickCase chooses one of some cases of g's select.
func (c *Scheduler) pickCase(g *G, sel *Selection, can []int) int {
	if !c.Observed {
		return c.pickOf(len(can), func(i int) { c.offerCase(g, sel, can[i], i) })
	}
	return c.Observer.PickCase(can)
}

// pick is a choice from 0 to n-1 other than who is next, about which nobody is asked.
func (c *Scheduler) pick(n int) int { return c.pickOf(n, nil) }

// pickOf is a choice from 0 to n-1 other than who is next; offer records the i-th
// alternative.
func (c *Scheduler) pickOf(n int, offer func(i int)) int {
	if n < 2 {
		return 0
	}
	picked := c.source.Pick(n)
	c.checkReplay()
	c.keepPick(n, picked, offer)
	return picked
}

// streams are the random numbers that goroutines draw, other than few: from the seed of
// the run, or, in a program that cells continue, from those of the cells up to the one
// in which they are drawn.
type streams struct {
	all   map[uint32]*sched.Random // by the goroutine's number
	later uint64                   // of the seeds of the cells after the first, so far
}

// StreamOf is what g draws random numbers from.
func StreamOf(c *Scheduler, g *G) *sched.Random {
	s := &c.Library.streams
	if s.all == nil {
		s.all = map[uint32]*sched.Random{}
	}
	one := s.all[g.ID]
	if one == nil {
		one = sched.NewRandom(c.Spec.Seed ^ s.later ^ uint64(g.ID)*0x9e3779b97f4a7c15)
		one.Reset(one.Next())
		s.all[g.ID] = one
	}
	return one
}

// continued begins all streams anew for the cell that has a seed of its own.
func (s *streams) continued(seed uint64) {
	s.all, s.later = nil, sched.NewRandom(s.later^seed).Next()
}
