package rt

import (
	"unsafe"

	"threading101/kernel/rt/control"
)

// Searching says whether schedules are searched: only then Unseen is needed.
func Searching() bool {
	return control.Active != nil && control.Active.Observed && !control.Active.Dying
}

// Unseen notes that n bytes at p are read for what is printed at site s.
func Unseen(s uint32, p unsafe.Pointer, n uintptr) {
	g := control.Active.Enter()
	control.Active.Observer.Reads(g, s, p, n)
}
