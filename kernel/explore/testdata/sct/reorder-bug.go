// Some goroutines set a and then b; another looks at both and expects none or
// both to be set.
//
//	row setters=2
//	row setters=3
package main

import "sync"

const setters = 2

var a, b int

func set() {
	a = 1
	b = -1
}

func check() {
	if !(a == 0 && b == 0) && !(a == 1 && b == -1) {
		panic("a and b do not belong together")
	}
}

func main() {
	var wg sync.WaitGroup
	for range setters {
		wg.Go(set)
	}
	wg.Go(check)
	wg.Wait()
}
