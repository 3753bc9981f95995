package rt

import "threading101/kernel/event"

// A choice that is nobody's, among few: a random number, which key of a map comes
// next. A search tries all of them, whatever the others do. Where there are too
// many for that, they are as the run's seed has them, and it is said so.
const (
	mostChances = 8 // alternatives
	mostThings  = 4 // to bring into an order: 24 ways
)

// Chance draws a number from 0 to n-1, if those are few.
func Chance[T integer](n T) (i T, few bool) {
	if n <= 0 || n > mostChances || drawsPause(ctl) {
		return 0, false
	}
	return T(chanceControlled(ctl, int(n))), true
}

// Few says whether n things are brought into each order there is, in a search.
func Few(n int) bool { return n >= 0 && n <= mostThings }

// Shuffle brings n things into an order that the scheduler chooses.
func Shuffle(n int, swap func(i, j int)) {
	if ctl == nil {
		return
	}
	pick := ctl.picker(n)
	for i := n - 1; i > 0; i-- { // Fisher and Yates
		swap(i, pick(i+1))
	}
}

// picker is how the order of n things is chosen.
func (c *control) picker(n int) (pick func(n int) int) {
	if Few(n) {
		return func(n int) int { return chanceControlled(c, n) }
	}
	c.over(c.enter())
	if c.observed {
		c.observer.fixesOrder()
		return c.observer.pickFirst
	}
	return c.pick
}

func chanceControlled(c *control, n int) int {
	if n < 2 {
		return 0
	}
	g := c.enter()
	g.pend = pending{op: event.Chance, among: n}
	c.await(g)
	i := c.drawn(n)
	c.over(g)
	return i
}

// drawn is which of the alternatives of what was just decided it is.
func (c *control) drawn(n int) int {
	if !c.observed {
		return c.pick(n)
	}
	return c.observer.pickOwn(n)
}
