package control

import (
	"sync/atomic"
	"testing"
	"time"

	"threading101/kernel/rt/internal/rttest"
)

// A goroutine on its way is waited for however slow the machine is: once a leak was
// called a cut-off, and a value was not read, because 20 ms of real time were over.
func TestSettleTakesTurnsNotTime(t *testing.T) {
	var over atomic.Bool
	defer over.Store(true)
	go rttest.Spin(&over)
	asked := 0
	there := func() bool {
		asked++
		time.Sleep(time.Millisecond) // a slow machine
		return asked > 150
	}
	if !settle((&Scheduler{}), there) {
		t.Errorf("it gave up after %d turns", asked)
	}
}

// Nobody waits for those who wait themselves.
func TestSettled(t *testing.T) {
	for _, test := range []struct {
		all  Goroutines
		want bool
	}{
		{Goroutines{{State: "running", Where: ourOwn[0] + "stacks"}, {State: "chan receive", Where: "main.wait"}, {State: "IO wait"}}, true},
		{Goroutines{{State: "runnable", Where: ""}}, false},
		{Goroutines{{State: "running", Where: "main.compute"}}, false},
		{Goroutines{{State: "coroutine", Where: "iter.Pull"}, {State: "sync.Mutex.Lock", Where: "log.Println"}}, true},
	} {
		if got := test.all.settled(); got != test.want {
			t.Errorf("%+v: settled is %v", test.all, got)
		}
	}
}
