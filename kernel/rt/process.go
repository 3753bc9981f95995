package rt

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// standardProcs is what a controlled run says of the machine: it is the same run
// on every machine.
const standardProcs = 4

// NumGoroutine is runtime.NumGoroutine. Of a controlled run it counts who is under
// control, and others only where some were met: one that has ended takes a while
// to be gone, and how long is not the program's.
func NumGoroutine() int {
	if ctl == nil {
		return runtime.NumGoroutine()
	}
	g := ctl.enter()
	ctl.point(g, event.Census, 0, nil)
	ctl.observer.counts(g)
	g.read(0, uint32(ctl.changes))
	n := ctl.goroutines()
	ctl.over(g)
	return n
}

func (c *control) goroutines() int {
	if event.Loose(*record.Word(record.Ring, event.OffLoose))&event.LooseGoroutine != 0 {
		return c.live + c.hold.strangers(c)
	}
	return c.live
}

// NumCPU is runtime.NumCPU.
func NumCPU() int {
	if ctl != nil {
		return standardProcs
	}
	return runtime.NumCPU()
}

// GOMAXPROCS is runtime.GOMAXPROCS. In a controlled run one goroutine runs at a
// time whatever it says.
func GOMAXPROCS(n int) int {
	if ctl == nil {
		return runtime.GOMAXPROCS(n)
	}
	old := ctl.lib.procs
	if old == 0 {
		old = standardProcs
	}
	if n > 0 {
		ctl.lib.procs = n
	}
	return old
}
