package search

import (
	"math/bits"

	"threading101/kernel/sched"
)

// A search that tries everything knows, for a long time, runs only that are nearly
// alike: those of one corner of a large tree. So some of its runs, from the first on,
// are made at random: nearly none of a small program, every other one of a large.
// They are mixed in by number, not by time, so that the same search makes the same
// runs. What they find is told, but they are counted apart: the interleavings and
// classes are those of the tree. Of a tree that was tried to its end none of them
// may end otherwise than some run of the tree did.

// probes is the runs made at random between those of a tree.
type probes struct {
	runs  int
	since int  // runs of the tree since the last
	bits  int  // of the number of orders that one run's steps have
	under bool // the run under way is one; the tree's next is prepared
}

// probed says whether such runs are made: the searches to which others are compared
// make what they are asked for, and nothing else.
func (c *Config) probed() bool {
	return c.Mode == sched.SearchDPOR || c.Mode == sched.SearchBound
}

// The programs by their size, and how many runs of the tree there are to each run at
// random. Programs of up to 2^smallBits orders, conflicts or none, are most often
// tried in a few milliseconds.
const (
	smallBits, smallEvery = 64, 64
	largeBits, largeEvery = 96, 1
	mediumEvery           = 8
)

// every is how many runs of the tree are made before the next run at random. All
// with few preemptions are tried beside searches at random, or before one: there few
// runs are enough.
func (s *Search) every() int {
	switch {
	case s.probes.bits <= smallBits:
		return smallEvery
	case s.probes.bits <= largeBits || s.bounded():
		return mediumEvery
	}
	return largeEvery
}

// due says whether a run at random is to be made now.
func (s *Search) due() bool {
	if s.probes.since++; s.probes.since < s.every() {
		return false
	}
	s.probes.since = 0
	return true
}

// size learns how many orders the steps of a run could have, if all of them
// conflicted: n steps of which n₁, n₂ … are of one goroutine each, at most
// (n/n₁)^n₁ · (n/n₂)^n₂ …
func (p *probes) size(h *History) {
	n, sum := uint(len(h.steps)), 0
	for i := range h.procs {
		if own := uint(h.procs[i].steps); own > 0 {
			sum += int(own) * (bits.Len(n/own) - 1)
		}
	}
	p.bits = max(p.bits, sum)
}

// random says whether the run under way is made at random.
func (s *Search) random() bool { return s.tree == nil || s.probes.under }

// probe says whether the run to be made is one at random. The tree learns nothing
// of it.
func (s *Search) probe(on bool) {
	if s.probes.under = on; s.tree == nil {
		return
	}
	s.History.racing = nil
	if s.sampler != nil {
		s.sampler.guide = nil
	}
	if !on && s.tree.kind == sourceSets {
		s.History.racing = s.tree.race
	}
}

// advance goes on to the next run, and says whether there is one: of the tree, or,
// while that is prepared, one at random.
func (s *Search) advance() bool {
	if s.probes.under {
		s.probe(false)
		return true
	}
	if !s.tree.next() && !s.deeper() {
		return false
	}
	s.probe(s.cfg.probed() && s.due())
	return true
}
