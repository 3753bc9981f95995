package run

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"threading101/kernel/share"
	"time"

	"golang.org/x/sys/unix"
)

func descriptors(t *testing.T) int {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// 200 runs of every kind leave no descriptor, no goroutine, no mapping and no
// process.
func TestNothingLeaks(t *testing.T) {
	once := func(i int) {
		modes := []string{"hello", "nothing", "panic", "exit3", "orphan", "endless", "deadlock"}
		mode := modes[i%len(modes)]
		r, l := begin(t, func(s *Spec) { s.Record = true }, mode)
		if mode == "endless" {
			l.await(t, "line")
			r.Interrupt()
		}
		end(t, r)
	}
	for i := range 7 {
		once(i)
	}
	fds, routines, maps := descriptors(t), runtime.NumGoroutine(), mappings(t)
	for i := range 200 {
		once(i)
	}
	deadline := time.Now().Add(patience)
	for runtime.NumGoroutine() > routines && time.Now().Before(deadline) {
		runtime.Gosched()
	}
	if n := runtime.NumGoroutine(); n > routines {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines, %d before\n%s", n, routines, buf[:runtime.Stack(buf, true)])
	}
	if n := descriptors(t); n > fds {
		t.Errorf("%d descriptors, %d before", n, fds)
	}
	if n := mappings(t); n > maps {
		t.Errorf("%d recordings mapped, %d before", n, maps)
	}
	if kids := children(os.Getpid()); len(kids) > 0 {
		t.Errorf("processes %v are left", kids)
	}
}

func mappings(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(b), "memfd:t101")
}

// What cannot be started is an error and leaves nothing.
// TestLargestFile: a program that writes a file for ever does not fill the disk.
func TestLargestFile(t *testing.T) {
	t.Setenv(share.FileSize, "3M")
	_, l := runToEnd(t, func(s *Spec) {
		s.Path, s.Args = "/bin/sh", []string{"-c", "read line; cat /proc/self/limits"}
		s.Input = func(context.Context) (string, error) { return "it runs", nil } // by then it is bounded
	})
	if !regexp.MustCompile(`Max file size +3145728 +3145728`).MatchString(l.text("")) {
		t.Errorf("%s", l.text(""))
	}
}

// TestGivesWay: a program is nicer than the kernel that has started it, in all its threads
// and as a session, but not where that is as nice itself.
func TestGivesWay(t *testing.T) {
	niceness := func(pid int) (all []int) {
		tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range tasks {
			if text, err := os.ReadFile(path); err == nil {
				_, fields, _ := strings.Cut(string(text), ") ")
				n, err := strconv.Atoi(strings.Fields(fields)[16])
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, n)
			}
		}
		return all
	}
	own := niceness(os.Getpid())[0]
	for _, set := range []string{"", "15"} {
		t.Setenv(share.Niceness, set)
		nice, _ := share.Nice()
		r, l := begin(t, nil, "spin")
		l.await(t, "spinning")
		stands := func() bool {
			session, _ := os.ReadFile(fmt.Sprintf("/proc/%d/autogroup", r.proc.pid))
			return !slices.ContainsFunc(niceness(r.proc.pid), func(n int) bool { return n != max(own, nice) }) &&
				(!autogroups() || strings.HasSuffix(string(session), fmt.Sprintf(" nice %d\n", max(own, nice))))
		}
		for deadline := time.Now().Add(patience); !stands(); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				session, _ := os.ReadFile(fmt.Sprintf("/proc/%d/autogroup", r.proc.pid))
				t.Fatalf("%q: its threads have %v, its session %q, we have %d", set, niceness(r.proc.pid), session, own)
			}
		}
		r.Interrupt()
		end(t, r)
	}
	if now := niceness(os.Getpid())[0]; now != own {
		t.Errorf("we have %d ourselves now, and had %d", now, own)
	}
}

