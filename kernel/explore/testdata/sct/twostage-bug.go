// A writer sets two values, each under its own lock, and lets go of the first
// lock before it takes the second. A reader in between sees the first value
// without the second.
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
		first = 1
		firstLock.Unlock()

		secondLock.Lock()
		second = first + 1
		secondLock.Unlock()
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
