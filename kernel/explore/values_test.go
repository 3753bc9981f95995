package explore

import (
	"testing"
	"time"

	"threading101/kernel/sched"
)

// Values are noted in no step: where others can still change something before main ends,
// that is not tried, so nothing is claimed about all interleavings.
func TestValuesWhileOthersGoOn(t *testing.T) {
	for name, test := range map[string]struct {
		main     string
		complete bool
	}{
		"not waited for": {"total = 1\n\tgo func() { total = 2 }()", false},
		"an atomic":      {"go func() { n.Add(1) }()", false},
		"waited for":     {"wg.Go(func() { total = 2 })\n\twg.Wait()", true},
		"not any more":   {"total = 1\n\tgo func() { total = 2; total = 1 }()", false},
		"an owner":       {"go func() { for range done { total++ } }()\n\tdone <- true\n\tdone <- true", false},
		"who replies":    {"go func() { for range done { total++; back <- true } }()\n\tdone <- true\n\t<-back", true},
		"idle":           {"go func() { for range done { } }()\n\tdone <- true", true},
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
	back  = make(chan bool)
	_     time.Time
)

func main() {
	` + test.main + "\n}\n"}
			budget := searchTime
			if !test.complete {
				budget = time.Second // it is always used up then
			}
			r, err := Explore(t.Context(), Spec{Run: p.build(t), Budget: budget, Clock: p.clock, Values: p.values})
			if err != nil {
				t.Fatal(err)
			}
			if r.Complete() != test.complete || r.Fault != nil {
				t.Errorf("complete: %v, not %v; %v %v", r.Complete(), test.complete, r.Notes, r.Fault)
			}
		})
	}
}
