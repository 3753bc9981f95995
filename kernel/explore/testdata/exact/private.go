// Each goroutine counts in a variable of its own, atomically: no operation depends
// on another's, so all (goroutines·times)! / (times!)^goroutines orders are one
// class.
//
//	row goroutines=2 times=3: interleavings 20, classes 1, outcomes 1, deadlock classes 0
//	row goroutines=4 times=5: interleavings 11732745024, classes 1, outcomes 1, deadlock classes 0
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const (
	goroutines = 4
	times      = 5
)

func main() {
	var counters [goroutines]int64
	var wg sync.WaitGroup
	for i := range goroutines {
		wg.Go(func() {
			for range times {
				atomic.AddInt64(&counters[i], 1)
			}
		})
	}
	wg.Wait()
	fmt.Println(counters)
}
