package rt

import (
	"runtime"
	"sync"
	"testing"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/record"
)

var shared int

// costs are loops of n rounds, as Go has them and as they are recorded, with so
// many events a round.
var costs = []struct {
	name            string
	events          float64
	plain, recorded func(n int)
}{
	{"mutex", 2, func(n int) {
		var mu sync.Mutex
		for range n {
			mu.Lock()
			shared++
			mu.Unlock()
		}
	}, func(n int) {
		var mu sync.Mutex
		for range n {
			Lock(1, &mu)
			shared++
			Unlock(1, &mu)
		}
	}},
	{"rwmutex", 2, func(n int) {
		var mu sync.RWMutex
		for range n {
			mu.RLock()
			shared++
			mu.RUnlock()
		}
	}, func(n int) {
		var mu sync.RWMutex
		for range n {
			RLock(1, &mu)
			shared++
			RUnlock(1, &mu)
		}
	}},
	{"channel", 2, func(n int) {
		c := make(chan int, 1)
		for range n {
			c <- 1
			<-c
		}
	}, func(n int) {
		c := make(chan int, 1)
		for range n {
			S(c).Send(1, 1)
			R(c).Recv(1)
		}
	}},
	{"handover", 4, func(n int) {
		c, d := make(chan int), make(chan int)
		go func() {
			for v := range c {
				d <- v
			}
		}()
		for range n {
			c <- 1
			<-d
		}
		close(c)
	}, func(n int) {
		c, d, done := make(chan int), make(chan int), make(chan bool)
		go Go0(1, func() {
			for range n {
				S(d).Send(1, R(c).Recv(1))
			}
			close(done)
		})()()
		for range n {
			S(c).Send(1, 1)
			R(d).Recv(1)
		}
		<-done
	}},
	{"go", 3, func(n int) {
		var wg sync.WaitGroup
		for range n {
			wg.Add(1)
			go wg.Done()
			wg.Wait()
		}
	}, func(n int) {
		var wg sync.WaitGroup
		for range n {
			wg.Add(1)
			go Go0(1, wg.Done)()()
			wg.Wait()
		}
	}},
	{"memory", 2, func(n int) {
		for range n {
			shared++
		}
	}, func(n int) {
		for range n {
			if record.Ring != nil {
				*(*uint32)(unsafe.Add(record.Ring, event.SeenSlot(1))) = 0
			}
			Store(1, &shared, Load(1, &shared)+1)
		}
	}},
	{"memory-past-bound", 2, func(n int) {
		for range n {
			shared++
		}
	}, func(n int) {
		for range n {
			Store(1, &shared, Load(1, &shared)+1)
		}
	}},
}

// BenchmarkCost prints what one event costs over plain Go, and how many times
// plain Go the whole takes: when recorded, and when the same program runs
// without a recording.
func BenchmarkCost(b *testing.B) {
	for _, c := range costs {
		b.Run(c.name+"/off", func(b *testing.B) { compare(b, c.events, c.plain, c.recorded) })
		b.Run(c.name+"/recorded", func(b *testing.B) {
			rttest.Ring(b)
			compare(b, c.events, c.plain, c.recorded)
		})
	}
}

func compare(b *testing.B, events float64, plain, recorded func(int)) {
	b.StopTimer()
	start := time.Now()
	plain(b.N)
	base := time.Since(start)
	others := runtime.NumGoroutine()
	b.StartTimer()
	recorded(b.N)
	b.StopTimer()
	until(func() bool { return runtime.NumGoroutine() <= others })
	n := float64(b.N)
	b.ReportMetric(float64(b.Elapsed()-base)/n/events, "ns/event")
	b.ReportMetric(float64(b.Elapsed())/float64(max(base, 1)), "x-plain")
}

// BenchmarkEvent is one event by itself.
func BenchmarkEvent(b *testing.B) {
	rttest.Ring(b)
	for b.Loop() {
		record.Note(event.Gosched, 0, 1, 0, 0)
	}
}

// BenchmarkEventContended is one event when every processor records.
func BenchmarkEventContended(b *testing.B) {
	rttest.Ring(b)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			record.Note(event.Gosched, 0, 1, 0, 0)
		}
	})
}

func BenchmarkPrint(b *testing.B) {
	rttest.Ring(b)
	for b.Loop() {
		Print(1, "a line of text\n")
	}
}
