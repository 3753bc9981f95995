// Package small calls what nearly every program calls. It is compiled, not run.
package small

import (
	"sync"

	"threading101/kernel/rt"
)

// Run stands for main.
func Run() {
	if rt.Repeat(Run) {
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
