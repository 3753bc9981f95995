package rt

// drawing marks that a random number says only how long somebody waits.
type drawing struct{}

// Drawing begins to draw such a number, and [Drawn] has drawn it.
func Drawing() drawing {
	if ctl != nil {
		g := ctl.enter()
		g.pauses = true
		ctl.over(g)
	}
	return drawing{}
}

// Drawn returns what was drawn.
func Drawn[T any](_ drawing, v T) T {
	if ctl != nil {
		g := ctl.enter()
		g.pauses = false
		ctl.over(g)
	}
	return v
}

// pausing says whether the number that g draws does not matter: on the free clock
// every wait may be over at any moment. Who looks at the clock may see how long it
// was.
func (c *control) pausing(g *g) bool { return g.pauses && c.free() }

// drawsPause is pausing for the goroutine that runs.
func drawsPause(c *control) bool {
	g := c.enter()
	defer c.over(g)
	return c.pausing(g)
}
