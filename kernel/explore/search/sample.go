package search

// sampler tries schedules at random, in three ways in turn, none of which is best
// for all programs.
type sampler struct {
	h    *History
	next func() uint64 // random
	runs int

	order  [MaxProcs]uint64 // of the second way: who goes first
	known  int              // goroutines that have one
	length [MaxProcs]int32  // of the third: steps that each made in earlier runs, at most

	made  []turn // what was decided in the run under way
	guide []turn // what is to be decided in it, if that is not left to chance
}

func (s *sampler) begin() {
	if s.guide == nil {
		s.runs++
	}
	s.known, s.made = 0, s.made[:0]
}

// guided says whether the run under way goes as one before it, but for steps that
// changed places.
func (s *sampler) guided() bool { return s.guide != nil }

func (s *sampler) choose(c *Choice) int {
	i := s.follow(c)
	if i < 0 {
		i = s.draw(c)
	}
	s.made = append(s.made, turn{c.Moves[i].Proc, c.Moves[i].Key})
	return i
}

// follow is the move that the guide has here, -1 if it has none.
func (s *sampler) follow(c *Choice) int {
	if at := len(s.made); at < len(s.guide) {
		for i := range c.Moves {
			if m := &c.Moves[i]; m.Proc == s.guide[at].proc && m.Key == s.guide[at].key {
				return i
			}
		}
	}
	return -1
}

func (s *sampler) draw(c *Choice) int {
	for i := range c.Moves {
		if c.Moves[i].Edge {
			return i
		}
	}
	switch s.runs % 3 {
	case 0:
		return s.below(len(c.Moves))
	case 1:
		return s.byOrder(c)
	}
	return s.byLength(c)
}

func (s *sampler) below(n int) int { return int(s.next() >> 32 * uint64(n) >> 32) }

// byOrder is partial order sampling (Yuan, Yang, Gu, CAV 2018): each operation has
// a random rank, and gets a new one when one that it conflicts with is done.
func (s *sampler) byOrder(c *Choice) int {
	for ; s.known < len(s.h.procs); s.known++ {
		s.order[s.known] = s.next()
	}
	if n := len(s.h.steps); n > 0 {
		s.order[s.h.steps[n-1].proc] = s.next()
	}
	made := s.h.lastAccesses()
	best := 0
	for i := range c.Moves {
		m := &c.Moves[i]
		if dependent(made, c.accesses(m)) {
			s.order[m.Proc] = s.next()
		}
		if s.order[m.Proc] > s.order[c.Moves[best].Proc] {
			best = i
		}
	}
	return s.among(c, best)
}

// byLength makes each order about as likely as any other: who has more steps
// left goes on more often (Zhao and others, Selectively Uniform Concurrency
// Testing, ASPLOS 2025). How many are left is guessed from earlier runs.
func (s *sampler) byLength(c *Choice) int {
	sum := 0
	for i := range c.Moves {
		sum += s.left(&c.Moves[i])
	}
	at := s.below(sum)
	for i := range c.Moves {
		if at -= s.left(&c.Moves[i]); at < 0 {
			return s.among(c, i)
		}
	}
	return 0
}

func (s *sampler) left(m *Move) int {
	return max(1, int(s.length[m.Proc]-s.h.procs[m.Proc].steps))
}

// among returns one of the alternatives that the goroutine of move i has.
func (s *sampler) among(c *Choice, i int) int {
	n := 0
	for k := range c.Moves {
		if c.Moves[k].Proc == c.Moves[i].Proc {
			n++
		}
	}
	if n == 1 {
		return i
	}
	nth := s.below(n)
	for k := range c.Moves {
		if c.Moves[k].Proc == c.Moves[i].Proc {
			if nth--; nth < 0 {
				return k
			}
		}
	}
	return i
}

// end learns how long the goroutines are.
func (s *sampler) end() {
	for p := range s.h.procs {
		s.length[p] = max(s.length[p], s.h.procs[p].steps)
	}
}
