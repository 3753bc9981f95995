// One goroutine adds to a number under one lock and looks whether its addition is
// all that happened; others add to it under another lock.
//
//	row others=1
//	row others=3
package main

import "sync"

const others = 1

func main() {
	var (
		mine, theirs sync.Mutex
		number       int
		wg           sync.WaitGroup
	)
	wg.Go(func() {
		mine.Lock()
		defer mine.Unlock()
		before := number
		number++
		if number != before+1 {
			panic("somebody else was here")
		}
	})
	for range others {
		wg.Go(func() {
			theirs.Lock()
			defer theirs.Unlock()
			number++
		})
	}
	wg.Wait()
}
