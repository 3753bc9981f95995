//go:build !race

package explore

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// TestNoStateLeaks: each run begins as the program begins. This one prints the
// state it begins with, and leaves all of it changed.
func TestNoStateLeaks(t *testing.T) {
	program := subjectFile(t, "testdata/growth/state.go").build(t)
	for _, search := range []string{sched.SearchDPOR, sched.SearchPlain, sched.SearchSample} {
		asked := sched.Spec{Search: search, Seed: 1}
		if search == sched.SearchSample {
			asked.Repeat = 2000
		}
		r := searched(t, program, asked)
		if runsOf(r) < 2 {
			t.Errorf("%s: one run shows nothing", search)
		}
		for _, o := range r.outcomes {
			if o.status != model.Deadlock && o.status != model.OK || o.value != stateAtStart {
				t.Errorf("%s: a run ends with %v and began with\n%s\nnot\n%s", search, o.status, o.value, stateAtStart)
			}
		}
		t.Logf("%s: %d runs, %d ways to end", search, runsOf(r), len(r.outcomes))
	}
}

// stateAtStart is what testdata/growth/state.go prints as plain Go.
const stateAtStart = `number 1 of 3, list [1 2 3], room 3
words map[a:1 b:2 init:3]
lock free, once 1, counter 1
next 1, default <nil>, waiting 0, errors <nil>
`

// TestNoGrowth: a program that makes a million runs in one process needs no more
// than after ten thousand.
func TestNoGrowth(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("what a process needs is read from /proc")
	}
	program := subjectFile(t, "testdata/growth/tiny.go").build(t)
	w, err := begin(program, sched.Spec{Search: sched.SearchSample, Seed: 1, Budget: uint64(endless)}, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer w.stop()
	began := time.Now()
	early := needsAfter(t, w, program.Path, 10_000)
	late := needsAfter(t, w, program.Path, 1_000_000)
	t.Logf("after %d runs: %v; after %d: %v, in %v", early.runs, early, late.runs, late, time.Since(began))
	if late.memory > early.memory+early.memory/2 {
		t.Errorf("it needs %.1f times as much memory", float64(late.memory)/float64(early.memory))
	}
	if late.files > early.files || late.threads > early.threads+2 {
		t.Errorf("files or threads grow: %v, then %v", early, late)
	}
	w.stop()
	<-w.ended
	for _, o := range w.report().outcomes {
		if strings.Contains(o.value, "goroutines pile up") {
			t.Errorf("%d runs say: %s", o.runs, o.value)
		}
	}
}

// needs is what a process has, after so many runs.
type needs struct {
	runs           int
	memory         int // bytes, resident
	files, threads int
}

func (n needs) String() string {
	return fmt.Sprintf("%.1f MB, %d files, %d threads", float64(n.memory)/1e6, n.files, n.threads)
}

// needsAfter waits until so many runs are made and looks.
func needsAfter(t *testing.T, w *worker, path string, runs int) needs {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-w.ended:
			t.Fatalf("it ended after %d runs: %+v", w.report().progress.Runs, w.report().died)
		case <-tick.C:
		}
		if made := w.report().progress.Runs; made >= runs {
			n := needsOf(t, path)
			n.runs = made
			return n
		}
	}
}

// needsOf finds the process by its program, and what it has.
func needsOf(t *testing.T, path string) needs {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		t.Fatal(err)
	}
	for _, exe := range all {
		if is, err := os.Readlink(exe); err != nil || is != path {
			continue
		}
		dir := filepath.Dir(exe)
		status, err := os.ReadFile(filepath.Join(dir, "status"))
		if err != nil {
			t.Fatal(err)
		}
		files, err := os.ReadDir(filepath.Join(dir, "fd"))
		if err != nil {
			t.Fatal(err)
		}
		return needs{memory: 1024 * field(status, "VmRSS:"), files: len(files), threads: field(status, "Threads:")}
	}
	t.Fatalf("no process runs %s", path)
	return needs{}
}

// field is a number in /proc/PID/status.
func field(status []byte, name string) int {
	_, rest, _ := bytes.Cut(status, []byte(name))
	words := strings.Fields(string(rest[:min(len(rest), 40)]))
	if len(words) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(words[0])
	return n
}
