// One goroutine pushes onto a stack, another pops from it as soon as it was told
// that something is there. Nobody takes that back when the stack is empty again.
package main

import "sync"

const items = 3

func main() {
	var (
		mu        sync.Mutex
		stack     []int
		something bool
		wg        sync.WaitGroup
	)
	wg.Go(func() {
		for n := range items {
			mu.Lock()
			stack = append(stack, n)
			something = true
			mu.Unlock()
		}
	})
	wg.Go(func() {
		for range items {
			mu.Lock()
			if something {
				if len(stack) == 0 {
					panic("the stack is empty")
				}
				stack = stack[:len(stack)-1]
			}
			mu.Unlock()
		}
	})
	wg.Wait()
}
