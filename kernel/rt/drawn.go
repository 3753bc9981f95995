package rt

import "threading101/kernel/rt/control"

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
	return c.Pausing(g)
}
