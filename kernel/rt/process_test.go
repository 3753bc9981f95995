package rt

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/record"
	"threading101/kernel/trace"
)

func TestMain(m *testing.M) {
	rttest.Main(programs)
	os.Exit(m.Run())
}

var (
	sA     = site(event.Lock, "a", event.KindNone)
	sB     = site(event.Lock, "b", event.KindNone)
	sExit  = site(event.Exit, "", event.KindNone)
	sPanic = goSite("bomb", event.KindNone)
)

// programs each run in a process of their own.
var programs = map[string]func(){
	"deadlock": func() {
		defer Main(sMain)()
		var a, b sync.Mutex
		got := make(chan bool, 2)
		both := func(s, t uint32, x, y *sync.Mutex) {
			Lock(s, x)
			got <- true
			for len(got) < 2 {
				time.Sleep(time.Microsecond)
			}
			Lock(t, y)
		}
		go Go0(sFunc, func() { both(sB, sA, &b, &a) })()()
		both(sA, sB, &a, &b)
	},
	"panic": func() {
		defer Main(sMain)()
		var wg sync.WaitGroup
		WGGo(sPanic, &wg, func() { panic("boom") })
		WGWait(sWG, &wg)
	},
	"panic-main": func() {
		defer Main(sMain)()
		var m map[string]int
		MapW(sMap, m)["a"] = 1
	},
	"recovered": func() {
		defer Main(sMain)()
		func() {
			defer func() { recover() }()
			c := make(chan int)
			Close(sCh, c)
			S(c).Send(sCh, 1)
		}()
		func() {
			defer func() { recover() }()
			var wg sync.WaitGroup
			WGDone(sWG, &wg)
		}()
	},
	"exit": func() {
		defer Main(sMain)()
		go Go0(sFunc, func() { select {} })()()
		os.Exit(Exit(sExit, 3))
	},
	"cut-off": func() {
		defer Main(sMain)()
		go Go1(sGo, func(int) { Sleep(sTime, time.Hour) })(1)()
		go Go1(sGo, func(int) { select {} })(2)()
		until(func() bool { return strings.Contains(fmt.Sprint(recorded()), "sleep") })
	},
	"leak": func() {
		defer Main(sMain)()
		c := make(chan int)
		go Go1(sGo, func(int) { R(c).Recv(sCh) })(1)()
		await(event.RecvWant)
	},
	"unlocked": func() {
		defer Main(sMain)()
		var mu sync.Mutex
		Lock(sMu, &mu)
		Unlock(sMu, &mu)
		Unlock(sMu, &mu)
	},
	"map": func() {
		defer Main(sMain)()
		m := map[int]int{}
		escape(m)
		for range 4 {
			go Go0(sFunc, func() {
				for i := 0; ; i++ {
					MapW(sMap, m)[i&1] = i
				}
			})()()
		}
		select {}
	},
	"endless": func() {
		defer Main(sMain)()
		var mu sync.Mutex
		for range 4 {
			go Go0(sFunc, func() {
				for {
					Lock(sMu, &mu)
					Unlock(sMu, &mu)
				}
			})()()
		}
		select {}
	},
	"many": func() {
		defer Main(sMain)()
		var mu sync.Mutex
		Lock(sMu, &mu)
		var wg sync.WaitGroup
		for i := range many {
			WGAdd(sWG, &wg, 1)
			go Go1(sGo, func(int) {
				Lock(sMu, &mu)
				WGDone(sWG, &wg)
			})(i)()
		}
		WGWait(sWG, &wg)
	},
	"environment": func() {
		defer Main(sMain)()
		_, found := os.LookupEnv("T101_RING")
		open := false
		for fd := range 100 {
			var st syscall.Stat_t
			open = open || syscall.Fstat(fd, &st) == nil && st.Size == event.RingSize
		}
		fmt.Println(found, open, Recording())
	},
	"goexit-main": func() {
		defer Main(sMain)()
		go Go0(sFunc, func() {
			await(event.Goexit)
			os.Exit(Exit(sExit, 0))
		})()()
		until(func() bool { return len(recorded()) == 3 })
		Goexit(sTime)
	},
	"labels": labels,
}

const many = 50_000

