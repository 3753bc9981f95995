// Small programs; the argument says which is meant.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

var programs = map[string]func(){
	"lost": lost, "locks": locks, "choose": choose, "many": many, "spin": spin,
	"count": count, "panics": panics, "exits": exits, "reads": reads, "alone": alone, "signal": signal, "chance": chance, "streams": streams,
}

func main() { programs[os.Args[1]]() }

var balance int

// deposit is an update that another one may come between.
func deposit(amount int) {
	b := balance
	balance = b + amount
}

func lost() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { defer wg.Done(); deposit(10) }()
	go func() { defer wg.Done(); deposit(20) }()
	wg.Wait()
	fmt.Println("balance:", balance)
}

func count() {
	var wg sync.WaitGroup
	n := 0
	for range 2 {
		wg.Go(func() {
			for range 3 {
				n++
			}
		})
	}
	wg.Wait()
	fmt.Println("n:", n)
}

func both(a, b *sync.Mutex, wg *sync.WaitGroup) {
	defer wg.Done()
	a.Lock()
	b.Lock()
	b.Unlock()
	a.Unlock()
}

func locks() {
	var left, right sync.Mutex
	var wg sync.WaitGroup
	wg.Add(2)
	go both(&left, &right, &wg)
	go both(&right, &left, &wg)
	wg.Wait()
}

func choose() {
	a, b := make(chan int, 1), make(chan int, 1)
	a <- 1
	b <- 2
	select {
	case v := <-a:
		fmt.Println("a", v)
	case v := <-b:
		fmt.Println("b", v)
	}
}

func many() {
	var wg sync.WaitGroup
	wg.Add(1000)
	for i := range 1000 {
		go func(n int) {
			defer wg.Done()
			balance = n
		}(i)
	}
	wg.Wait()
}

var stop bool

func spin() {
	go func() { stop = true }()
	for !stop {
		runtime.Gosched()
	}
}

func panics() {
	go func() { panic("no") }()
	time.Sleep(time.Millisecond)
}

func exits() {
	go func() { os.Exit(3) }()
	time.Sleep(time.Millisecond)
}

func reads() {
	var name string
	n, err := fmt.Scanln(&name)
	fmt.Println(n, err != nil, name)
}

func alone() { fmt.Println("alone") }

func signal() {
	var mu sync.Mutex
	ready, c := false, sync.NewCond(&mu)
	for range 2 {
		go func() {
			mu.Lock()
			for !ready {
				c.Wait()
			}
			mu.Unlock()
		}()
	}
	mu.Lock()
	ready = true
	c.Signal()
	mu.Unlock()
	time.Sleep(time.Millisecond)
}

func chance() {
	m := map[int]int{1: 1, 2: 2}
	for k := range m {
		fmt.Println(k)
	}
}

func streams() {
	var wg sync.WaitGroup
	wg.Go(func() { fmt.Fprintln(os.Stderr, "err") })
	wg.Go(func() { fmt.Println("out") })
	wg.Wait()
}
