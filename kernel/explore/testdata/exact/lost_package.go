// The same as lost.go, with a variable of the package, a wait group the old way,
// and what is printed for an outcome.
//
//	row goroutines=2 times=1: interleavings 6, classes 4, outcomes 2, deadlock classes 0
//	row goroutines=2 times=2: interleavings 70, classes 34, outcomes 3, deadlock classes 0
//	row goroutines=3 times=1: interleavings 90, classes 36, outcomes 3, deadlock classes 0
package main

import (
	"fmt"
	"sync"
)

const (
	goroutines = 2
	times      = 2
)

var x int

func add(wg *sync.WaitGroup) {
	defer wg.Done()
	for i := 0; i < times; i++ {
		x++
	}
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < goroutines; i++ {
		wg.Add(1)
		go add(&wg)
	}
	wg.Wait()
	fmt.Println("x is", x)
}
