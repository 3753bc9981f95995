package rt

import (
	"time"
	"unsafe"

	"threading101/kernel/rt/control"
)

func timerStopControlled(c *control.Scheduler, s uint32, t *time.Timer) bool {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		return c.StopTimer(g, s, mine)
	}
	return t.Stop()
}

func timerResetControlled(c *control.Scheduler, s uint32, t *time.Timer, d time.Duration) bool {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		return c.ResetTimer(g, s, mine, int64(d), 0)
	}
	return t.Reset(d)
}

func tickerStopControlled(c *control.Scheduler, s uint32, t *time.Ticker) {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		c.StopTimer(g, s, mine)
		return
	}
	t.Stop()
}

func tickerResetControlled(c *control.Scheduler, s uint32, t *time.Ticker, d time.Duration) {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		c.ResetTimer(g, s, mine, int64(d), int64(d))
		return
	}
	t.Reset(d)
}
