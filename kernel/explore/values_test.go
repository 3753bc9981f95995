package explore

import (
	"testing"

	"threading101/kernel/sched"
)

// Values are noted in no step: where others can still go on, what they would change
// before main ends is not tried, so nothing is claimed about all interleavings.
func TestValuesWhileOthersGoOn(t *testing.T) {
	for name, test := range map[string]struct {
		main     string
		complete bool
	}{
		"not waited for": {"total = 1\n\tgo func() { total = 2 }()", false},
		"an atomic":      {"go func() { n.Add(1) }()", false},
		"waited for":     {"wg.Go(func() { total = 2 })\n\twg.Wait()", true},
		"waits for ever": {"go func() { done <- true; <-done }()\n\t<-done\n\ttime.Sleep(1)", true},
	} {
		t.Run(name, func(t *testing.T) {
			p := subject{name: name, clock: sched.Virtual, values: []string{"total+int(n.Load())"}, src: `package main

import (
	"sync"
	"sync/atomic"
	"time"
)

var (
	total int
	n     atomic.Int64
	wg    sync.WaitGroup
	done  = make(chan bool)
	_     time.Time
)

func main() {
	` + test.main + "\n}\n"}
			r, err := Explore(t.Context(), Spec{Run: p.build(t), Budget: searchTime, Clock: p.clock, Values: p.values})
			if err != nil {
				t.Fatal(err)
			}
			if r.Complete() != test.complete || r.Fault != nil {
				t.Errorf("complete: %v, not %v; %v %v", r.Complete(), test.complete, r.Notes, r.Fault)
			}
		})
	}
}
