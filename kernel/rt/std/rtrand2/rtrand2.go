// Package rtrand2 has the functions of math/rand/v2 that draw from a source which the
// program did not seed. In a controlled run the numbers come from the run's seed.
package rtrand2

import (
	"math/rand/v2"

	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// ours draws from the run's seed.
var ours = rand.New(source{})

type source struct{}

func (source) Uint64() uint64 { return rt.Random() }

// ExpFloat64 is rand.ExpFloat64.
func ExpFloat64() float64 {
	if rt.Controlled() {
		return ours.ExpFloat64()
	}
	return rand.ExpFloat64()
}

// Float32 is rand.Float32.
func Float32() float32 {
	if rt.Controlled() {
		return ours.Float32()
	}
	return rand.Float32()
}

// Float64 is rand.Float64.
func Float64() float64 {
	if rt.Controlled() {
		return ours.Float64()
	}
	return rand.Float64()
}

// Int is rand.Int.
func Int() int {
	if rt.Controlled() {
		return ours.Int()
	}
	return rand.Int()
}

// Int32 is rand.Int32.
func Int32() int32 {
	if rt.Controlled() {
		return ours.Int32()
	}
	return rand.Int32()
}

// Int32N is rand.Int32N.
func Int32N(n int32) int32 {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.Int32N(n)
	}
	return rand.Int32N(n)
}

// Int64 is rand.Int64.
func Int64() int64 {
	if rt.Controlled() {
		return ours.Int64()
	}
	return rand.Int64()
}

// Int64N is rand.Int64N.
func Int64N(n int64) int64 {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.Int64N(n)
	}
	return rand.Int64N(n)
}

// IntN is rand.IntN.
func IntN(n int) int {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.IntN(n)
	}
	return rand.IntN(n)
}

// NormFloat64 is rand.NormFloat64.
func NormFloat64() float64 {
	if rt.Controlled() {
		return ours.NormFloat64()
	}
	return rand.NormFloat64()
}

// Perm is rand.Perm.
func Perm(n int) []int {
	if rt.Controlled() {
		if control.Few(n) {
			return perm(n)
		}
		return ours.Perm(n)
	}
	return rand.Perm(n)
}

// Uint is rand.Uint.
func Uint() uint {
	if rt.Controlled() {
		return ours.Uint()
	}
	return rand.Uint()
}

// perm is Perm of few numbers, in an order that the scheduler chooses.
func perm(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	rt.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// Uint32 is rand.Uint32.
func Uint32() uint32 {
	if rt.Controlled() {
		return ours.Uint32()
	}
	return rand.Uint32()
}

// Uint32N is rand.Uint32N.
func Uint32N(n uint32) uint32 {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.Uint32N(n)
	}
	return rand.Uint32N(n)
}

// Uint64 is rand.Uint64.
func Uint64() uint64 {
	if rt.Controlled() {
		return ours.Uint64()
	}
	return rand.Uint64()
}

// Uint64N is rand.Uint64N.
func Uint64N(n uint64) uint64 {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.Uint64N(n)
	}
	return rand.Uint64N(n)
}

// UintN is rand.UintN.
func UintN(n uint) uint {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.UintN(n)
	}
	return rand.UintN(n)
}

// Shuffle is rand.Shuffle.
func Shuffle(n int, swap func(i, j int)) {
	if rt.Controlled() {
		if control.Few(n) {
			rt.Shuffle(n, swap)
			return
		}
		ours.Shuffle(n, swap)
		return
	}
	rand.Shuffle(n, swap)
}

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
