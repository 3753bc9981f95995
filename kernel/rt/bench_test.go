package rt

import (
	"sync"
	"testing"
	"unsafe"

	"threading101/kernel/event"
)

// Each benchmark prints what one event costs; the pairs with and without
// "Plain" give the ratio.

func BenchmarkEvent(b *testing.B) {
	recording(b)
	for b.Loop() {
		note(event.Gosched, 0, 1, 0, 0)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/event")
}

func BenchmarkEventContended(b *testing.B) {
	recording(b)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			note(event.Gosched, 0, 1, 0, 0)
		}
	})
}

func BenchmarkMutex(b *testing.B) {
	recording(b)
	var mu sync.Mutex
	for b.Loop() {
		Lock(1, &mu)
		shared++
		Unlock(1, &mu)
	}
}

func BenchmarkMutexPlain(b *testing.B) {
	var mu sync.Mutex
	for b.Loop() {
		mu.Lock()
		shared++
		mu.Unlock()
	}
}

func BenchmarkMutexOff(b *testing.B) {
	var mu sync.Mutex
	for b.Loop() {
		Lock(1, &mu)
		shared++
		Unlock(1, &mu)
	}
}

var shared int

func BenchmarkMemoryRecorded(b *testing.B) {
	recording(b)
	for b.Loop() {
		*(*uint32)(unsafe.Add(ring, event.SeenSlot(1))) = 0
		Store(1, &shared, Load(1, &shared)+1)
	}
}

func BenchmarkMemoryPastBound(b *testing.B) {
	recording(b)
	for b.Loop() {
		Store(1, &shared, Load(1, &shared)+1)
	}
}

func BenchmarkMemoryOff(b *testing.B) {
	for b.Loop() {
		Store(1, &shared, Load(1, &shared)+1)
	}
}

func BenchmarkMemoryPlain(b *testing.B) {
	for b.Loop() {
		shared++
	}
}

func BenchmarkChannel(b *testing.B) {
	recording(b)
	c := make(chan int, 1)
	for b.Loop() {
		S(c).Send(1, 1)
		R(c).Recv(1)
	}
}

func BenchmarkChannelPlain(b *testing.B) {
	c := make(chan int, 1)
	for b.Loop() {
		c <- 1
		<-c
	}
}

func BenchmarkGo(b *testing.B) {
	recording(b)
	var wg sync.WaitGroup
	for b.Loop() {
		wg.Add(1)
		go Go0(1, wg.Done)()
		wg.Wait()
	}
}

func BenchmarkGoPlain(b *testing.B) {
	var wg sync.WaitGroup
	for b.Loop() {
		wg.Add(1)
		go wg.Done()
		wg.Wait()
	}
}

func BenchmarkPrint(b *testing.B) {
	recording(b)
	for b.Loop() {
		Print(1, "a line of text\n")
	}
}
