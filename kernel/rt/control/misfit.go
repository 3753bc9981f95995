package control

import "threading101/kernel/event"

// checkReplay ends a replay whose decisions do not fit the program: what came
// after them would not be the run that was meant.
func (c *Scheduler) checkReplay() {
	if c.strict == nil {
		return
	}
	if _, misfits := c.strict.Misfit(); !misfits {
		return
	}
	var s uint32
	if c.Running != nil {
		s = c.Running.Pending.Site
	}
	c.stop(event.StopReplay, s, c.Running)
}
