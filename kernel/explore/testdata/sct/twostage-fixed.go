// A writer sets two values, each under its own lock. It keeps the first lock until
// the second value is there.
package main

import "sync"

func main() {
	var (
		firstLock, secondLock sync.Mutex
		first, second         int
		wg                    sync.WaitGroup
	)
	wg.Go(func() {
		firstLock.Lock()
		defer firstLock.Unlock()
		first = 1
		secondLock.Lock()
		defer secondLock.Unlock()
		second = first + 1
	})
	wg.Go(func() {
		firstLock.Lock()
		seen := first
		firstLock.Unlock()
		if seen == 0 {
			return
		}
		secondLock.Lock()
		defer secondLock.Unlock()
		if second != seen+1 {
			panic("the second value is missing")
		}
	})
	wg.Wait()
}
