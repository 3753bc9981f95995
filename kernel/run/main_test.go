package run

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"threading101/kernel/build/buildtest"
	"threading101/kernel/model"
)

// program and raceProgram are testdata/program, built plainly and with the
// race detector.
var program, raceProgram string

func TestMain(m *testing.M) {
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	if os.Getenv(asKernel) != "" {
		return kernelMain()
	}
	dir, err := os.MkdirTemp("", "run-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	builds.dir = filepath.Join(dir, "controlled")
	program, recorded = filepath.Join(dir, "program"), filepath.Join(dir, "recorded")
	raceProgram, raceRecorded, raceSignals = program+"-race", recorded+"-race", filepath.Join(dir, "signals")
	for _, args := range [][]string{
		{"-o", program, "./testdata/program"}, {"-race", "-o", raceProgram, "./testdata/program"},
		{"-o", recorded, "./testdata/recorded"}, {"-race", "-o", raceRecorded, "./testdata/recorded"},
		{"-race", "-o", raceSignals, "./testdata/signals"},
	} {
		if out, err := exec.Command("go", append([]string{"build", buildtest.Slim}, args...)...).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go build %s: %v\n%s", strings.Join(args, " "), err, out)
			return 1
		}
	}
	return m.Run()
}

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// listener collects what Output is given.
type listener struct {
	mu    sync.Mutex
	calls []call
	grown chan struct{}
}

type call struct{ stream, text string }

func listen() *listener { return &listener{grown: make(chan struct{}, 1)} }

func (l *listener) output(stream, text string) {
	l.mu.Lock()
	l.calls = append(l.calls, call{stream, text})
	l.mu.Unlock()
	select {
	case l.grown <- struct{}{}:
	default:
	}
}

// text returns what came on a stream, or on both for "".
func (l *listener) text(stream string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b strings.Builder
	for _, c := range l.calls {
		if stream == "" || stream == c.stream {
			b.WriteString(c.text)
		}
	}
	return b.String()
}

func (l *listener) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.calls)
}

// await returns when the output contains s.
func (l *listener) await(t *testing.T, s string) {
	t.Helper()
	deadline := time.After(patience)
	for !strings.Contains(l.text(""), s) {
		select {
		case <-l.grown:
		case <-deadline:
			t.Fatalf("no %q in the output: %q", s, l.text(""))
		}
	}
}

// begin starts the test program in a mode; change may alter the Spec.
func begin(t testing.TB, change func(*Spec), args ...string) (*Run, *listener) {
	t.Helper()
	l := listen()
	spec := Spec{Path: program, Args: args, Mode: model.Real, Output: l.output}
	if change != nil {
		change(&spec)
	}
	r, err := Start(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return r, l
}

// end waits for the run with a deadline.
func end(t testing.TB, r *Run) *Result {
	t.Helper()
	select {
	case <-r.done:
		return r.Wait()
	case <-time.After(patience):
		r.kill()
		t.Fatal("the run does not end")
		return nil
	}
}

func runToEnd(t testing.TB, change func(*Spec), args ...string) (*Result, *listener) {
	t.Helper()
	r, l := begin(t, change, args...)
	return end(t, r), l
}

// lineOf returns the number of the line of the test program that holds text.
func lineOf(t *testing.T, text string) int {
	t.Helper()
	b, err := os.ReadFile("testdata/program/main.go")
	if err != nil {
		t.Fatal(err)
	}
	before, _, ok := strings.Cut(string(b), text)
	if !ok {
		t.Fatalf("no %q in the program", text)
	}
	return strings.Count(before, "\n") + 1
}

// asKernel has this test binary start a program and wait, as a kernel would.
const asKernel = "RUN_TEST_AS_KERNEL"

func kernelMain() int {
	r, err := Start(context.Background(), Spec{Path: os.Getenv(asKernel), Args: []string{"spin"}})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(r.proc.pid)
	r.Wait()
	return 0
}

// alive says whether a process runs; a zombie does not.
func alive(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	return !strings.HasPrefix(rest, "Z")
}
