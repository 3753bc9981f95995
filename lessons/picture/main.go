// The cells of "00b · One page" as one program, whose controlled run is the picture of the
// README. Draw it anew with
//
//	bin/threading101 run -seed 1 -svg lessons/picture/picture.svg lessons/picture
package main

import (
	"fmt"
	"sync"
	"time"
)

type Worker struct {
	name string
	done chan bool
}

func NewWorker(name string) *Worker {
	return &Worker{name: name, done: make(chan bool)}
}

func (w *Worker) Start() {
	go func() { defer close(w.done); w.Run() }()
}

func (w *Worker) Join() { <-w.done }

var lock sync.Mutex

func (w *Worker) Run() {
	lock.Lock()
	defer lock.Unlock()
	for i := 3; i > 0; i-- {
		time.Sleep(10 * time.Millisecond)
		fmt.Println(w.name, i)
	}
}

func main() {
	a, b := NewWorker("A"), NewWorker("B")
	a.Start()
	b.Start()
	a.Join()
	b.Join()
	fmt.Println("main: both are done")
}
