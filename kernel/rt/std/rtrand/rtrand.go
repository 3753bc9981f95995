// Package rtrand has the functions of math/rand that draw from a source which the
// program did not seed. In a controlled run the numbers come from the run's seed.
package rtrand

import (
	"math/rand"

	"threading101/kernel/rt"
)

// ours draws from the run's seed.
var ours = rand.New(source{})

type source struct{}

func (source) Uint64() uint64 { return rt.Random() }
func (source) Int63() int64   { return int64(rt.Random() >> 1) }
func (source) Seed(int64)     {}

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
