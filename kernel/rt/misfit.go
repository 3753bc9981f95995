package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// checkReplay ends a replay whose decisions do not fit the program: what came
// after them would not be the run that was meant.
func (c *control) checkReplay() {
	r, ok := c.source.(*sched.Replay)
	if !ok || c.spec.Lenient {
		return
	}
	if _, misfits := r.Misfit(); !misfits {
		return
	}
	var s uint32
	if c.running != nil {
		s = c.running.pend.site
	}
	c.stop(event.StopReplay, s, c.running)
}
