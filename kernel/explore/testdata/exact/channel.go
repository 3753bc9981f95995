// Two producers send their name twice through a channel with room for one. So
// sends and receives take turns: the order of the sends makes 6 interleavings, and
// which of two consumers takes which value 6 times as many. The outcome is who
// received what, in order: with one consumer the order of the sends, with two
// aa/bb, bb/aa, ab/ab, ab/ba, ba/ab or ba/ba.
//
//	row consumers=1: interleavings 6, classes 6, outcomes 6, deadlock classes 0
//	row consumers=2: interleavings 36, classes 36, outcomes 6, deadlock classes 0
package main

import (
	"fmt"
	"strings"
	"sync"
)

const (
	consumers = 2
	each      = 2
)

func main() {
	ch := make(chan string, 1)
	var received [consumers]string
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		wg.Go(func() {
			for range each {
				ch <- name
			}
		})
	}
	for i := range consumers {
		wg.Go(func() {
			for range 2 * each / consumers {
				received[i] += <-ch
			}
		})
	}
	wg.Wait()
	fmt.Println(strings.Join(received[:], "/"))
}
