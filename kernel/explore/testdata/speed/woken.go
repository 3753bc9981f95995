// Many goroutines wait for one close, which wakes all of them.
package main

import (
	"fmt"
	"sync"
)

const goroutines = 16000

func main() {
	gate := make(chan bool)
	var waiting, woken sync.WaitGroup
	for range goroutines {
		waiting.Add(1)
		woken.Go(func() {
			waiting.Done()
			<-gate
		})
	}
	waiting.Wait()
	close(gate)
	woken.Wait()
	fmt.Println("all are through")
}
