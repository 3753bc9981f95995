package trace_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// BenchmarkRead reads a recording that is full: 32,768 events.
func BenchmarkRead(b *testing.B) {
	mem := make([]byte, event.RingSize)
	binary.NativeEndian.PutUint64(mem[event.OffMagic:], event.Magic)
	const count = event.HeadRecords + event.TailRecords
	binary.NativeEndian.PutUint64(mem[event.OffCount:], count)
	const goroutines = 48 // a multiple of the round
	round := []struct {
		op  event.Op
		obj uint64
	}{{event.Lock, 16}, {event.Load, 32}, {event.Store, 32}, {event.Unlock, 16}, {event.Send, 48}, {event.Recv, 48}}
	for n := range uint64(count) {
		r := round[n%uint64(len(round))]
		g := uint32(n/uint64(len(round)))%goroutines + 1
		if n < goroutines {
			r.op, r.obj, g = event.Start, 0, uint32(n)+1
		}
		for i, w := range []uint64{n, event.Pack(r.op, 0, 1, g), r.obj, n / 6} {
			binary.NativeEndian.PutUint64(mem[event.Slot(n)+8*i:], w)
		}
	}
	sites := []event.Site{{}, {Line: 1, Object: "x", Kind: event.KindInt}}
	for b.Loop() {
		x, err := trace.Read(mem, sites, trace.Options{})
		if err != nil || trace.Validate(x) != nil || len(x.Events) != count {
			b.Fatal(err, trace.Validate(x), len(x.Events))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/count, "ns/event")
}

// BenchmarkRaces: 20,000 accesses and as many operations on locks, by so many
// goroutines.
func BenchmarkRaces(b *testing.B) {
	for _, n := range []int{2, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var text strings.Builder
			text.WriteString("main start\n")
			for g := range n {
				fmt.Fprintf(&text, "main go g%d\ng%d start\n", g, g)
			}
			for i := range 10_000 {
				g := i % n
				fmt.Fprintf(&text, "g%d lock mu\ng%d load x\ng%d store x\ng%d unlock mu\n", g, g, g, g)
			}
			x, err := story.Tell(text.String())
			if err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			for b.Loop() {
				if all := trace.Races(x); len(all) > 0 {
					b.Fatal(all)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x.Events)), "ns/event")
		})
	}
}
