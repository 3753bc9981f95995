// Recorded is what the tests of package run supervise when they want a
// recording: written as the instrumenter would write it. The numbers of the
// sites are those of the lines they stand on.
package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"threading101/kernel/rt"
)

func main() {
	defer rt.Main(16)()
	switch os.Args[1] {
	case "race":
		race()
	case "deadlock":
		deadlock()
	case "sleep":
		sleep()
	case "panic":
		panicking()
	case "exit":
		os.Exit(rt.Exit(27, 3))
	case "cutoff":
		cutoff()
	}
}

var counter int

func race() {
	var wg sync.WaitGroup
	for range 3 {
		rt.WGAdd(38, &wg, 1)
		go rt.Go0(39, func() {
			defer rt.WGDone(40, &wg)
			rt.Store(41, &counter, rt.Load(41, &counter)+1)
		})()()
	}
	rt.WGWait(44, &wg)
	fmt.Println(counter)
}

func deadlock() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	rt.WGAdd(51, &wg, 1)
	rt.Lock(52, &a)
	ready := make(chan bool)
	go rt.Go0(54, func() {
		defer rt.WGDone(55, &wg)
		rt.Lock(56, &b)
		close(ready)
		rt.Lock(58, &a)
	})()()
	<-ready
	rt.Lock(61, &b)
	rt.WGWait(62, &wg)
}

// sleep is not stuck: a timer will wake it.
func sleep() {
	done := make(chan bool)
	time.AfterFunc(1500*time.Millisecond, func() { close(done) })
	rt.R(done).Recv(69)
	fmt.Println("woke")
}

func panicking() {
	go rt.Go0(74, func() {
		panic("in a goroutine")
	})()()
	rt.Sleep(77, time.Hour)
}

func cutoff() {
	go rt.Go0(81, func() {
		rt.Sleep(82, time.Hour)
	})()()
	rt.Sleep(84, 5*time.Millisecond)
}
