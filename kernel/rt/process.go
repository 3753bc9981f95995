package rt

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
)

// standardProcs is what a controlled run says of the machine: it is the same run
// on every machine.
const standardProcs = 4

// NumGoroutine is runtime.NumGoroutine. Of a controlled run it counts who is under
// control, and others only where some were met: one that has ended takes a while
// to be gone, and how long is not the program's.
func NumGoroutine() int {
	if control.Active == nil {
		return runtime.NumGoroutine()
	}
	g := control.Active.Enter()
	control.Active.Point(g, event.Census, 0, nil)
	control.Active.Observer.Counts(g)
	g.Read(0, uint32(control.Active.Changes))
	n := control.Active.CountGoroutines()
	control.Active.Leave(g)
	return n
}

// NumCPU is runtime.NumCPU.
func NumCPU() int {
	if control.Active != nil {
		return standardProcs
	}
	return runtime.NumCPU()
}

// GOMAXPROCS is runtime.GOMAXPROCS. In a controlled run one goroutine runs at a
// time whatever it says.
func GOMAXPROCS(n int) int {
	if control.Active == nil {
		return runtime.GOMAXPROCS(n)
	}
	old := control.Active.Library.Procs
	if old == 0 {
		old = standardProcs
	}
	if n > 0 {
		control.Active.Library.Procs = n
	}
	return old
}
