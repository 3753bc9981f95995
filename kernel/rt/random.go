package rt

import "threading101/kernel/rt/control"

// Random is a random number of a controlled run. Each goroutine draws from a
// stream of its own, so what one draws does not depend on what the others did
// meanwhile.
func Random() uint64 {
	g := control.Active.Enter()
	if g.Pausing(control.Active) {
		control.Active.Observer.DrawsPause()
	} else {
		control.Active.Observer.FixesRandom()
	}
	stream := control.StreamOf(control.Active, g)
	control.Active.Leave(g)
	return stream.Next()
}

// Chance draws a number from 0 to n-1, if those are few.
func Chance[T integer](n T) (i T, few bool) {
	if n <= 0 || n > control.MostChances || drawsPause(control.Active) {
		return 0, false
	}
	return T(control.ChanceControlled(control.Active, int(n))), true
}

// Shuffle brings n things into an order that the scheduler chooses.
func Shuffle(n int, swap func(i, j int)) {
	if control.Active == nil {
		return
	}
	pick := control.Picker(control.Active, n)
	for i := n - 1; i > 0; i-- { // Fisher and Yates
		swap(i, pick(i+1))
	}
}

// drawing marks that a random number says only how long somebody waits.
type drawing struct{}

// Drawing begins to draw such a number, and [Drawn] has drawn it.
func Drawing() drawing {
	if control.Active != nil {
		g := control.Active.Enter()
		g.Pauses = true
		control.Active.Leave(g)
	}
	return drawing{}
}

// Drawn returns what was drawn.
func Drawn[T any](_ drawing, v T) T {
	if control.Active != nil {
		g := control.Active.Enter()
		g.Pauses = false
		control.Active.Leave(g)
	}
	return v
}

// drawsPause is pausing for the goroutine that runs.
func drawsPause(c *control.Scheduler) bool {
	g := c.Enter()
	defer c.Leave(g)
	return g.Pausing(c)
}
