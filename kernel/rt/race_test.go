//go:build race

package rt

import (
	"strings"
	"sync"
	"testing"
	"time"

	"threading101/kernel/rt/internal/rttest"
)

func init() {
	programs["racy"] = func() {
		defer Main(sMain)()
		racy(new(int))
	}
	programs["racy-apart"] = func() {
		defer Main(sMain)()
		apart(new(int))
	}
	programs["clean"] = func() {
		defer Main(sMain)()
		clean(new(int))
	}
}

// racy increments x in two goroutines, which note many other things meanwhile:
// were the recorder's lock seen, it would order the accesses.
func racy(x *int) {
	done := make(chan bool)
	for range 2 {
		go Go0(sFunc, func() {
			Store(sX, x, Load(sX, x)+1)
			for range 100 {
				Gosched(sTime)
				Print(sPrint, "x")
			}
			done <- true
		})()()
	}
	<-done
	<-done
}

// apart writes x in one goroutine long before another does, with nothing between
// them but the recorder.
func apart(x *int) {
	var mu sync.Mutex
	go Go0(sFunc, func() {
		Store(sX, x, 1)
		for range 1000 {
			Print(sPrint, "x")
		}
		select {}
	})()()
	for start := time.Now(); time.Since(start) < 50*time.Millisecond; {
		Print(sPrint, "y")
		Lock(sMu, &mu)
		Unlock(sMu, &mu)
	}
	Store(sX, x, 2)
}

// clean orders all accesses, by each means there is.
func clean(x *int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	ch, n := make(chan int), new(int64)
	for range 2 {
		WGGo(sWGGo, &wg, func() {
			Lock(sMu, &mu)
			Store(sX, x, Load(sX, x)+1)
			Unlock(sMu, &mu)
			AtomicAdd(sN, n, 1)
		})
	}
	WGWait(sWG, &wg)
	Store(sX, x, Load(sX, x)+1)
	go Go0(sFunc, func() {
		Store(sX, x, 5)
		S(ch).Send(sCh, 1)
	})()()
	R(ch).Recv(sCh)
	Load(sX, x)
	flag := new(int32)
	go Go0(sFunc, func() {
		Store(sX, x, 6)
		AtomicStore(sN, flag, 1)
	})()()
	for AtomicLoad(sN, flag) == 0 {
		Gosched(sTime)
	}
	Load(sX, x)
}

// The detector finds the learner's races, all of them and nothing else, just as
// without a recording.
func TestRaceDetectorSeesOnlyTheProgram(t *testing.T) {
	for _, test := range []struct {
		program, in string
	}{
		{"racy", "rt.racy."},
		{"racy-apart", "rt.apart"},
		{"clean", ""},
	} {
		for _, r := range []rttest.Result{rttest.Run(t, test.program), rttest.RunPlain(t, test.program)} {
			reports := strings.Split(r.Stderr, "WARNING: DATA RACE")[1:]
			if test.in == "" && (len(reports) > 0 || r.Exit != 0) || test.in != "" && (len(reports) == 0 || r.Exit != 66) {
				t.Errorf("%s: %d reports, exit status %d (recorded: %v)\n%s", test.program, len(reports), r.Exit, r.Mem != nil, r.Stderr)
			}
			for _, report := range reports {
				if !strings.Contains(report, test.in) || !strings.Contains(report, "memory.go") {
					t.Errorf("%s: a report that is not the program's:\n%s", test.program, report)
				}
			}
		}
	}
}