// labels uses what rt borrows: profiler labels.
func labels() {
	defer Main(sMain)()
	pprof.StartCPUProfile(io.Discard)
	defer pprof.StopCPUProfile()
	done := make(chan bool)
	go Go1(sGo, func(int) {
		var mu sync.Mutex
		pprof.Do(context.Background(), pprof.Labels("who", "me"), func(context.Context) {
			for start := time.Now(); time.Since(start) < 50*time.Millisecond; {
				Lock(sMu, &mu)
				Unlock(sMu, &mu)
			}
		})
		done <- true
	})(1)()
	<-done
	pprof.Lookup("goroutine").WriteTo(io.Discard, 1)
	for start := time.Now(); time.Since(start) < 50*time.Millisecond; {
		Gosched(sTime)
	}
}

func TestEnds(t *testing.T) {
	for _, test := range []struct {
		program string
		exit    int
		stderr  string // part of it
		status  model.Status
		want    model.Status // read from the recording
		ends    []model.Ending
	}{
		{"deadlock", 2, "all goroutines are asleep - deadlock!", model.Deadlock, model.Deadlock, []model.Ending{model.WasBlocked, model.WasBlocked}},
		{"panic", 2, "panic: boom", model.Panicked, model.Panicked, []model.Ending{model.WasCutOff, model.DidPanic}},
		{"panic-main", 2, "panic: assignment to entry in nil map", model.Panicked, model.Panicked, []model.Ending{model.DidPanic}},
		{"recovered", 0, "", model.OK, model.OK, []model.Ending{model.Returned}},
		{"exit", 3, "", model.Exited, model.Exited, []model.Ending{model.DidExit, model.WasCutOff}},
		{"cut-off", 0, "", model.OK, model.CutOff, []model.Ending{model.Returned, model.WasCutOff, model.WasCutOff}},
		{"leak", 0, "", model.OK, model.Leak, []model.Ending{model.Returned, model.WasBlocked}},
		{"unlocked", 2, "fatal error: sync: unlock of unlocked mutex", model.Panicked, model.Panicked, []model.Ending{model.WasCutOff}},
		{"goexit-main", 0, "", model.OK, model.OK, []model.Ending{model.DidExit, model.DidExit}},
	} {
		t.Run(test.program, func(t *testing.T) {
			r := runToEnd(t, test.program, event.LockWant, 2)
			if !seesDeadlocks && test.status == model.Deadlock {
				test.exit, test.stderr = -1, ""
			}
			if r.Exit != test.exit || !strings.Contains(r.Stderr, test.stderr) {
				t.Errorf("exit status %d, want %d with %q; it said:\n%s", r.Exit, test.exit, test.stderr, r.Stderr)
			}
			x := read(t, r.Mem, trace.Options{Mode: model.Real, Status: test.status})
			if x.Status != test.want {
				t.Errorf("status %q, want %q", x.Status, test.want)
			}
			var ends []model.Ending
			for _, g := range x.Goroutines {
				ends = append(ends, g.End)
			}
			if fmt.Sprint(ends) != fmt.Sprint(test.ends) {
				t.Errorf("ends %q, want %q:\n%s", ends, test.ends, dump(t, x))
			}
			if test.status == model.OK || test.exit < 0 {
				return
			}
			if plain := rttest.RunPlain(t, test.program); plain.Exit != test.exit {
				t.Errorf("not recorded it ends with %d, not %d:\n%s", plain.Exit, test.exit, plain.Stderr)
			}
		})
	}
}

// runToEnd runs a program until it dies of a deadlock, or otherwise ends. Where Go does
// not see deadlocks, the program is killed once so many goroutines got stuck.
func runToEnd(t *testing.T, program string, stuck event.Op, n int) rttest.Result {
	p := rttest.Start(t, program, traceback(program))
	if !seesDeadlocks && program == "deadlock" {
		until(func() bool {
			l, err := trace.ReadLog(p.Mem)
			return err == nil && last(l, stuck, n)
		})
		p.Process.Kill()
	}
	return p.Wait()
}

// traceback spares a program of many goroutines to print them all.
func traceback(program string) string {
	if program == "many" {
		return "GOTRACEBACK=none"
	}
	return "GOTRACEBACK=single"
}

// last says whether the last n entries are of that operation.
func last(l *trace.Log, op event.Op, n int) bool {
	if len(l.Entries) < n {
		return false
	}
	for _, e := range l.Entries[len(l.Entries)-n:] {
		if e.Op != op {
			return false
		}
	}
	return true
}

