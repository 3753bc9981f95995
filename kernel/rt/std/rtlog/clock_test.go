package rtlog_test

import (
	"log"
	"testing"
	"time"

	"threading101/kernel/rt"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/std/rtlog"
)

func init() {
	programs["stamps"] = func() {
		defer rt.Main(1)()
		rtlog.Println(1, "began")
		rt.Sleep(1, 90*time.Second)
		log.SetFlags(log.LstdFlags | log.Lmicroseconds | log.Lshortfile)
		log.SetPrefix("> ")
		rtlog.Println(1, "later")
		log.SetFlags(log.LstdFlags | log.Lshortfile | log.Lmsgprefix)
		rtlog.Println(1, "last")
	}
}

// A controlled run logs the time of its own clock, so that it prints the same
// each time it is run.
func TestLogsTheTimeOfTheRun(t *testing.T) {
	const want = "2009/11/10 23:00:00 began\n> 2009/11/10 23:01:30.000000 clock_test.go:20: later\n2009/11/10 23:01:30 clock_test.go:22: > last\n"
	r := rttest.Run(t, "stamps", "T101_CONTROL=seed=1 clock=virtual")
	if r.Stderr != want {
		t.Errorf("logged\n%swant\n%s", r.Stderr, want)
	}
}
