package rt

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/record"
)

// What panics in Go panics here, with the same words, recorded or not.
func TestPanicsAreGo(t *testing.T) {
	var (
		nilMutex *sync.Mutex
		nilRW    *sync.RWMutex
		nilGroup *sync.WaitGroup
		nilOnce  *sync.Once
		nilCond  *sync.Cond
		nilInt   *int
		nilInt32 *int32
		nilAtom  *atomic.Int64
		nilChan  chan int
		nilMap   map[string]int
		locker   sync.Locker
		group    sync.WaitGroup
		once     sync.Once
	)
	closed := func() chan int { c := make(chan int, 1); close(c); return c }
	for i, test := range []struct {
		rt, plain func()
		looksAway bool // sync.RWMutex tells the race detector to look away and then panics, before it takes that back
	}{
		{func() { Lock(1, nilMutex) }, func() { nilMutex.Lock() }, false},
		{func() { TryLock(1, nilMutex) }, func() { nilMutex.TryLock() }, false},
		{func() { Unlock(1, nilMutex) }, func() { nilMutex.Unlock() }, false},
		{func() { RWLock(1, nilRW) }, func() { nilRW.Lock() }, true},
		{func() { RLock(1, nilRW) }, func() { nilRW.RLock() }, true},
		{func() { RUnlock(1, nilRW) }, func() { nilRW.RUnlock() }, true},
		{func() { RWTryLock(1, nilRW) }, func() { nilRW.TryLock() }, true},
		{func() { TryRLock(1, nilRW) }, func() { nilRW.TryRLock() }, true},
		{func() { WGAdd(1, nilGroup, 1) }, func() { nilGroup.Add(1) }, false},
		{func() { WGDone(1, nilGroup) }, func() { nilGroup.Done() }, false},
		{func() { WGWait(1, nilGroup) }, func() { nilGroup.Wait() }, false},
		{func() { WGGo(1, nilGroup, func() {}) }, func() { nilGroup.Go(func() {}) }, false},
		{func() { WGDone(1, new(sync.WaitGroup)) }, func() { new(sync.WaitGroup).Done() }, false},
		{func() { WGAdd(1, &group, -1) }, func() { group.Add(-1) }, false},
		{func() { OnceDo(1, nilOnce, func() {}) }, func() { nilOnce.Do(func() {}) }, false},
		{func() { OnceDo(1, new(sync.Once), nil) }, func() { new(sync.Once).Do(nil) }, false},
		{func() { OnceDo(1, &once, func() { panic("in once") }) }, func() { new(sync.Once).Do(func() { panic("in once") }) }, false},
		{func() { CondWait(1, nilCond) }, func() { nilCond.Wait() }, false},
		{func() { CondSignal(1, nilCond) }, func() { nilCond.Signal() }, false},
		{func() { CondBroadcast(1, nilCond) }, func() { nilCond.Broadcast() }, false},
		{func() { CondWait(1, new(sync.Cond)) }, func() { new(sync.Cond).Wait() }, false},
		{func() { LockerLock(1, locker) }, func() { locker.Lock() }, false},
		{func() { LockerUnlockFunc(1, locker) }, func() { _ = locker.Unlock }, false},
		{func() { Load(1, nilInt) }, func() { _ = *nilInt }, false},
		{func() { Store(1, nilInt, 1) }, func() { *nilInt = 1 }, false},
		{func() { *W(1, nilInt) = 1 }, func() { *nilInt = 1 }, false},
		{func() { AtomicAdd(1, nilInt32, 1) }, func() { atomic.AddInt32(nilInt32, 1) }, false},
		{func() { AtomicLoadM(1, nilAtom) }, func() { nilAtom.Load() }, false},
		{func() { AtomicStoreM(1, nilAtom, 1) }, func() { nilAtom.Store(1) }, false},
		{func() { AtomicCASM(1, nilAtom, 1, 2) }, func() { nilAtom.CompareAndSwap(1, 2) }, false},
		{func() { S(closed()).Send(1, 1) }, func() { closed() <- 1 }, false},
		{func() { Close(1, closed()) }, func() { close(closed()) }, false},
		{func() { Close(1, nilChan) }, func() { close(nilChan) }, false},
		{func() { MapW(1, nilMap)["a"] = 1 }, func() { nilMap["a"] = 1 }, false},
	} {
		panics := func(f func()) string {
			if test.looksAway {
				defer record.RaceEnable()
			}
			return panics(f)
		}
		plain := panics(test.plain)
		if plain == "" {
			t.Errorf("%d: Go does not panic", i)
		}
		if got := panics(test.rt); got != plain {
			t.Errorf("%d: not recorded it panics with %q, Go with %q", i, got, plain)
		}
		group, once = sync.WaitGroup{}, sync.Once{}
		got := ""
		recordOf(t, func() { got = panics(test.rt) })
		if got != plain {
			t.Errorf("%d: recorded it panics with %q, Go with %q", i, got, plain)
		}
		record.Ring = nil
		group, once = sync.WaitGroup{}, sync.Once{}
	}
}

