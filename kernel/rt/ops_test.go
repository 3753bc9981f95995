package rt

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

var (
	sMain  = site(event.Start, "", event.KindNone)
	sMu    = site(event.Lock, "mu", event.KindNone)
	sRW    = site(event.Lock, "rw", event.KindNone)
	sWG    = site(event.Wait, "wg", event.KindNone)
	sOnce  = site(event.Once, "once", event.KindNone)
	sCond  = site(event.CondWait, "cond", event.KindNone)
	sCh    = site(event.Send, "ch", event.KindInt)
	sText  = site(event.Send, "words", event.KindText)
	sX     = site(event.Load, "x", event.KindInt)
	sF     = site(event.Load, "ratio", event.KindFloat64)
	sByte  = site(event.Load, "b", event.KindUint8)
	sName  = site(event.Load, "name", event.KindText)
	sN     = site(event.AtomicAdd, "n", event.KindInt)
	sMap   = site(event.Load, "m", event.KindNone)
	sSel   = site(event.Select, "", event.KindNone)
	sPrint = site(event.Print, "", event.KindText)
	sTime  = site(event.Sleep, "", event.KindNone)
	sGo    = goSite("worker", event.KindInt)
	sFunc  = goSite("func", event.KindNone)
	sWGGo  = goSite("func", event.KindNone)
)

func init() { sites[sWGGo].Object = "wg" }

// one goroutine, one construct: what is recorded is exactly known.
var ops = []struct {
	name    string
	program func()
}{
	{"mutex", func() {
		var mu sync.Mutex
		Lock(sMu, &mu)
		TryLock(sMu, &mu)
		Unlock(sMu, &mu)
		TryLock(sMu, &mu)
		UnlockFunc(sMu, &mu)()
		LockerLock(sMu, &mu)
		LockerUnlock(sMu, &mu)
	}},
	{"rwmutex", func() {
		var rw sync.RWMutex
		RLock(sRW, &rw)
		RLock(sRW, &rw)
		TryRLock(sRW, &rw)
		RWTryLock(sRW, &rw)
		RUnlock(sRW, &rw)
		RUnlock(sRW, &rw)
		RUnlockFunc(sRW, &rw)()
		RWLock(sRW, &rw)
		TryRLock(sRW, &rw)
		RWUnlock(sRW, &rw)
		LockerLock(sRW, rw.RLocker())
		LockerUnlock(sRW, rw.RLocker())
	}},
	{"waitgroup", func() {
		var wg sync.WaitGroup
		WGAdd(sWG, &wg, 2)
		WGAdd(sWG, &wg, -1)
		WGDone(sWG, &wg)
		WGWait(sWG, &wg)
	}},
	{"once", func() {
		var once sync.Once
		OnceDo(sOnce, &once, func() {})
		OnceDo(sOnce, &once, func() {})
	}},
	{"channel", func() {
		ch := make(chan int, 2)
		S(ch).Send(sCh, -1)
		S(ch).Send(sCh, 2)
		R(ch).Recv(sCh)
		Close(sCh, ch)
		R(ch).Recv2(sCh)
		R(ch).Recv2(sCh)
		words := make(chan string, 1)
		S(words).Send(sText, "a word")
		R(words).Recv(sText)
	}},
	{"select", func() {
		in, out := make(chan int, 1), make(chan int, 1)
		var none chan int
		in <- 1
		for range 3 {
			Selecting(sSel, 3)
			select {
			case <-SelR(sSel, 0, in):
				Selected(sCh, 0)
			case <-SelR(sSel, 1, none):
				Selected(sCh, 1)
			default:
				Selected(sSel, 2)
			}
		}
		Selecting(sSel, 2)
		select {
		case SelS(sSel, 0, out) <- 7:
			Selected(sCh, 0)
		case SelS(sSel, 1, none) <- 8:
			Selected(sCh, 1)
		}
	}},
	{"memory", func() {
		x, ratio, b, name, m := new(int), new(float64), new(byte), new(string), map[string]int{}
		Store(sX, x, Load(sX, x)+1)
		*W(sX, x) += 2
		Wrote(sX, x)
		Store(sF, ratio, 0.5)
		Store(sByte, b, 255)
		Store(sName, name, "äöü")
		Load(sName, name)
		MapW(sMap, m)["a"] = 1
		_ = MapR(sMap, m)["a"]
		escape(x, ratio, b, name, m)
	}},
	{"atomic", func() {
		n, u, a, b := new(int32), new(uint64), new(atomic.Int64), new(atomic.Bool)
		AtomicAdd(sN, n, -3)
		AtomicStore(sN, u, 9)
		AtomicSwap(sN, u, AtomicLoad(sN, u)+1)
		AtomicCAS(sN, n, -3, 4)
		AtomicCAS(sN, n, -3, 5)
		AtomicAddM(sN, a, 2)
		AtomicCASM(sN, a, 2, 3)
		AtomicStoreM(sN, b, true)
		AtomicSwapM(sN, b, AtomicLoadM(sN, b))
		escape(n, u, a, b)
	}},
	{"time", func() {
		Sleep(sTime, 0)
		Sleep(sTime, time.Microsecond)
		Gosched(sTime)
	}},
	{"print", func() {
		Print(sPrint, "hello\n")
		Print(sPrint, fmt.Sprintf("%0*d", event.MaxText+1, 1))
		Print(sPrint, "</svg><script>\x00\xff")
	}},
}

var escaped []any

// escape makes variables live on the heap, where goroutines share them.
func escape(v ...any) { escaped = v }

func TestOps(t *testing.T) {
	for _, op := range ops {
		t.Run(op.name, func(t *testing.T) {
			golden(t, "op-"+op.name+".txt", dump(t, recordOf(t, op.program)))
		})
	}
}

