package run

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// inRaceMode runs testdata/program built with the race detector.
func inRaceMode(s *Spec) { s.Path, s.Mode = raceProgram, model.RaceDetector }

// A race is taken off stderr and told with both places, the earlier first.
func TestRace(t *testing.T) {
	o, l := runToEnd(t, inRaceMode, "race")
	if o.Exit != raceStatus || o.Crash != nil || l.text("") != "counter 2\n" && l.text("") != "counter 1\n" {
		t.Fatalf("exit %d, crash %v, output %q", o.Exit, o.Crash, l.text(""))
	}
	if len(o.Races) == 0 {
		t.Fatal("no race")
	}
	for _, r := range o.Races {
		if r.A.Pos.Line != counterLine(t) || r.B.Pos != r.A.Pos || !r.A.Write && !r.B.Write {
			t.Errorf("%+v", r)
		}
	}
}

func counterLine(t *testing.T) int { return lineOf(t, "counter++") }

// Several races, one of them in a map: the place is the learner's, not that of
// the runtime's function, and the two reports that a map gives become one.
func TestRaces(t *testing.T) {
	o, l := runToEnd(t, inRaceMode, "racemany")
	if l.text("stderr") != "" {
		t.Errorf("stderr %q", l.text("stderr"))
	}
	lines := map[[2]int]int{}
	for _, r := range o.Races {
		a, b := r.A.Pos.Line, r.B.Pos.Line
		lines[[2]int{min(a, b), max(a, b)}]++
	}
	total, maps := [2]int{lineOf(t, "total = 1"), lineOf(t, "total++")}, [2]int{lineOf(t, `m["a"] = 1`), lineOf(t, `_ = m["a"]`)}
	if lines[total] != 1 || lines[maps] != 1 || len(lines) != 2 {
		t.Errorf("%v, want %v and %v: %+v", lines, total, maps, o.Races)
	}
}

// The number that this version of Go gives to the first goroutine of a program:
// what decides which lane is meant when several fit.
func TestFirstNumber(t *testing.T) {
	c := exec.Command(raceProgram, "racemany")
	c.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	text, _ := c.CombinedOutput()
	first := 1 << 30
	for _, m := range createHeads.FindAllSubmatch(text, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		first = min(first, n)
	}
	if first != firstNumber {
		t.Errorf("%d, not %d", first, firstNumber)
	}
}

var createHeads = regexp.MustCompile(`(?m)^Goroutine (\d+) \(.*\) created at:`)

// What only looks like a report is the program's own text.
func TestLooksLikeARace(t *testing.T) {
	for _, text := range []string{"==================\nhello\n", "==================\n", "=====", "Found 3 data race(s)\n", "Found"} {
		var got []byte
		s := &crashFilter{race: true, pass: func(b []byte) { got = append(got, b...) }}
		for i := range text {
			s.feed([]byte{text[i]}, s.changed)
		}
		s.finish(func([]byte, stage) bool { return false })
		if string(got) != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

const aReport = `==================
WARNING: DATA RACE
Read at 0x0000006aabd8 by goroutine 9:
  threading101/kernel/rt.Load[int]()
      /rt/memory.go:20 +0x74
  main.main.func1()
      main.go:7 +0x74

Previous write at 0x0000006aabd8 by goroutine 8:
  main.main.func1()
      main.go:7 +0x8c

Goroutine 9 (running) created at:
  main.main()
      main.go:5 +0x56

Goroutine 8 (finished) created at:
  main.main()
      main.go:5 +0x56
==================
`

func pos(line int) model.Pos { return model.Pos{File: "main.go", Line: line} }

func plainly(file string, line, _ int) model.Pos { return model.Pos{File: file, Line: line} }

// twoWorkers is a recording that fits aReport.
func twoWorkers() *model.Execution {
	return &model.Execution{
		Goroutines: []model.Goroutine{{ID: "main", Name: "main", Creator: -1}, {ID: "main.1", Name: "A", Pos: pos(5)}, {ID: "main.2", Name: "B", Pos: pos(5)}},
		Events: []model.Event{
			{G: 1, Op: event.Load, Pos: pos(7)}, {G: 1, Op: event.Store, Pos: pos(7)},
			{G: 2, Op: event.Load, Pos: pos(7)}, {G: 2, Op: event.Store, Pos: pos(7)},
		},
	}
}

// A report's goroutines find their lanes, its accesses their events, and the
// object its name.
func TestReportOnLanes(t *testing.T) {
	r, ok := racedOf(aReport, plainly)
	if !ok {
		t.Fatal("not understood")
	}
	sites := []event.Site{{}, {Op: event.Load, File: "main.go", Line: 7, Object: "counter"}, {Op: event.Store, File: "main.go", Line: 7, Object: "counter"}}
	got := reports([]raced{r, r}, sites, plainly, twoWorkers(), nil)
	want := model.Race{
		Object: "counter",
		A:      model.Access{Goroutine: "A", Write: true, Pos: pos(7), Event: 1},
		B:      model.Access{Goroutine: "B", Write: false, Pos: pos(7), Event: 2},
	}
	if len(got) != 1 || got[0] != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Where the lane cannot be told, nothing is claimed.
func TestReportWithoutLane(t *testing.T) {
	r, _ := racedOf(aReport, plainly)
	x := twoWorkers()
	for range reusable {
		x.Goroutines = append(x.Goroutines, model.Goroutine{Name: "C", Pos: pos(5)})
	}
	for _, x := range []*model.Execution{nil, x} {
		got := reports([]raced{r}, nil, plainly, x, nil)[0]
		if got.A.Event != -1 || got.A.Goroutine != "" || got.B.Event != -1 || got.Object != "" {
			t.Errorf("%+v", got)
		}
	}
}

// With more goroutines than the detector has numbers for, the address still
// tells the event, if one lane only touched it there.
func TestReportByAddress(t *testing.T) {
	r, _ := racedOf(aReport, plainly)
	x := twoWorkers()
	x.Objects = []model.Object{{Name: "counter"}}
	for range reusable {
		x.Goroutines = append(x.Goroutines, model.Goroutine{Name: "C", Pos: pos(5)})
	}
	const here, elsewhere = 0x6aabd8, 0x6aab00
	got := reports([]raced{r}, nil, plainly, x, []uint64{elsewhere, here, here, elsewhere})[0]
	want := model.Race{
		Object: "counter",
		A:      model.Access{Goroutine: "A", Write: true, Pos: pos(7), Event: 1},
		B:      model.Access{Goroutine: "B", Pos: pos(7), Event: 2},
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	// Two accesses of one goroutine are no race: nothing is claimed.
	got = reports([]raced{r}, nil, plainly, x, []uint64{elsewhere, elsewhere, here, here})[0]
	if got.A.Event != -1 || got.B.Event != -1 || got.A.Goroutine != "" {
		t.Errorf("%+v", got)
	}
}
