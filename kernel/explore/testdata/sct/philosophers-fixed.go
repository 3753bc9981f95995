// Philosophers of whom the last takes the right fork first.
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
		first, second := &forks[i], &forks[(i+1)%philosophers]
		if i == philosophers-1 {
			first, second = second, first
		}
		wg.Go(func() {
			first.Lock()
			second.Lock()
			second.Unlock()
			first.Unlock()
		})
	}
	wg.Wait()
}
