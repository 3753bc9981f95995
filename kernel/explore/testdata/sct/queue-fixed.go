// One goroutine puts 1, 2, 3 into a queue, another takes them out and compares.
// It expects the next number only after it got one.
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
		want := 1
		for range items {
			n, ok := q.take()
			if !ok {
				continue
			}
			if n != want {
				panic("not the number that was expected")
			}
			want++
		}
	})
	wg.Wait()
}
