package rt

import "runtime"

// standardProcs is what a controlled run says of the machine: it is the same run
// on every machine.
const standardProcs = 4

// NumGoroutine is runtime.NumGoroutine.
func NumGoroutine() int {
	if ctl != nil {
		return ctl.live + ctl.hold.strangers(ctl)
	}
	return runtime.NumGoroutine()
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
