// The program whose controlled run is the picture of the README: draw it anew with
//
//	bin/threading101 run -seed 1 -svg lessons/picture/picture.svg lessons/picture
package main

import (
	"fmt"
	"sync"
	"time"
)

var lock sync.Mutex

type Worker struct {
	name    string
	counter int
	delay   time.Duration
}

func (w *Worker) Run() {
	lock.Lock()
	defer lock.Unlock()
	for i := w.counter; i > 0; i-- {
		time.Sleep(w.delay)
		fmt.Println(w.name, i)
	}
}

func main() {
	a := &Worker{"A", 2, 10 * time.Millisecond}
	b := &Worker{"B", 2, 10 * time.Millisecond}
	go a.Run()
	go b.Run()
	time.Sleep(35 * time.Millisecond)
	fmt.Println("main is done")
}
