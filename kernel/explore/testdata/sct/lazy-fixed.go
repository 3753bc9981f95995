// Two goroutines add 1 and 2 to a number; the last of them waits until a third has
// looked at it.
package main

import "sync"

func main() {
	var (
		mu     sync.Mutex
		number int
		wg     sync.WaitGroup
		looked = make(chan struct{})
	)
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		number += 1
	})
	wg.Go(func() {
		<-looked
		mu.Lock()
		defer mu.Unlock()
		number += 2
	})
	wg.Go(func() {
		defer close(looked)
		mu.Lock()
		defer mu.Unlock()
		if number >= 3 {
			panic("too late")
		}
	})
	wg.Wait()
}
