// Philosophers who all take their left fork first.
//
//	row philosophers=2
//	row philosophers=3
//	row philosophers=4
//	row philosophers=5
//	row philosophers=6
//	row philosophers=7
package main

import "sync"

const philosophers = 2

func main() {
	var forks [philosophers]sync.Mutex
	var wg sync.WaitGroup
	for i := range philosophers {
		left, right := &forks[i], &forks[(i+1)%philosophers]
		wg.Go(func() {
			left.Lock()
			right.Lock()
			right.Unlock()
			left.Unlock()
		})
	}
	wg.Wait()
}
