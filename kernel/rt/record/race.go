//go:build race

package record

import (
	"runtime"
	"unsafe"
)

// The detector must not take the order of the notes for an order of the
// program: it looks away while the spin lock is taken and released.

func RaceDisable() { runtime.RaceDisable() }
func RaceEnable()  { runtime.RaceEnable() }

// RaceRelease and RaceAcquire tell the detector of an order that it cannot see: all
// that came before a release at p comes before what follows an acquire there.

func RaceRelease(p unsafe.Pointer) { runtime.RaceReleaseMerge(p) }
func RaceAcquire(p unsafe.Pointer) { runtime.RaceAcquire(p) }
