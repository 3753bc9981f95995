// A program of a few steps, of which some runs deadlock and some leave goroutines
// behind. It knows how many goroutines there really are, of all runs.
package main

import (
	"fmt"
	"runtime/metrics"
	"sync"
)

var mu sync.Mutex

func main() {
	ch := make(chan int)
	done := make(chan bool, 1)
	go func() { ch <- 1 }()
	go func() {
		mu.Lock()
		done <- true
	}()
	mu.Lock()
	select {
	case <-ch:
	case <-done:
		mu.Unlock()
	}
	sample := []metrics.Sample{{Name: "/sched/goroutines:goroutines"}}
	if metrics.Read(sample); sample[0].Value.Uint64() > 100 {
		fmt.Println("goroutines pile up")
	}
}
