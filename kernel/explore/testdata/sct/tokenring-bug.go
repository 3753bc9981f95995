// A token goes round: each goroutine copies it from the one before. Nobody waits
// for the one before; a last one looks, when all have had their turn, whether all
// have the same token.
package main

import "sync"

func main() {
	var (
		mu     sync.Mutex
		tokens [4]int
		turns  int
		wg     sync.WaitGroup
	)
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		tokens[0] = tokens[2] + 1
		turns++
	})
	for i := 1; i < len(tokens); i++ {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			tokens[i] = tokens[i-1]
			turns++
		})
	}
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		if turns < len(tokens) {
			return
		}
		for _, token := range tokens {
			if token != tokens[0] {
				panic("the token was lost")
			}
		}
	})
	wg.Wait()
}
