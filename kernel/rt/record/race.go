//go:build race

package record

import "runtime"

// The detector must not take the order of the notes for an order of the
// program: it looks away while the spin lock is taken and released.

func RaceDisable() { runtime.RaceDisable() }
func RaceEnable()  { runtime.RaceEnable() }
