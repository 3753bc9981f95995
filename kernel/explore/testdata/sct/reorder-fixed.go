// Some goroutines set a and b together, under a lock; another looks at both under
// the same lock.
//
//	row setters=2
//	row setters=3
package main

import "sync"

const setters = 2

var (
	mu   sync.Mutex
	a, b int
)

func set() {
	mu.Lock()
	defer mu.Unlock()
	a = 1
	b = -1
}

func check() {
	mu.Lock()
	defer mu.Unlock()
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
