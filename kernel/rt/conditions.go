package rt

import (
	"unsafe"

	"threading101/kernel/rt/control"
)

// Conditions has n expressions looked at in a controlled run: the first always of them
// whenever no lock is held, the others when the run ends. tell says what was read to
// evaluate one that is not true. The instrumenter has it called where main begins:
//
//	rtfmt.Conditions(1, func() interface{} { return (rtfmt.Tell("total", (*rtfmt.See(&total))) >= 0) == (0 == 0) })
//
// To look is no step of the run: it is the same with and without.
func Conditions(always, n int, holds func(i int) bool, tell func(i int) string) {
	if c := control.Active; c != nil && running < 2 { // main may call itself
		c.Watch(control.Conditions{Always: always, N: n, Holds: holds, Tell: tell})
	}
}

// Saw is told of each read that is made to evaluate a condition: of n bytes at p.
func Saw(p unsafe.Pointer, n uintptr) {
	if c := control.Active; c != nil {
		c.Saw(p, n)
	}
}
