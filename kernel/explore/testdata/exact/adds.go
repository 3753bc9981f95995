// Additions to an atomic at whose sums nobody looks: in whatever order they are
// made, it is the same. 6 additions of 3 goroutines have 6!/(2!)³ = 90 orders.
//
//	names n.Load()
//
//	row goroutines=2 times=1: interleavings 2, classes 1, outcomes 1, deadlock classes 0
//	row goroutines=3 times=2: interleavings 90, classes 1, outcomes 1, deadlock classes 0
package main

import (
	"sync"
	"sync/atomic"
)

const goroutines = 3

const times = 2

var n atomic.Int64

func main() {
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range times {
				n.Add(1)
			}
		})
	}
	wg.Wait()
}