// Without a recording the same calls do what they stand for, and nothing else.
func TestOpsWithoutRecording(t *testing.T) {
	for _, op := range ops {
		t.Run(op.name, func(t *testing.T) { op.program() })
	}
}

// What several goroutines do, in an order that the program itself forces.
var ordered = []struct {
	name    string
	program func()
}{
	{"go", func() {
		done := make(chan bool)
		go Go1(sGo, func(int) { done <- true })(3)()
		<-done
		await(event.End)
		GoNamed(sFunc, 0, "", "Ada")
		go Go0(sFunc, func() { done <- true })()()
		<-done
		await(event.End)
		go Go0(sFunc, func() { defer func() { done <- true }(); Goexit(sTime) })()()
		<-done
		await(event.Goexit)
	}},
	{"children", func() {
		inner, done := make(chan bool), make(chan bool)
		go Go0(sFunc, func() {
			go Go0(sFunc, func() { inner <- true })()()
			<-inner
			await(event.End)
			go Go0(sFunc, func() { done <- true })()()
			<-inner
		})()()
		<-done
		await(event.End)
		inner <- true
		awaitEnds(3)
	}},
	{"contended", func() {
		var mu sync.Mutex
		Lock(sMu, &mu)
		done := make(chan bool)
		go Go1(sGo, func(int) {
			Lock(sMu, &mu)
			Unlock(sMu, &mu)
			done <- true
		})(1)()
		await(event.LockWant)
		Unlock(sMu, &mu)
		<-done
		await(event.End)
	}},
	{"waitgroup-go", func() {
		var wg sync.WaitGroup
		WGGo(sWGGo, &wg, func() { Gosched(sTime) })
		await(event.End)
		WGWait(sWG, &wg)
	}},
	{"cond", func() {
		var mu sync.Mutex
		cond, done := sync.NewCond(&mu), make(chan bool)
		go Go0(sFunc, func() {
			Lock(sMu, &mu)
			CondWait(sCond, cond)
			Unlock(sMu, &mu)
			done <- true
		})()()
		await(event.CondWant)
		awaitState("sync.Cond.Wait")
		Lock(sMu, &mu)
		CondSignal(sCond, cond)
		Unlock(sMu, &mu)
		<-done
		await(event.End)
		CondBroadcast(sCond, cond)
	}},
	{"lost-update", func() {
		x, step := new(int), make(chan bool)
		go Go1(sGo, func(int) {
			v := Load(sX, x)
			step <- true
			<-step
			Store(sX, x, v+1)
			step <- true
		})(1)()
		<-step
		Store(sX, x, Load(sX, x)+1)
		step <- true
		<-step
		await(event.End)
		escape(x)
	}},
	{"library", func() {
		done := make(chan bool)
		go func() { // not rewritten: a library's
			Print(sPrint, "from a library")
			done <- true
		}()
		<-done
		Print(sPrint, "from main")
	}},
}

func TestOrdered(t *testing.T) {
	for _, test := range ordered {
		t.Run(test.name, func(t *testing.T) {
			golden(t, "run-"+test.name+".txt", dump(t, recordOf(t, test.program)))
		})
	}
}

// A receive from a sender that waits may be noted before the send or after it.
func TestUnbuffered(t *testing.T) {
	x := recordOf(t, func() {
		ch := make(chan int)
		go Go1(sGo, func(int) { S(ch).Send(sCh, 5) })(1)()
		await(event.SendWant)
		awaitState("chan send")
		R(ch).Recv(sCh)
		awaitEnds(1)
	})
	at := map[event.Op]int{}
	for i, e := range x.Events {
		at[e.Op] = i
	}
	send, recv := x.Events[at[event.Send]], x.Events[at[event.Recv]]
	if send.Link != at[event.Recv] || recv.Link != at[event.Send] || send.Partner != 0 || recv.Partner != 1 {
		t.Errorf("send and receive did not find each other:\n%s", dump(t, x))
	}
	if want := x.Events[at[event.SendWant]]; want.Link != at[event.Send] || want.Value != "5" {
		t.Errorf("the waiting did not end in the send:\n%s", dump(t, x))
	}
	if _, waited := at[event.RecvWant]; waited {
		t.Errorf("the receive waited, though a sender was there:\n%s", dump(t, x))
	}
}

// await waits until an operation is the last one recorded.
func await(op event.Op) {
	until(func() bool {
		ops := recorded()
		return ops[len(ops)-1] == op
	})
}

// awaitEnds waits until n goroutines have noted their end.
func awaitEnds(n int) {
	until(func() bool {
		ends := 0
		for _, op := range recorded() {
			if op == event.End {
				ends++
			}
		}
		return ends >= n
	})
}

// awaitState waits until a goroutine is in that state, as a traceback names it.
func awaitState(state string) {
	buf := make([]byte, 1<<16)
	until(func() bool { return strings.Contains(string(buf[:runtime.Stack(buf, true)]), "["+state+"]") })
}

// recorded returns the operations recorded so far.
func recorded() (ops []event.Op) {
	record.Lock()
	n := *record.Word(record.Ring, event.OffCount)
	record.Unlock()
	for i := range n {
		op, _, _, _ := event.Unpack((*event.Record)(unsafe.Add(record.Ring, event.Slot(i))).What)
		ops = append(ops, op)
	}
	return ops
}

func until(condition func() bool) {
	for deadline := time.Now().Add(10 * time.Second); !condition(); runtime.Gosched() {
		if time.Now().After(deadline) {
			panic("the test waits for what does not come")
		}
	}
}
