// Two goroutines each add to a number a million times, under a lock.
package main

import (
	"fmt"
	"sync"
)

const times = 1000000

func main() {
	n := 0
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range times {
				mu.Lock()
				n++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Println(n)
}
