package explore

import (
	"testing"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/run"
	"threading101/kernel/trace"
)

// Two calls that have nothing to do with each other: a search tries one order of
// them, in which one is over before the other begins.
const apart = `package main

import "sync"

func first(mu *sync.Mutex) {
	mu.Lock()
	mu.Unlock()
	mu.Lock()
	mu.Unlock()
}

func then(mu *sync.Mutex) { first(mu) }

func main() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	wg.Go(func() { first(&a) })
	wg.Go(func() { then(&b) })
	wg.Wait()
}
`

// Four calls that have nothing to do with each other.
const four = `package main

import "sync"

func alone(mu *sync.Mutex) {
	mu.Lock()
	mu.Unlock()
	mu.Lock()
	mu.Unlock()
}

func main() {
	var mu [4]sync.Mutex
	var wg sync.WaitGroup
	for i := range mu {
		wg.Go(func() { alone(&mu[i]) })
	}
	wg.Wait()
}
`

// What is checked of calls was shown by a run in which it holds: report had read
// what deposit wrote, or one call was over before the other began. The run that is
// shown breaks what is checked, for all to see.
func TestShow(t *testing.T) {
	defer func(was time.Duration) { showTime = was }(showTime)
	showTime = time.Minute
	for _, c := range []struct{ src, property string }{
		{apart, "no-overlap first"},
		{apart, "order first<then"},
		{apart, "at-most 1 first"},
		{four, "at-most 3 alone"},
		{deposits, "order deposit<report"},
	} {
		ps, err := property.Parse([]string{c.property})
		if err != nil {
			t.Fatal(err)
		}
		program := (&subject{name: c.property, src: c.src, spans: property.NeedsOf(ps).Spans}).build(t)
		s := Spec{Run: program, Properties: ps, Budget: ample}
		r, err := Explore(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		v := property.Judge(ps, r)[0]
		if v.Holds || !v.Complete {
			t.Fatalf("%s: %+v", c.property, v)
		}
		o := runOf(t, s, v.Token)
		if x := o.Execution; len(trace.Breaches(x, trace.Steps(x))) != 1 || len(x.Explanation) == 0 {
			t.Errorf("%s: the run of %s does not show it: %q", c.property, v.Token, x.Explanation)
		}
	}
}

// Reports read what was deposited, or do not.
const deposits = `package main

import (
	"fmt"
	"sync"
)

var balance = 100

func deposit(n int) { balance += n }

func report() { fmt.Println(balance) }

func main() {
	var wg sync.WaitGroup
	wg.Go(func() { deposit(10) })
	wg.Go(report)
	wg.Wait()
}
`

func runOf(t *testing.T, s Spec, token string) *run.Result {
	t.Helper()
	o, err := Open(t.Context(), s, token)
	if err != nil || o.Execution == nil {
		t.Fatalf("opening %s: %v", token, err)
	}
	return o
}
