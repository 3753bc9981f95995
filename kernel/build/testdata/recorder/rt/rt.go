// Package rt stands for the recorder in tests: it does nothing, in Go and in
// assembly.
package rt

import "threading101/kernel/event"

func self() uintptr

// Main begins and ends a program.
func Main(site uint32) func() {
	if self() == 0 || event.One != 1 {
		panic("no goroutine")
	}
	return func() {}
}
