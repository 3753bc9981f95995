package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Glimpse announces and notes that a library is about to read n bytes at p, for
// what is done at site s. Whoever calls it reads them before it calls anything else
// of this package.
func Glimpse(s uint32, p unsafe.Pointer, n uintptr) {
	g := control.Active.Enter()
	if p == nil || g.OnStack(p) {
		return
	}
	l := control.Active.Access(g, event.Load, s, hide(p), n)
	control.Active.Loaded(g, event.Load, s, l, record.Value{Flags: event.FlagNoValue})
}
