package step

import "testing"

// BenchmarkKey is what a key takes until the state is there: a choice, and its undo.
func BenchmarkKey(b *testing.B) {
	for _, name := range []string{"lost", "many"} {
		b.Run(name, func(b *testing.B) {
			s := New(named(b, name))
			do(b, s, Request{Do: DoState})
			for b.Loop() {
				do(b, s, Request{Do: DoChoose, Choice: 1})
				do(b, s, Request{Do: DoUndo})
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(2*b.N), "ms/key")
		})
	}
}
