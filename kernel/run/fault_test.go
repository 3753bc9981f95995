package run

import (
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Text that only looks like a crash belongs to the program.
func TestLooksLikeACrash(t *testing.T) {
	tests := []struct {
		mode, stderr string
		exit         int
	}{
		{"lookslike", "panic: not really\n\ngoroutine 1 [running]:\nmain.main()\n", 0},
		{"exit2", "panic: at the disco\n", 2},
		{"stackprint", "goroutine 1 [running]:\n", 2},
		{"fatal", "no more\n", 1},
	}
	for _, test := range tests {
		t.Run(test.mode, func(t *testing.T) {
			o, l := runToEnd(t, nil, test.mode)
			if o.Exit != test.exit || o.Crash != nil {
				t.Errorf("exit %d, crash %+v", o.Exit, o.Crash)
			}
			if got := l.text("stderr"); !strings.HasPrefix(got, test.stderr) {
				t.Errorf("stderr %q", got)
			}
		})
	}
}

// While the program lives, what looks like a crash is shown soon.
func TestLooksLikeACrashForAMoment(t *testing.T) {
	r, l := begin(t, nil, "looksbrief")
	l.await(t, "panic: not really\n")
	r.Interrupt()
	if o := end(t, r); o.Crash != nil || !o.Interrupted {
		t.Errorf("%+v", o)
	}
}

// A program that a program starts may crash, without its parent.
func TestChildCrashes(t *testing.T) {
	o, l := runToEnd(t, nil, "childcrash")
	if o.Exit != 0 || o.Crash != nil {
		t.Errorf("exit %d, crash %+v", o.Exit, o.Crash)
	}
	if !strings.Contains(l.text("stderr"), "all goroutines are asleep") || l.text("stdout") != "child: exit status 2\n" {
		t.Errorf("%q", l.text(""))
	}
}

func TestExitStatus(t *testing.T) {
	began := time.Now()
	o, l := runToEnd(t, nil, "exit3")
	if o.Exit != 3 || o.Crash != nil || l.text("") != "before\n" {
		t.Errorf("exit %d, crash %v, output %q", o.Exit, o.Crash, l.text(""))
	}
	if o.Took <= 0 || o.Took > time.Since(began) {
		t.Errorf("it took %v", o.Took)
	}
}

// Signals from outside: SIGABRT has Go's runtime list the goroutines, SIGKILL
// leaves nothing to say but its name.
func TestSignalFromOutside(t *testing.T) {
	for signal, exit := range map[syscall.Signal]int{syscall.SIGABRT: 2, syscall.SIGKILL: 137} {
		r, l := begin(t, nil, "abort")
		l.await(t, "\n")
		r.proc.signal(signal)
		o := end(t, r)
		if o.Exit != exit || o.Crash == nil || o.Crash.Kind != KindSignal || o.Interrupted {
			t.Fatalf("%v: exit %d, crash %+v", signal, o.Exit, o.Crash)
		}
		// Only main is listed: the runtime's own goroutines are not.
		if signal == syscall.SIGABRT && (o.Crash.Message != "SIGABRT: abort" || len(o.Crash.Goroutines) != 1) {
			t.Errorf("%+v", o.Crash)
		}
		if signal == syscall.SIGKILL && o.Crash.Message != "killed" {
			t.Errorf("%+v", o.Crash)
		}
	}
}

// A dump of 100,000 goroutines takes Go 3 s to write and 21 MB: enough of it is
// read, the rest is not waited for.
func TestDeadlockOfMany(t *testing.T) {
	begun := time.Now()
	o, l := runToEnd(t, nil, "deadlocks", "100000")
	if o.Exit != 2 || o.Crash == nil || o.Crash.Kind != KindDeadlock {
		t.Fatalf("exit %d, crash %v", o.Exit, o.Crash)
	}
	if n := len(o.Crash.Goroutines); n != keptGoroutines || o.Crash.Omitted < 1000 || !o.Crash.AtLeast {
		t.Errorf("%d goroutines, %d omitted, at least %v", n, o.Crash.Omitted, o.Crash.AtLeast)
	}
	if l.text("") != "started\n" {
		t.Errorf("output %.200q", l.text(""))
	}
	t.Logf("%v", time.Since(begun))
}

// A program that ignores SIGINT ends all the same.
func TestInterrupt(t *testing.T) {
	for _, mode := range []string{"spin", "ignore", "endless", "graceful", "prompt"} {
		t.Run(mode, func(t *testing.T) {
			r, l := begin(t, nil, mode)
			l.await(t, map[string]string{"spin": "spinning", "endless": "line 1000\n", "prompt": "name? "}[mode])
			if mode == "ignore" || mode == "graceful" {
				l.await(t, "ready\n")
			}
			begun := time.Now()
			r.Interrupt()
			r.Interrupt()
			o := end(t, r)
			if !o.Interrupted || o.Crash != nil || o.LimitHit != "" {
				t.Errorf("%+v", o)
			}
			if mode == "graceful" && (o.Exit != 0 || !strings.HasSuffix(l.text(""), "bye\n")) {
				t.Errorf("exit %d, output %q", o.Exit, l.text(""))
			}
			t.Logf("%s ended after %v", mode, time.Since(begun))
		})
	}
}

// What a program leaves behind ends with it, and does not hold Wait up.
func TestOrphans(t *testing.T) {
	o, l := runToEnd(t, nil, "orphan")
	pid, err := strconv.Atoi(strings.TrimSpace(l.text("stdout")))
	if o.Exit != 0 || err != nil {
		t.Fatalf("exit %d, output %q", o.Exit, l.text(""))
	}
	if alive(pid) {
		t.Errorf("process %d lives", pid)
	}
}

// One that has left the group may hold the pipes; nobody waits for it.
func TestPipesHeldElsewhere(t *testing.T) {
	begun := time.Now()
	if o, _ := runToEnd(t, nil, "setsid"); o.Exit != 0 {
		t.Errorf("exit %d", o.Exit)
	}
	if d := time.Since(begun); d > 2500*time.Millisecond {
		t.Errorf("waited %v for somebody else's pipe", d)
	}
}

func TestClosedOutput(t *testing.T) {
	if o, _ := runToEnd(t, nil, "closeout"); o.Exit != 4 {
		t.Errorf("exit %d", o.Exit)
	}
}

func TestMemoryLimit(t *testing.T) {
	o, _ := runToEnd(t, func(s *Spec) { s.Limits.MemoryBytes = 64 << 20 }, "hungry")
	if !strings.Contains(o.LimitHit, "64 MiB") || o.Crash != nil || o.Interrupted {
		t.Errorf("%+v", o)
	}
}

func TestWallLimit(t *testing.T) {
	o, _ := runToEnd(t, func(s *Spec) { s.Limits.Wall = 100 * time.Millisecond }, "spin")
	if !strings.Contains(o.LimitHit, "100ms") || o.Crash != nil {
		t.Errorf("%+v", o)
	}
}

// A panic is found amid what other goroutines write to the same stream.
func TestPanicAmidNoise(t *testing.T) {
	for range 20 {
		o, _ := runToEnd(t, nil, "noisypanic")
		if o.Exit != 2 || o.Crash == nil || o.Crash.Kind != KindPanic || len(o.Crash.Goroutines) != 1 {
			t.Fatalf("exit %d, crash %+v", o.Exit, o.Crash)
		}
	}
}
