package main

import (
	"fmt"
	"sync"
)

func main() {
	x := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			x = x + 1
		}()
	}
	wg.Wait()
	fmt.Println(x)
}
