package control_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/internal/rttest"
	_ "threading101/kernel/rt/seek" // the programs can be searched
)

func TestMain(m *testing.M) {
	rttest.Main(handovers)
	os.Exit(m.Run())
}

// handovers are programs in which the scheduler's state goes from one goroutine to
// another, a program for each way there is (see doc.go). Each prints what it has
// counted.
var handovers = map[string]func(){
	"turn":     func() { controlled(func() { fmt.Println(countTogether()) }) },
	"end":      func() { controlled(func() { fmt.Println(countOneByOne()) }) },
	"gate":     func() { controlled(func() { fmt.Println(countFromOutside()) }) },
	"watchdog": func() { controlled(func() { fmt.Println(countWhileAway()) }) },
	"runs":     func() { controlled(func() { countTogether() }) },
	"unsearchable": func() {
		control.RegisterSearch(nil)
		controlled(func() { countTogether() })
	},
	"search": func() { controlled(func() { countTogether() }) },
}

// controlled is main as the instrumenter rewrites it.
func controlled(body func()) {
	var main func()
	main = func() {
		if rt.Repeat(main) {
			return
		}
		defer rt.MainFrom(1, 2)()
		body()
	}
	main()
}

// countTogether has three goroutines count under a lock.
func countTogether() (n int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 3 {
		rt.WGGo(3, &wg, func() {
			for range 4 {
				rt.Lock(4, &mu)
				n++
				rt.Unlock(5, &mu)
			}
		})
	}
	rt.WGWait(6, &wg)
	return n
}

// countOneByOne has each goroutine begin where the one before has ended.
func countOneByOne() (n int) {
	var count func(left int, done chan<- bool)
	count = func(left int, done chan<- bool) {
		if n++; left == 0 {
			rt.Close(7, done)
			return
		}
		go rt.Go2(8, count)(left-1, done)()
	}
	done := make(chan bool)
	go rt.Go2(8, count)(4, done)()
	rt.R(done).Recv(9)
	return n
}

// countFromOutside has goroutines count that no go statement of the program started.
func countFromOutside() (n int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 3 {
		rt.WGAdd(10, &wg, 1)
		go func() {
			rt.Lock(11, &mu)
			n++
			rt.Unlock(12, &mu)
			rt.WGDone(13, &wg)
		}()
	}
	rt.WGWait(14, &wg)
	return n
}

// countWhileAway has main wait where no scheduler sees it, for a goroutine that can
// go on only if main's turn is taken away.
func countWhileAway() (n int) {
	var mu sync.Mutex
	counted := make(chan bool)
	go rt.Go0(15, func() {
		rt.Lock(16, &mu)
		n++
		rt.Unlock(17, &mu)
		close(counted)
	})()()
	<-counted
	rt.Lock(18, &mu)
	n++
	rt.Unlock(19, &mu)
	return n
}

// TestHandOvers: built with the race detector, as the gate builds it, this fails
// where state is handed over without an order.
func TestHandOvers(t *testing.T) {
	for _, test := range []struct{ program, spec, want string }{
		{"turn", "seed=1 clock=virtual", "12\n"},
		{"turn", "seed=1 clock=virtual backend=coroutines", "12\n"},
		{"end", "seed=1 clock=virtual", "5\n"},
		{"gate", "seed=1 clock=virtual", "3\n"},
		{"watchdog", "seed=1 clock=virtual", "2\n"},
		{"runs", "seed=1 clock=virtual repeat=3", ""},
	} {
		r := rttest.Run(t, test.program, "T101_CONTROL="+test.spec)
		if r.Exit != 0 || r.Stdout != test.want || r.Stderr != "" {
			t.Errorf("%s, %s: exit %d, printed %q, want %q; and on standard error\n%s", test.program, test.spec, r.Exit, r.Stdout, test.want, r.Stderr)
		}
	}
}

// TestSearchStops: a search is told from another process, while it runs, to stop
// before its next run.
func TestSearchStops(t *testing.T) {
	p, found := rttest.StartSearch(t, "search", "T101_CONTROL=seed=1 clock=virtual search=sample")
	const looks = 200 * time.Millisecond // in which the search's watchdog has looked at it a few times
	for began := time.Now(); time.Since(began) < looks || *word(p.Mem, event.OffRuns) < 10 && time.Since(began) < 20*time.Second; {
		time.Sleep(time.Millisecond)
	}
	atomic.StoreUint64(word(p.Mem, event.OffSearchStop), 1)
	if r := p.Wait(); r.Exit != 0 || r.Stderr != "" {
		t.Errorf("exit %d, and on standard error\n%s", r.Exit, r.Stderr)
	}
	if text := found(); !bytes.Contains(text, []byte("\n")) {
		t.Errorf("it reported %q", text)
	}
}

// A program without a search that is to be searched says so. (This test has one linked:
// the program takes it out.)
func TestWithoutSearch(t *testing.T) {
	p, _ := rttest.StartSearch(t, "unsearchable", "T101_CONTROL=seed=1 clock=virtual search=dpor")
	if r := p.Wait(); r.Exit != 2 || !strings.Contains(r.Stderr, "built without a search") {
		t.Errorf("exit %d, and on standard error %q", r.Exit, r.Stderr)
	}
}

func word(mem []byte, off uintptr) *uint64 { return (*uint64)(unsafe.Pointer(&mem[off])) }
