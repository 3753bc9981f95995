// Command small calls what nearly every program calls. It is compiled, not run.
package main

import (
	"sync"

	"threading101/kernel/rt"
)

func main() {
	if rt.Repeat(main) {
		return
	}
	defer rt.MainFrom(1, 2)()
	var mu sync.Mutex
	n := 0
	for range 2 {
		rt.Tick(3)
		rt.Lock(4, &mu)
		rt.Store(5, &n, rt.Load(6, &n)+1)
		rt.Unlock(7, &mu)
	}
}
