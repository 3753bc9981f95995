// A bank pays in and pays out while an auditor looks at the account, and knows
// what to expect once both payments are done.
package main

import "sync"

const start, in, out = 10, 3, 4

func main() {
	var (
		mu            sync.Mutex
		wg            sync.WaitGroup
		balance       = start
		paidIn, spent bool
	)
	wg.Go(func() {
		mu.Lock()
		balance += in
		paidIn = true
		mu.Unlock()
	})
	wg.Go(func() {
		mu.Lock()
		balance -= out
		spent = true
		mu.Unlock()
	})
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		if paidIn && spent && balance != start+in-out {
			panic("the audit fails")
		}
	})
	wg.Wait()
}
