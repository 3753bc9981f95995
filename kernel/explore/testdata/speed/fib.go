// One goroutine computes, another prints a dot now and then.
package main

import (
	"fmt"
	"time"
)

const number = 36

func main() {
	go func() {
		for {
			fmt.Print(".")
			time.Sleep(100 * time.Millisecond)
		}
	}()
	fmt.Println(fib(number))
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
