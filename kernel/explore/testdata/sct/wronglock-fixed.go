// One goroutine adds to a number and looks whether its addition is all that
// happened; others add to it. All use the same lock.
//
//	row others=1
//	row others=3
package main

import "sync"

const others = 1

func main() {
	var (
		mu     sync.Mutex
		number int
		wg     sync.WaitGroup
	)
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		before := number
		number++
		if number != before+1 {
			panic("somebody else was here")
		}
	})
	for range others {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			number++
		})
	}
	wg.Wait()
}
