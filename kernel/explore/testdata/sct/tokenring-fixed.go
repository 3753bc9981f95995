// A token goes round: each goroutine waits for the one before, copies the token,
// and tells the next; the last one looks whether all have the same token.
package main

import "sync"

func main() {
	var (
		tokens [4]int
		done   [4]chan bool
		wg     sync.WaitGroup
	)
	for i := range done {
		done[i] = make(chan bool, 1)
	}
	wg.Go(func() {
		tokens[0] = tokens[2] + 1
		done[0] <- true
	})
	for i := 1; i < len(tokens); i++ {
		wg.Go(func() {
			<-done[i-1]
			tokens[i] = tokens[i-1]
			done[i] <- true
		})
	}
	wg.Go(func() {
		<-done[3]
		for _, token := range tokens {
			if token != tokens[0] {
				panic("the token was lost")
			}
		}
	})
	wg.Wait()
}
