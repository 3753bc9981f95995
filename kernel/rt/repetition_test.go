package rt

import (
	"runtime/debug"
	"sync"
	"testing"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// repeat makes n runs of main, as a rewritten program makes them.
func repeat(spec sched.Spec, main func(), anew ...func()) []byte {
	mem := make([]byte, event.RingSize)
	defer record.SetLabels(record.GetLabels())
	r := control.Repetition{Spec: spec, Mem: unsafe.Pointer(&mem[0])}
	r.Run(func() {
		Anew(anew)
		main()
	})
	return mem
}

// BenchmarkSchedules is the repetition of a run: two goroutines that each
// increment a variable twice, without a lock.
func BenchmarkSchedules(b *testing.B) {
	var x int
	main := func() {
		defer MainFrom(1, 2)()
		var wg sync.WaitGroup
		for range 2 {
			WGGo(3, &wg, func() {
				Add(4, 5, &x, 1)
				Add(6, 7, &x, 1)
			})
		}
		WGWait(8, &wg)
	}
	b.ReportAllocs()
	mem := repeat(sched.Spec{Seed: 1, Repeat: uint64(b.N) + 1}, main, func() { x = 0 })
	b.ReportMetric(float64(*record.Word(unsafe.Pointer(&mem[0]), event.OffRunSteps))/float64(b.N+1), "steps/run")
	debug.FreeOSMemory()
}
