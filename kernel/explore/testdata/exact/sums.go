// Additions to an atomic at whose sums somebody looks: who was first is seen. The
// last of main's sees all.
//
//	names n
//
//	row goroutines=2 times=1: interleavings 2, classes 2, outcomes 1, deadlock classes 0
//	row goroutines=3 times=2: interleavings 90, classes 90, outcomes 1, deadlock classes 0
package main

import (
	"sync"
	"sync/atomic"
)

const goroutines = 3

const times = 2

var n int64

func main() {
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range times {
				_ = atomic.AddInt64(&n, 1)
			}
		})
	}
	wg.Wait()
}
