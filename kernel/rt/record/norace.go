//go:build !race

package record

import "unsafe"

func RaceDisable()                 {}
func RaceEnable()                  {}
func RaceRelease(_ unsafe.Pointer) {}
func RaceAcquire(_ unsafe.Pointer) {}
