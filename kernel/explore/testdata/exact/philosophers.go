// Each philosopher takes the left fork first, then the right one, and puts them
// back in the opposite order, as deferred unlocks do. (Put back in the same order
// there are 4, 396 and 104704 interleavings of 2, 3 and 4 philosophers.) All of
// them holding their left fork is one class, in philosophers! orders.
//
//	row philosophers=2: interleavings 6, classes 3, outcomes 2, deadlock classes 1
//	row philosophers=3: interleavings 168, classes 7, outcomes 2, deadlock classes 1
//	row philosophers=4: interleavings 98184, classes 15, outcomes 2, deadlock classes 1
//	row philosophers=5: interleavings 66468720, classes 31, outcomes 2, deadlock classes 1
package main

import (
	"fmt"
	"sync"
)

const philosophers = 3

func eat(left, right *sync.Mutex) {
	left.Lock()
	defer left.Unlock()
	right.Lock()
	defer right.Unlock()
}

func main() {
	var forks [philosophers]sync.Mutex
	var wg sync.WaitGroup
	for i := range philosophers {
		wg.Go(func() { eat(&forks[i], &forks[(i+1)%philosophers]) })
	}
	wg.Wait()
	fmt.Println("all have eaten")
}
