// A program that prints all the state that it begins with and then changes it all.
// Each run must print the same.
package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

type account struct {
	sync.Mutex
	balance int
}

var (
	number  = 1
	of      = number + 2
	list    = []int{1, 2, 3}
	words   = map[string]int{"a": 1, "b": 2}
	lock    sync.Mutex
	once    sync.Once
	counter = newCounter()
	total   atomic.Int64
	ch      = make(chan int, 3)
	bank    = &account{}
	std     error
	wg      sync.WaitGroup
	value   = sync.OnceValue(func() int { number++; return number })
	failed  error
)

// newCounter counts in a variable that only it knows.
func newCounter() func() int {
	n := 0
	return func() int { n++; return n }
}

func init() {
	words["init"] = 3
	total.Add(1)
}

func init() { of = 3 }

func main() {
	ran := 0
	once.Do(func() { ran++ })
	free := "taken"
	if lock.TryLock() {
		free = "free"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "number %d of %d, list %v, room %d\n", number, of, list, cap(ch)-len(ch))
	fmt.Fprintf(&b, "words map%v\n", inOrder(words))
	fmt.Fprintf(&b, "lock %s, once %d, counter %d\n", free, ran, total.Load())
	fmt.Fprintf(&b, "next %d, default %v, waiting %d, errors %v\n", counter(), std, bank.balance, failed)
	fmt.Print(b.String())
	change()
}

func inOrder(m map[string]int) []string {
	var all []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		all = append(all, fmt.Sprintf("%s:%d", k, m[k]))
	}
	return all
}

// change leaves nothing as it was: locks stay locked, the channel holds a value,
// and sometimes a goroutine waits for ever.
func change() {
	number, of = 100*value(), 0
	list[0], list = 9, append(list, 4)
	words["new"] = 1
	delete(words, "a")
	std, failed = fmt.Errorf("an error"), fmt.Errorf("another")
	ch <- 1
	var mu sync.Mutex
	for i := range 2 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			total.Add(10)
			bank.balance += i
		})
	}
	wg.Go(func() {
		bank.Lock()
		bank.balance++
	})
	wg.Go(func() {
		if bank.TryLock() {
			bank.balance++
		}
	})
	wg.Wait()
}