func panics(f func()) (with string) {
	defer func() {
		if r := recover(); r != nil {
			with = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

// The order of the record is the order of the accesses: every read finds what
// the last write before it in the record wrote. The collector runs all the time,
// and stops goroutines wherever they are.
func TestOrderOfMemory(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	x, n := new(int), new(int64)
	ex := recordOf(t, func() {
		var wg sync.WaitGroup
		for g := range 8 {
			WGGo(sWGGo, &wg, func() {
				for i := range 15 {
					garbage.Store(new([1 << 12]byte))
					AtomicAdd(sN, n, 1)
					if raceDetector {
						continue // a race it is
					}
					Store(sX, x, g*1000+i)
					Load(sX, x)
				}
			})
		}
		WGWait(sWG, &wg)
		escape(x, n)
	})
	last, count, loads := "", 0, 0
	for _, e := range ex.Events {
		switch e.Op {
		case event.Store:
			last = e.Value
		case event.Load:
			if loads++; e.Value != last {
				t.Fatalf("step %d reads %s, written was %s", e.Step, e.Value, last)
			}
		case event.AtomicAdd:
			if count++; e.Value != fmt.Sprint(count) {
				t.Fatalf("step %d adds up to %s, want %d", e.Step, e.Value, count)
			}
		}
	}
	if loads == 0 && !raceDetector || count == 0 {
		t.Errorf("%d reads and %d additions were recorded", loads, count)
	}
}

var garbage atomic.Pointer[[1 << 12]byte]

// What a consumer received, the producer that made it has sent.
func TestChannelsPair(t *testing.T) {
	for _, size := range []int{0, 1, 7} {
		ex := recordOf(t, func() {
			ch := make(chan int, size)
			var wg, producers sync.WaitGroup
			for p := range 4 {
				WGAdd(sWG, &producers, 1)
				go Go1(sGo, func(int) {
					for i := range 100 {
						S(ch).Send(sCh, p*1000+i)
					}
					WGDone(sWG, &producers)
				})(p)()
			}
			for range 3 {
				WGGo(sWGGo, &wg, func() {
					for c, _, ok := R(ch).First(sCh); ok; _, ok = c.Recv2(sCh) {
						runtime.Gosched()
					}
				})
			}
			WGWait(sWG, &producers)
			Close(sCh, ch)
			WGWait(sWG, &wg)
		})
		received := 0
		for i, e := range ex.Events {
			if e.Op != event.Recv || e.Flags&event.FlagClosed != 0 {
				continue
			}
			received++
			if e.Link < 0 || ex.Events[e.Link].Value != e.Value || ex.Events[e.Link].Link != i {
				t.Fatalf("capacity %d: step %d received %s from %+v", size, e.Step, e.Value, e.Link)
			}
		}
		if received != 400 {
			t.Errorf("capacity %d: %d received, want 400", size, received)
		}
		record.Ring = nil
	}
}

// Locks of all kinds under load, with much waiting: the record fits together.
func TestLocksUnderLoad(t *testing.T) {
	ex := recordOf(t, func() {
		var mu sync.Mutex
		var rw sync.RWMutex
		var wg sync.WaitGroup
		cond, turns := sync.NewCond(&mu), 0
		for g := range 6 {
			WGGo(sWGGo, &wg, func() {
				for range 50 {
					Lock(sMu, &mu)
					for turns%6 != g {
						CondWait(sCond, cond)
					}
					turns++
					CondBroadcast(sCond, cond)
					Unlock(sMu, &mu)
					if TryLock(sMu, &mu) {
						Unlock(sMu, &mu)
					}
					RLock(sRW, &rw)
					runtime.Gosched()
					RUnlock(sRW, &rw)
					RWLock(sRW, &rw)
					RWUnlock(sRW, &rw)
				}
			})
		}
		WGWait(sWG, &wg)
	})
	if len(ex.Events) < 6*50*8 {
		t.Errorf("only %d events", len(ex.Events))
	}
}

// One place in a loop does not fill the record.
func TestMemoryBound(t *testing.T) {
	x := new(int)
	ex := recordOf(t, func() {
		for range 10 * event.MemoryBound {
			Store(sX, x, Load(sX, x)+1)
		}
		escape(x)
	})
	if *x != 10*event.MemoryBound {
		t.Errorf("x is %d", *x)
	}
	if len(ex.Events) != event.MemoryBound+2 || ex.Skipped != 19*event.MemoryBound {
		t.Errorf("%d events, %d skipped", len(ex.Events), ex.Skipped)
	}
}

// The first and the last texts are kept; those between are gone, not mixed up.
func TestTextsBound(t *testing.T) {
	const prints = 8000
	text := func(i int) string { return fmt.Sprintf("%0*d", event.MaxText, i) }
	ex := recordOf(t, func() {
		for i := range prints {
			Print(sPrint, text(i))
		}
	})
	kept := 0
	for i, e := range ex.Events[1 : prints+1] {
		if e.Value == text(i) {
			kept++
		} else if e.Value != "" {
			t.Fatalf("print %d reads %q", i, e.Value)
		}
	}
	if min := (event.HeadText + event.TailText) / event.MaxText; kept < min-2 || ex.Events[1].Value == "" || ex.Events[prints].Value == "" {
		t.Errorf("%d texts kept, want about %d", kept, min)
	}
}

// A goroutine's own stack is no place that others share.
func TestStackIsPrivate(t *testing.T) {
	ex := recordOf(t, func() {
		var x int
		Store(sX, &x, Load(sX, &x)+1)
		if x != 1 {
			t.Errorf("x is %d", x)
		}
	})
	if len(ex.Objects) != 0 {
		t.Errorf("recorded: %+v", ex.Objects)
	}
}

// Selects may be nested in the cases of others, and may be left by a panic.
func TestSelectsNest(t *testing.T) {
	ex := recordOf(t, func() {
		a, b := make(chan int, 1), make(chan int, 2)
		a <- 1
		inner := func() chan int {
			Selecting(sTime, 2)
			select {
			case v := <-SelR(sTime, 0, a):
				Selected(sText, 0)
				b <- v
			case <-SelR(sTime, 1, b):
				Selected(sText, 1)
			}
			func() {
				defer func() { recover() }()
				c := make(chan int)
				close(c)
				Selecting(sTime, 2)
				select {
				case SelS(sTime, 0, c) <- 1:
					Selected(sText, 0)
				case <-SelR(sTime, 1, a):
					Selected(sText, 1)
				}
			}()
			return b
		}
		Selecting(sSel, 2)
		select {
		case <-SelR(sSel, 0, a):
			Selected(sCh, 0)
		case <-SelR(sSel, 1, inner()):
			Selected(sCh, 1)
		}
	})
	var got []string
	for _, e := range ex.Events {
		if e.Op == event.Recv {
			got = append(got, ex.Objects[e.Object].Name)
		}
	}
	if fmt.Sprint(got) != "[words ch]" {
		t.Errorf("received from %v:\n%s", got, rttest.Dump(t, ex))
	}
}

// Wrappers pass on arguments.
func TestGoWrappers(t *testing.T) {
	sum := 0
	add := func(a, b int) (int, error) { sum = a + b; return sum, nil }
	spread := func(a string, rest ...int) int { sum = len(a) + len(rest); return sum }
	check := func() {
		for want, run := range map[int]func(){
			3: Go2R2(sGo, add)(1, 2),
			5: GoV2R1(sGo, spread)("ab", 1, 2, 3),
		} {
			if run(); sum != want {
				t.Errorf("got %d, want %d", sum, want)
			}
		}
		if GoV2R1(sGo, spread)("abc", []int{1}...)(); sum != 4 {
			t.Errorf("got %d, want 4", sum)
		}
	}
	check()
	recordOf(t, func() {
		done := make(chan bool)
		go Go0(sFunc, func() {
			go Go1(sGo, func(int) {})(1)()
			done <- true
		})()()
		<-done
	})
}
