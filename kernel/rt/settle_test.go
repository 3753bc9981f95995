package rt

import (
	"sync/atomic"
	"testing"
	"time"
)

// A goroutine on its way is waited for however slow the machine is: once a leak was
// called a cut-off, and a value was not read, because 20 ms of real time were over.
func TestSettleTakesTurnsNotTime(t *testing.T) {
	var over atomic.Bool
	defer over.Store(true)
	go func() {
		for !over.Load() {
		}
	}()
	asked := 0
	there := func() bool {
		asked++
		time.Sleep(time.Millisecond) // a slow machine
		return asked > 150
	}
	if !(&control{}).settle(there) {
		t.Errorf("it gave up after %d turns", asked)
	}
}

// Nobody waits for those who wait themselves.
func TestSettled(t *testing.T) {
	for _, test := range []struct {
		all  census
		want bool
	}{
		{census{{state: "running", where: ourOwn[0] + "stacks"}, {state: "chan receive", where: "main.wait"}, {state: "IO wait"}}, true},
		{census{{state: "runnable", where: ""}}, false},
		{census{{state: "running", where: "main.compute"}}, false},
		{census{{state: "coroutine", where: "iter.Pull"}, {state: "sync.Mutex.Lock", where: "log.Println"}}, true},
	} {
		if got := test.all.settled(); got != test.want {
			t.Errorf("%+v: settled is %v", test.all, got)
		}
	}
}
