package control

import "threading101/kernel/sched"

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
