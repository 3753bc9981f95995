// Package rtrand2 has the functions of math/rand/v2 that draw from a source which the
// program did not seed. In a controlled run the numbers come from the run's seed.
package rtrand2

import (
	"math/rand/v2"

	"threading101/kernel/rt"
)

// ours draws from the run's seed.
var ours = rand.New(source{})

type source struct{}

func (source) Uint64() uint64 { return rt.Random() }

// integer is what N works on.
type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// N is rand.N.
func N[Int integer](n Int) Int {
	if rt.Controlled() && n > 0 {
		if i, few := rt.Chance(n); few {
			return i
		}
		return Int(ours.Uint64N(uint64(n)))
	}
	return rand.N(n)
}
