// Goroutines add 1 to x without a lock. Each addition is a load and a store, and
// nothing else is counted: (2·goroutines·times)! / ((2·times)!)^goroutines orders.
// The smallest x is 2, or 1 if each adds once; the largest is goroutines·times.
//
//	names x
//
//	row goroutines=2 times=1: interleavings 6, classes 4, outcomes 2, deadlock classes 0
//	row goroutines=2 times=2: interleavings 70, classes 34, outcomes 3, deadlock classes 0
//	row goroutines=2 times=3: interleavings 924, classes 328, outcomes 5, deadlock classes 0
//	row goroutines=2 times=4: interleavings 12870, classes 3334, outcomes 7, deadlock classes 0
//	row goroutines=2 times=5: interleavings 184756, classes 34904, outcomes 9, deadlock classes 0
//	row goroutines=3 times=1: interleavings 90, classes 36, outcomes 3, deadlock classes 0
//	row goroutines=3 times=2: interleavings 34650, classes 7134, outcomes 5, deadlock classes 0
//	row goroutines=4 times=1: interleavings 2520, classes 576, outcomes 4, deadlock classes 0
package main

import (
	"fmt"
	"sync"
)

const (
	goroutines = 2
	times      = 2
)

func main() {
	x := 0
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range times {
				x = x + 1
			}
		})
	}
	wg.Wait()
	fmt.Println(x)
}
