// A buffer with room for one and a single condition for "not empty" and "not
// full": one producer puts two items, each of two consumers takes one. Signal is
// called under the lock and may wake one who waits for the other thing: while
// both consumers sleep the producer puts, wakes one of them, and sleeps, since
// there is no room; the one takes and wakes the other consumer, not the producer;
// that one finds nothing and sleeps again. The lock orders all, so each
// interleaving is a class, and the deadlock is two, one for each consumer that
// slept first. (Signal after Unlock makes 944 interleavings.)
//
//	row : interleavings 30, classes 30, outcomes 2, deadlock classes 2
package main

import (
	"fmt"
	"sync"
)

type buffer struct {
	mu      sync.Mutex
	changed *sync.Cond
	full    bool
}

func (b *buffer) put() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.full {
		b.changed.Wait()
	}
	b.full = true
	b.changed.Signal()
}

func (b *buffer) take() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.full {
		b.changed.Wait()
	}
	b.full = false
	b.changed.Signal()
}

func main() {
	b := &buffer{}
	b.changed = sync.NewCond(&b.mu)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(b.take)
	}
	wg.Go(func() {
		b.put()
		b.put()
	})
	wg.Wait()
	fmt.Println("done")
}
