package search

import "math/bits"

// Count is a number of interleavings below 2^128.
type Count struct {
	hi, lo  uint64
	unknown bool // too large, or too dear to work out
}

func (a *Count) add(b Count) {
	a.unknown = a.unknown || b.unknown
	var carry uint64
	a.lo, carry = bits.Add64(a.lo, b.lo, 0)
	a.hi, carry = bits.Add64(a.hi, b.hi, carry)
	a.unknown = a.unknown || carry != 0
}

// String returns the number in decimal digits, "-" if it is not known.
func (a Count) String() string {
	if a.unknown {
		return "-"
	}
	var text [40]byte
	i := len(text)
	for {
		var digit uint64
		a.hi, digit = a.hi/10, a.hi%10
		a.lo, digit = bits.Div64(digit, a.lo, 10)
		i--
		text[i] = '0' + byte(digit)
		if a.hi|a.lo == 0 {
			return string(text[i:])
		}
	}
}

// mostStates bounds the work for one class.
const mostStates = 1 << 20

// counter counts the linear extensions of a run's order: the orders of the
// counted steps that keep each behind those that come before it. The order is
// made of chains, one for each goroutine; a state is how much of each is done,
// and the ways to reach it are the sum over the states before.
type counter struct {
	chains [][]int32 // for each goroutine with counted steps: what each of its steps needs of each chain
	counts []int32   // per goroutine and step: how many of its steps up to there are counted
	starts []int
	lo, hi []uint64
}

// extensions counts them for the run in h.
func (c *counter) extensions(h *History) Count {
	c.tally(h)
	order := c.link(h)
	return c.sum(order)
}

// tally numbers the counted steps of each goroutine.
func (c *counter) tally(h *History) {
	c.counts, c.starts = c.counts[:0], c.starts[:0]
	for p := range h.procs {
		c.starts = append(c.starts, len(c.counts))
		for range h.procs[p].steps + 1 {
			c.counts = append(c.counts, 0)
		}
	}
	for i := range h.steps {
		s := &h.steps[i]
		at := c.starts[s.proc] + int(s.own)
		c.counts[at] = c.counts[at-1]
		if s.counted {
			c.counts[at]++
		}
	}
}

// link makes the chains, and returns the goroutines that have one.
func (c *counter) link(h *History) (order []int) {
	var chain [MaxProcs]int
	for p := range h.procs {
		if c.counts[c.starts[p]+int(h.procs[p].steps)] == 0 {
			continue
		}
		chain[p] = len(order)
		order = append(order, p)
		if len(c.chains) < len(order) {
			c.chains = append(c.chains, nil)
		}
		c.chains[chain[p]] = c.chains[chain[p]][:0]
	}
	for i := range h.steps {
		s := &h.steps[i]
		if !s.counted {
			continue
		}
		known := h.clocks.at(s.clock)
		for _, q := range order {
			need := c.counts[c.starts[q]+int(known[q])]
			if q == int(s.proc) {
				need--
			}
			c.chains[chain[s.proc]] = append(c.chains[chain[s.proc]], need)
		}
	}
	return order
}

// sum adds up the ways.
func (c *counter) sum(order []int) Count {
	n := len(order)
	size := 1
	var weight, done [MaxProcs]int
	for i := range n {
		weight[i] = size
		size *= len(c.chains[i])/n + 1
		if size > mostStates {
			return Count{unknown: true}
		}
	}
	c.clear(size)
	c.lo[0] = 1
	over := false
	for state := range size {
		if c.lo[state]|c.hi[state] != 0 {
			over = c.advance(state, &weight, &done, n) || over
		}
		for i := 0; i < n; i++ { // the next state, as an odometer counts
			if done[i]++; done[i] <= len(c.chains[i])/n {
				break
			}
			done[i] = 0
		}
	}
	return Count{hi: c.hi[size-1], lo: c.lo[size-1], unknown: over}
}

func (c *counter) clear(size int) {
	if cap(c.lo) < size {
		c.lo, c.hi = make([]uint64, size), make([]uint64, size)
	}
	c.lo, c.hi = c.lo[:size], c.hi[:size]
	clear(c.lo)
	clear(c.hi)
}

// advance adds the ways to a state to those to each state after it, and says
// whether a number was too large.
func (c *counter) advance(state int, weight, done *[MaxProcs]int, n int) (over bool) {
	for i := range n {
		chain := c.chains[i]
		if done[i] == len(chain)/n {
			continue
		}
		if !reached(chain[done[i]*n:][:n], done) {
			continue
		}
		to := state + weight[i]
		var carry uint64
		c.lo[to], carry = bits.Add64(c.lo[to], c.lo[state], 0)
		c.hi[to], carry = bits.Add64(c.hi[to], c.hi[state], carry)
		over = over || carry != 0
	}
	return over
}

func reached(need []int32, done *[MaxProcs]int) bool {
	for i, n := range need {
		if int(n) > done[i] {
			return false
		}
	}
	return true
}