// TestRecordingKeepsItsLength: a program cannot make the memory shorter that is read
// afterwards, which would end the kernel.
func TestRecordingKeepsItsLength(t *testing.T) {
	fd, err := ringFile(4096)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	for _, size := range []int64{0, 8192} {
		if unix.Ftruncate(fd, size) == nil {
			t.Errorf("it has %d bytes now", size)
		}
	}
}

func TestStartFails(t *testing.T) {
	before := descriptors(t)
	for _, spec := range []Spec{{Path: "/nonexistent"}, {Path: os.TempDir()}, {Path: program, Dir: "/nonexistent"}} {
		if r, err := Start(t.Context(), spec); err == nil {
			end(t, r)
			t.Errorf("%+v was started", spec)
		}
	}
	if n := descriptors(t); n > before {
		t.Errorf("%d descriptors, %d before", n, before)
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l := listen()
	r, err := Start(ctx, Spec{Path: program, Args: []string{"spin"}, Output: l.output})
	if err != nil {
		t.Fatal(err)
	}
	l.await(t, "spinning")
	cancel()
	if o := end(t, r); !o.Interrupted || o.Exit != 128+int(syscall.SIGKILL) {
		t.Errorf("%+v", o)
	}
}

// The program gets what it is given, and none of our own variables.
func TestEnvironment(t *testing.T) {
	_, l := runToEnd(t, func(s *Spec) { s.Env = []string{"A=1", "T101_SOCKET=x", "GORACE=history_size=2"} }, "env")
	if got := l.text(""); got != "A=1\nGORACE=history_size=2\n" {
		t.Errorf("%q", got)
	}
	_, l = runToEnd(t, func(s *Spec) {
		s.Env, s.Mode, s.Record = []string{"GORACE=history_size=2"}, raceMode, true
	}, "env")
	got := strings.Split(l.text(""), "\n")
	if !strings.HasPrefix(got[0], "GORACE=history_size=2 atexit_sleep_ms=0 ") || !slices.Contains(got, "T101_RING=3") {
		t.Errorf("%q", got)
	}
}

func TestArgumentsAndFolder(t *testing.T) {
	if _, l := runToEnd(t, nil, "args", "a b", ""); l.text("") != "[\"args\" \"a b\" \"\"]\n" {
		t.Errorf("%q", l.text(""))
	}
	if _, l := runToEnd(t, func(s *Spec) { s.Dir = "/" }, "dir"); l.text("") != "/\n" {
		t.Errorf("%q", l.text(""))
	}
}

// The program inherits its three streams and the recording, and nothing else
// that is open here.
func TestDescriptors(t *testing.T) {
	plain, err := exec.Command(program, "fds").Output()
	if err != nil {
		t.Fatal(err)
	}
	for record, more := range map[bool]int{false: 0, true: 1} {
		_, l := runToEnd(t, func(s *Spec) { s.Record = record }, "fds")
		if got, want := len(strings.Fields(l.text(""))), len(strings.Fields(string(plain)))+more; got != want {
			t.Errorf("recorded %v: descriptors %s, plainly %s", record, l.text(""), plain)
		}
	}
}

// When the kernel is killed, the program it runs dies with it.
func TestKernelKilled(t *testing.T) {
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), asKernel+"="+program)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Fscanln(out, &pid); err != nil || !alive(pid) {
		t.Fatalf("process %d: %v", pid, err)
	}
	c.Process.Kill()
	c.Wait()
	for deadline := time.Now().Add(patience); alive(pid); runtime.Gosched() {
		if time.Now().After(deadline) {
			syscall.Kill(pid, syscall.SIGKILL)
			t.Fatal("the program lives")
		}
	}
}

func BenchmarkHello(b *testing.B) {
	for b.Loop() {
		runToEnd(b, func(s *Spec) { s.Record = true }, "hello")
	}
}

// BenchmarkBare is what starting the same program costs without supervision.
func BenchmarkBare(b *testing.B) {
	for b.Loop() {
		p, err := os.StartProcess(program, []string{program, "hello"}, &os.ProcAttr{})
		if err != nil {
			b.Fatal(err)
		}
		p.Wait()
	}
}
