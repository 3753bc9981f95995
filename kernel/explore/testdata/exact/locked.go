// Goroutines add 1 to x under a lock. While one holds it nobody else can do
// anything, so only the order of the critical sections counts:
// (goroutines·times)! / (times!)^goroutines, each of them a class.
//
//	row goroutines=2 times=2: interleavings 6, classes 6, outcomes 1, deadlock classes 0
//	row goroutines=3 times=1: interleavings 6, classes 6, outcomes 1, deadlock classes 0
//	row goroutines=3 times=2: interleavings 90, classes 90, outcomes 1, deadlock classes 0
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
	var (
		mu sync.Mutex
		wg sync.WaitGroup
		x  int
	)
	for range goroutines {
		wg.Go(func() {
			for range times {
				mu.Lock()
				x = x + 1
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Println(x)
}
