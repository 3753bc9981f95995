package sched

// Random decides at random: each goroutine that can go on is as likely as any
// other. But one seed in four hurries: main, where it can go on, is preferred three
// times in four. So main is over early in some of the runs, as it often is under Go's
// own scheduler, and it shows what it leaves behind. Equal seeds give equal decisions,
// on every machine and in every version that reads tokens of this one.
type Random struct {
	state   uint64
	hurries bool
}

// NewRandom returns a source for seed.
func NewRandom(seed uint64) *Random {
	r := &Random{}
	r.Reset(seed)
	return r
}

// Reset implements [Source].
func (r *Random) Reset(seed uint64) {
	r.state = ^seed
	r.hurries = r.Next()>>62 == 0
	r.state = seed
}

// Choose implements [Source].
func (r *Random) Choose(p *Point) int {
	if r.hurries && p.Main >= 0 && r.Next()>>62 != 0 {
		return p.Main
	}
	return r.below(p.N)
}

// Pick implements [Source].
func (r *Random) Pick(n int) int { return r.below(n) }

// below returns a number below n. The high half of a product is a little
// uneven, by n in 2^32, which nobody can see.
func (r *Random) below(n int) int { return int(r.Next() >> 32 * uint64(n) >> 32) }

// Next is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
// Generators, OOPSLA 2014).
func (r *Random) Next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
