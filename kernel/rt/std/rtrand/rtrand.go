// Package rtrand has the functions of math/rand that draw from a source which the
// program did not seed. In a controlled run the numbers come from the run's seed.
package rtrand

import (
	"math/rand"

	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// ours draws from the run's seed.
var ours = rand.New(source{})

type source struct{}

func (source) Uint64() uint64 { return rt.Random() }
func (source) Int63() int64   { return int64(rt.Random() >> 1) }
func (source) Seed(int64)     {}

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

// Int31 is rand.Int31.
func Int31() int32 {
	if rt.Controlled() {
		return ours.Int31()
	}
	return rand.Int31()
}

// Int31n is rand.Int31n.
func Int31n(n int32) int32 {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.Int31n(n)
	}
	return rand.Int31n(n)
}

// Int63 is rand.Int63.
func Int63() int64 {
	if rt.Controlled() {
		return ours.Int63()
	}
	return rand.Int63()
}

// Int63n is rand.Int63n.
func Int63n(n int64) int64 {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.Int63n(n)
	}
	return rand.Int63n(n)
}

// Intn is rand.Intn.
func Intn(n int) int {
	if rt.Controlled() {
		if i, few := rt.Chance(n); few {
			return i
		}
		return ours.Intn(n)
	}
	return rand.Intn(n)
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

// Uint64 is rand.Uint64.
func Uint64() uint64 {
	if rt.Controlled() {
		return ours.Uint64()
	}
	return rand.Uint64()
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

// Read is rand.Read.
func Read(p []byte) (n int, err error) {
	if !rt.Controlled() {
		//lint:ignore SA1019 It is the program that calls it.
		return rand.Read(p)
	}
	for i := range p {
		p[i] = byte(rt.Random() >> 32)
	}
	return len(p), nil
}
