package run

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// recorded and raceRecorded are testdata/recorded, built plainly and with the
// race detector; raceSignals is testdata/signals.
var recorded, raceRecorded, raceSignals string

var siteCall = regexp.MustCompile(`(?:rt\.|\.)(\w+)\((\d+)(?:, &?(\w+))?`)

// sitesOf makes the sites of testdata/recorded: one a line, with the line's number.
func sitesOf(t testing.TB) []event.Site {
	t.Helper()
	b, err := os.ReadFile("testdata/recorded/main.go")
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]event.Op{
		"Main": event.Start, "Go0": event.Go, "Lock": event.LockWant, "WGAdd": event.WGAdd, "WGDone": event.WGDone,
		"WGWait": event.WaitWant, "Store": event.Store, "Load": event.Load, "Recv": event.RecvWant,
		"Sleep": event.Sleep, "Exit": event.Exit,
	}
	lines := strings.Split(string(b), "\n")
	sites := make([]event.Site, len(lines)+1)
	for i, line := range lines {
		for _, m := range siteCall.FindAllStringSubmatch(line, -1) {
			if op, ok := ops[m[1]]; ok && m[2] == strconv.Itoa(i+1) {
				sites[i+1] = event.Site{Op: op, File: "main.go", Line: i + 1, Func: "main", Object: m[3], Hint: "func"}
			}
		}
	}
	return sites
}

// record runs testdata/recorded to its end.
func record(t *testing.T, mode model.Mode, args ...string) (*Result, *listener) {
	t.Helper()
	return runToEnd(t, func(s *Spec) {
		s.Path, s.Mode, s.Record, s.Sites = recorded, mode, true, sitesOf(t)
		if mode == model.RaceDetector {
			s.Path = raceRecorded
		}
		s.Locate = func(file string, line, _ int) model.Pos { return model.Pos{Cell: 1, Line: line} }
	}, args...)
}

// executionOf fails the test if there is no good recording.
func executionOf(t *testing.T, o *Result) *model.Execution {
	t.Helper()
	if o.Execution == nil {
		t.Fatalf("no recording: %s", o.TraceProblem)
	}
	return o.Execution
}

// The status of a recorded run, and that it agrees with the outcome.
func TestRecordedStatus(t *testing.T) {
	tests := []struct {
		mode   string
		status model.Status
		exit   int
		reason string
		lanes  int
	}{
		{"nothing", model.OK, 0, "", 1},
		{"race", model.OK, 0, "", 4},
		{"panic", model.Panicked, 2, "in a goroutine", 2},
		{"exit", model.Exited, 3, "exit status 3", 1},
		{"deadlock", model.Deadlock, 2, "all goroutines are asleep - deadlock!", 2},
		{"cutoff", model.CutOff, 0, "", 2},
	}
	for _, test := range tests {
		t.Run(test.mode, func(t *testing.T) {
			o, _ := record(t, model.Real, test.mode)
			x := executionOf(t, o)
			if test.mode == "race" && x.Status == model.CutOff {
				return // Go let main return between somebody's Done, which main had waited for, and the return that follows it
			}
			if x.Status != test.status || x.ExitCode != test.exit || o.Exit != test.exit || !strings.HasPrefix(x.Reason, test.reason) || len(x.Goroutines) != test.lanes {
				t.Errorf("status %s, exit %d, reason %q, %d goroutines", x.Status, x.ExitCode, x.Reason, len(x.Goroutines))
			}
		})
	}
}

// The frames of the recorder are not shown.
func TestCrashWithoutRecorder(t *testing.T) {
	o, _ := record(t, model.Real, "deadlock")
	for _, g := range o.Crash.Goroutines {
		for _, f := range g.Frames {
			if strings.Contains(f.Func, "kernel/rt") || f.Pos.Cell != 1 {
				t.Errorf("%+v", f)
			}
		}
	}
}

// Go does not find deadlocks in programs with the race detector: we do.
func TestDeadlockInRaceMode(t *testing.T) {
	o, _ := record(t, model.RaceDetector, "deadlock")
	x := executionOf(t, o)
	if x.Status != model.Deadlock || o.Exit != 2 || o.Crash == nil || o.Crash.Kind != KindDeadlock || o.LimitHit != "" || o.Interrupted {
		t.Fatalf("status %s, %+v", x.Status, o)
	}
	if len(o.Crash.Goroutines) != 2 || o.Crash.Goroutines[0].State == "running" {
		t.Errorf("%+v", o.Crash.Goroutines)
	}
}

// A program that a timer will wake is not stuck.
func TestNotStuck(t *testing.T) {
	if o, l := record(t, model.RaceDetector, "sleep"); o.Exit != 0 || l.text("") != "woke\n" {
		t.Errorf("%+v %q", o, l.text(""))
	}
}

// Nor is one that a signal may wake.
func TestNotStuckWithSignals(t *testing.T) {
	r, _ := begin(t, func(s *Spec) {
		s.Path, s.Mode, s.Record = raceSignals, model.RaceDetector, true
		s.Sites = make([]event.Site, 20)
		s.Sites[15] = event.Site{Op: event.RecvWant, File: "main.go", Line: 15}
		s.Limits.Wall = 3 * stuckFor
	})
	if o := end(t, r); o.LimitHit == "" || o.Crash != nil {
		t.Errorf("%+v", o)
	}
}

// A race's accesses are found on the lanes of the run.
func TestRaceOnLanes(t *testing.T) {
	o, l := record(t, model.RaceDetector, "race")
	x := executionOf(t, o)
	if len(x.Races) == 0 || len(x.Races) != len(o.Races) {
		t.Fatalf("%d races, output %q", len(x.Races), l.text(""))
	}
	for _, r := range x.Races {
		if r.Object != "counter" || r.A.Event < 0 || r.B.Event < 0 || r.A.Goroutine == r.B.Goroutine {
			t.Fatalf("%+v", r)
		}
		for _, a := range []model.Access{r.A, r.B} {
			e := x.Events[a.Event]
			if e.Pos != a.Pos || x.Goroutines[e.G].Name != a.Goroutine || (e.Op == event.Store) != a.Write {
				t.Errorf("%+v is not %+v", a, e)
			}
		}
	}
}
