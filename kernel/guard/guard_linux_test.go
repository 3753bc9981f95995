package guard

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain: the guard is this binary, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "guard" {
		os.Exit(Main(os.Stdin))
	}
	os.Exit(m.Run())
}

// until waits for a condition.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// alive reports whether a process is there and not dead already.
func alive(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && !strings.Contains(string(stat), ") Z ")
}

// TestGuard: when the pipe closes, groups, marked processes and folders go, and
// nothing else.
func TestGuard(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dir")
	if err := os.MkdirAll(filepath.Join(dir, "deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	start := func(mark string, attr *syscall.SysProcAttr) int {
		cmd := exec.Command("sleep", "1000")
		cmd.Env, cmd.SysProcAttr = []string{mark}, attr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { cmd.Wait(); close(ended) }()
		t.Cleanup(func() { cmd.Process.Kill(); <-ended })
		return cmd.Process.Pid
	}
	mark := "GUARD_TEST=guard-test-" + strconv.Itoa(os.Getpid())
	group := start("OTHER=1", &syscall.SysProcAttr{Setpgid: true})
	escaped := start(mark, &syscall.SysProcAttr{Setsid: true})
	forgotten := start("OTHER=1", &syscall.SysProcAttr{Setpgid: true})
	stranger := start(mark+"0", nil)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	g, err := Start(self, mark, dir)
	if err != nil {
		t.Fatal(err)
	}
	g.Group(group)
	g.Group(forgotten)
	g.tell("forget", strconv.Itoa(forgotten))
	g.tell("nonsense", "x")
	g.Close()
	for pid, want := range map[int]bool{group: false, escaped: false, forgotten: true, stranger: true} {
		until(t, "the end of a process", func() bool { return want || !alive(pid) })
		if alive(pid) != want {
			t.Errorf("process %d: alive %v, want %v", pid, alive(pid), want)
		}
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}

// TestGuardIsReplaced: one that somebody has ended is followed by another, which knows all.
func TestGuardIsReplaced(t *testing.T) {
	dir, later := filepath.Join(t.TempDir(), "dir"), filepath.Join(t.TempDir(), "later")
	for _, d := range []string{dir, later} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	g, err := Start(self, "GUARD_TEST=replaced-"+strconv.Itoa(os.Getpid()), dir)
	if err != nil {
		t.Fatal(err)
	}
	first := guards()
	if len(first) != 1 {
		t.Fatalf("guards: %v", first)
	}
	syscall.Kill(first[0], syscall.SIGKILL)
	until(t, "another guard", func() bool { now := guards(); return len(now) == 1 && now[0] != first[0] })
	g.Dir(later)
	g.Close()
	for _, d := range []string{dir, later} {
		if _, err := os.Stat(d); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", d, err)
		}
	}
	if left := guards(); len(left) > 0 {
		t.Errorf("guards afterwards: %v", left)
	}
}

// guards are the guards that this process has started.
func guards() (pids []int) {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range lines {
		text, _ := os.ReadFile(path)
		stat, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "stat"))
		_, after, _ := strings.Cut(string(stat), ") ")
		if fields := strings.Fields(after); strings.HasSuffix(string(text), "\x00guard\x00") && len(fields) > 1 && fields[1] == strconv.Itoa(os.Getpid()) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			pids = append(pids, pid)
		}
	}
	return pids
}

// TestReap: orphans that came to us do not stay as zombies, and who waits for a
// child of its own is not robbed of it.
func TestReap(t *testing.T) {
	BecomeReaper(t.Logf)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); Reap(ctx, 50*time.Millisecond) }()
	out, err := exec.Command("sh", "-c", "(sleep 0.1 & echo $!)").Output()
	if err != nil {
		t.Fatal(err)
	}
	orphan, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the orphan's end", func() bool { return !alive(orphan) && !slices.Contains(zombies(), orphan) })
	if err := exec.Command("sh", "-c", "exit 3").Run(); err == nil || err.Error() != "exit status 3" {
		t.Errorf("our own child: %v", err)
	}
	cancel()
	<-done
}

// TestRests: a process that waits rests, one that computes does not, nor one that would
// if it were not stopped.
func TestRests(t *testing.T) {
	for script, rests := range map[string]bool{"read line": true, "while :; do :; done": false, "kill -STOP $$": false} {
		cmd := exec.Command("sh", "-c", script)
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		g := &Process{PID: cmd.Process.Pid}
		until(t, script, func() bool { return g.Rests() == rests })
		cmd.Process.Kill()
		stdin.Close()
		cmd.Wait()
	}
}
