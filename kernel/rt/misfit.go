package rt

import (
	"threading101/kernel/event"
)

// checkReplay ends a replay whose decisions do not fit the program: what came
// after them would not be the run that was meant.
func (c *control) checkReplay() {
	if c.strict == nil {
		return
	}
	if _, misfits := c.strict.Misfit(); !misfits {
		return
	}
	var s uint32
	if c.running != nil {
		s = c.running.pend.site
	}
	c.stop(event.StopReplay, s, c.running)
}
