//go:build !race

package explore

import (
	"flag"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// enough is within how many schedules each of these bugs must show.
const enough = 1000

var sctCount = flag.Bool("sct.count", false, "count the schedules until each bug of SCTBench shows")

// TestSCTBench: the bugs that tools for schedule testing are measured with are
// found within a thousand schedules, and what was mended is clean. The programs
// are those of SCTBench (Thomson, Donaldson, Betts, "Concurrency Testing Using
// Schedule Bounding", PPoPP 2014), written anew in Go.
func TestSCTBench(t *testing.T) {
	bugs, mended := benchmarks(t, "bug"), benchmarks(t, "fixed")
	together(t, slices.Concat(bugs, mended))
	for _, p := range bugs {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			findBug(t, p)
		})
	}
	for _, p := range mended {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			mustBeClean(t, p)
		})
	}
}

// benchmarks are the programs whose names end so, in all their sizes.
func benchmarks(t *testing.T, kind string) (all []*subject) {
	files, err := filepath.Glob("testdata/sct/*-" + kind + ".go")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		s := subjectFile(t, file)
		if len(s.rows()) == 0 {
			all = append(all, s)
		}
		for _, constants := range s.rows() {
			all = append(all, s.with(t, constants))
		}
	}
	return all
}

// findBug looks for the bug by each rung of the ladder alone.
func findBug(t *testing.T, p *subject) {
	program := p.build(t)
	for _, rung := range []string{sched.SearchDPOR, sched.SearchBound, sched.SearchSample} {
		switch {
		case !showsBug(t, program, rung, enough):
			if !(rung == sched.SearchBound && deep(p)) {
				t.Errorf("%s does not find the bug within %d schedules", rung, enough)
			}
		case *sctCount:
			t.Logf("%s: %d schedules until the bug shows", rung, runsToBug(t, program, rung))
		}
	}
}

// deep says that a bug needs more preemptions than can be tried in a thousand
// schedules: a circle of n philosophers closes after n-1 of them. The other rungs
// must find it.
func deep(p *subject) bool {
	name, n, _ := strings.Cut(p.name, " philosophers=")
	return name == "philosophers-bug" && n >= "5"
}

// runsToBug is how many runs a search makes until the bug shows. The same search
// makes the same runs each time, so it is asked for more and fewer of them.
func runsToBug(t *testing.T, program run.Spec, rung string) int {
	return 1 + sort.Search(enough-1, func(n int) bool { return showsBug(t, program, rung, n+1) })
}

func showsBug(t *testing.T, program run.Spec, rung string, runs int) bool {
	r := searched(t, program, sched.Spec{Search: rung, Seed: 1, Repeat: uint64(runs), Clock: sched.Free})
	return slices.ContainsFunc(r.outcomes, func(o found) bool { return bad(o.status) })
}

func bad(s model.Status) bool { return s == model.Panicked || s == model.Deadlock }

// cleanTime is for how long a mended program is searched.
const cleanTime = 2 * time.Second

// mustBeClean explores a mended program, all of it if that can be done.
func mustBeClean(t *testing.T, p *subject) {
	r, err := Explore(t.Context(), Spec{Run: p.build(t), Budget: cleanTime, Clock: p.clock, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Outcomes {
		if bad(o.Status) || strings.TrimSpace(o.Value) != "" {
			t.Errorf("it ends with %v %q: %s", o.Status, o.Value, o.Token)
		}
	}
	if r.Runs == 0 || r.Stopped != "" {
		t.Errorf("%d runs, stopped: %q", r.Runs, r.Stopped)
	}
	t.Logf("%s: %d classes, %d runs in %v", levelName(r), r.Classes, r.Runs, r.Elapsed)
}

func levelName(r *model.Result) string {
	return map[model.Level]string{
		model.Exhaustive: "all interleavings", model.Bounded: "few preemptions", model.Sampled: "some",
	}[r.Level]
}
