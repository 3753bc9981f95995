package live

import (
	"testing"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
)

// BenchmarkData: how long a page waits for a run of some 500 steps.
func BenchmarkData(b *testing.B) {
	s := shown(rendertest.Workers(5, 25))
	for b.Loop() {
		ink.Marshal(s.Data())
	}
}
