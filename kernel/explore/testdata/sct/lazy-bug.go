// Two goroutines add 1 and 2 to a number; a third trusts that it comes before one
// of them.
package main

import "sync"

func main() {
	var (
		mu     sync.Mutex
		number int
		wg     sync.WaitGroup
	)
	for i := 1; i <= 2; i++ {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			number += i
		})
	}
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		if number >= 3 {
			panic("too late")
		}
	})
	wg.Wait()
}
