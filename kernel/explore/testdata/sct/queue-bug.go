// One goroutine puts 1, 2, 3 into a queue, another takes them out and compares.
// When the queue is empty the taker goes on to its next round without an item, but
// expects the next number all the same.
package main

import "sync"

const items = 3

type queue struct {
	mu    sync.Mutex
	items []int
}

func (q *queue) put(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, n)
}

func (q *queue) take() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return 0, false
	}
	n := q.items[0]
	q.items = q.items[1:]
	return n, true
}

func main() {
	var q queue
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 1; n <= items; n++ {
			q.put(n)
		}
	})
	wg.Go(func() {
		for want := 1; want <= items; want++ {
			if n, ok := q.take(); ok && n != want {
				panic("not the number that was expected")
			}
		}
	})
	wg.Wait()
}