// A deadlock names what each waits for, where, and who has it.
func TestDeadlockNamesTheCycle(t *testing.T) {
	x := read(t, runToEnd(t, "deadlock", event.LockWant, 2).Mem, trace.Options{Status: model.Deadlock})
	for lane, want := range []string{"b", "a"} {
		g := x.Goroutines[lane]
		if g.BlockedOn < 0 || x.Objects[g.BlockedOn].Name != want || g.BlockedAt.Line == 0 {
			t.Errorf("%s is not blocked on %s:\n%s", g.Name, want, dump(t, x))
		}
		if want := x.Events[len(x.Events)-1-lane]; want.Partner < 0 {
			t.Errorf("it is not said for whom %s waits:\n%s", g.Name, dump(t, x))
		}
	}
}

// Fatal errors and signals leave a recording that can be read.
func TestRecordingOutlivesTheProgram(t *testing.T) {
	t.Run("concurrent map writes", func(t *testing.T) {
		r := rttest.Run(t, "map")
		if r.Exit != 2 || !strings.Contains(r.Stderr, "concurrent map") {
			t.Errorf("exit status %d:\n%.2000s", r.Exit, r.Stderr)
		}
		if x := read(t, r.Mem, trace.Options{Status: model.Panicked}); len(x.Events) == 0 {
			t.Error("nothing was recorded")
		}
	})
	t.Run("killed", func(t *testing.T) {
		p := rttest.Start(t, "endless")
		until(func() bool {
			return *record.Word(unsafe.Pointer(&p.Mem[0]), event.OffCount) > 3*(event.HeadRecords+event.TailRecords)
		})
		p.Process.Kill()
		r := p.Wait()
		x := read(t, r.Mem, trace.Options{Status: model.Limit})
		if x.Dropped == 0 || x.DroppedAt != event.HeadRecords || len(x.Events) != event.HeadRecords+event.TailRecords-1 {
			t.Errorf("%d events, %d dropped at %d", len(x.Events), x.Dropped, x.DroppedAt)
		}
	})
	if !seesDeadlocks {
		return // they wait until Go finds out; and the race detector allows only 8,128 at a time
	}
	t.Run("many goroutines", func(t *testing.T) {
		r := runToEnd(t, "many", event.WaitWant, 1)
		if r.Exit != 2 {
			t.Errorf("exit status %d:\n%.2000s", r.Exit, r.Stderr)
		}
		x := read(t, r.Mem, trace.Options{Status: model.Deadlock})
		if x.Goroutines[0].End != model.WasBlocked || x.Dropped == 0 {
			t.Errorf("main: %+v; %d dropped", x.Goroutines[0], x.Dropped)
		}
		if g := x.Goroutines[len(x.Goroutines)-1]; g.ID == "" || g.End != model.WasBlocked || !strings.HasPrefix(g.Name, "worker ") {
			t.Errorf("the last goroutine is %+v", g)
		}
	})
}

// Neither the program nor its children see where they are recorded.
func TestRecordingIsHidden(t *testing.T) {
	if got := rttest.Run(t, "environment").Stdout; got != "false false true\n" {
		t.Errorf("recorded, it says %q", got)
	}
	if got := rttest.RunPlain(t, "environment").Stdout; got != "false false false\n" {
		t.Errorf("not recorded, it says %q", got)
	}
}

// A bad T101_RING records nothing and harms nothing.
func TestBadDescriptor(t *testing.T) {
	for _, value := range []string{"", "x", "-1", "99", "0x3", "99999999999999999999", "1"} {
		if r := rttest.Run(t, "environment", "T101_RING="+value); r.Exit != 0 || !strings.HasSuffix(r.Stdout, "false\n") {
			t.Errorf("%q: exit status %d\n%s%s", value, r.Exit, r.Stdout, r.Stderr)
		}
	}
}

// A program that takes a profile, and one that sets labels of its own.
func TestProfilerLabels(t *testing.T) {
	r := rttest.Run(t, "labels")
	if r.Exit != 0 {
		t.Fatalf("exit status %d:\n%s", r.Exit, r.Stderr)
	}
	x := read(t, r.Mem, trace.Options{Status: model.OK})
	if len(x.Goroutines) < 2 || x.Goroutines[1].Name != "worker 1" || x.Goroutines[1].End != model.Returned {
		t.Errorf("the worker is lost:\n%.2000s", dump(t, x))
	}
}
