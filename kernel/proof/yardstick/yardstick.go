// Package yardstick times a plain loop, so that benchmarks can tell how long
// something takes in loops: a figure that hardly depends on the machine, or on what
// else it does at that time. Absolute times differ by 2 from machine to machine.
package yardstick

import (
	"testing"
	"time"
)

const (
	rounds   = 5_000_000
	attempts = 5
)

// sink keeps the loop from being left out.
var sink uint64

// Loop is how long five million rounds of a loop take, each of which needs the one
// before: about ten milliseconds. It is the mean of a few attempts, so that what else
// the machine does slows it down as it does what is measured.
func Loop() time.Duration {
	began := time.Now()
	for range attempts {
		x := sink | 1
		for range rounds {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
		}
		sink = x
	}
	return time.Since(began) / attempts
}

// Report tells how many loops one of n takes that took so long together, and how many
// things of which there were so many in all are made in a loop.
func Report(b *testing.B, took time.Duration, n int, one string, things uint64, thing string) {
	b.Helper()
	loop := Loop()
	b.ReportMetric(float64(took)/float64(n)/float64(loop), "loops/"+one)
	if things > 0 {
		b.ReportMetric(float64(things)/(float64(took)/float64(loop)), thing+"/loop")
	}
}
