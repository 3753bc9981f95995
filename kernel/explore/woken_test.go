//go:build !race

package explore

import (
	"syscall"
	"testing"
	"time"
)

// TestWakingIsLinear: a close wakes eight times as many in about eight times the time, with
// their recording read. Who waited once left a list by being searched for in it: sixteen
// thousand took ten times what four thousand took.
func TestWakingIsLinear(t *testing.T) {
	const few, many = 4000, 32_000
	woken := subjectFile(t, "testdata/speed/woken.go")
	small, large := woken.with(t, "goroutines=4000").build(t), woken.with(t, "goroutines=32000").build(t)
	controlled(t, small) // it reads the binary, for the first time
	var took [2]time.Duration
	for range 2 {
		before := processorTime(t)
		controlled(t, small)
		between := processorTime(t)
		controlled(t, large)
		took[0], took[1] = took[0]+between-before, took[1]+processorTime(t)-between
	}
	t.Logf("%d: %v, %d: %v", few, took[0]/2, many, took[1]/2)
	if took[1] > 12*took[0] {
		t.Errorf("%d take %v, and %d take %v", few, took[0]/2, many, took[1]/2)
	}
}

// processorTime is what this process and those it has waited for have used.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return ofChildren(t) + time.Duration(u.Utime.Nano()+u.Stime.Nano())
}
