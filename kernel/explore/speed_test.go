package explore

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"threading101/kernel/build/buildtest"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// BenchmarkTimesPlain is how many times as long as plain Go a controlled run of a
// program takes that has much to do: processor time of the process, without that for
// its start, and without reading its recording.
func BenchmarkTimesPlain(b *testing.B) {
	for _, c := range []struct{ program, constants string }{
		{"woken", "goroutines=16000"},
		{"woken", "goroutines=4000"},
		{"woken", "goroutines=100000"},
		{"locked", "times=1000000"},
		{"fib", "number=38"},
	} {
		s := subjectFile(b, "testdata/speed/"+c.program+".go").with(b, c.constants)
		b.Run(s.name, func(b *testing.B) {
			program, plain := s.build(b), s.plain(b)
			var ours, theirs time.Duration
			for b.Loop() {
				ours += controlled(b, program)
				theirs += used(b, exec.Command(plain))
			}
			b.ReportMetric(float64(ours)/float64(theirs), "×plain")
			b.ReportMetric(milliseconds(ours, b.N), "ms/run")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// plain is the program as Go itself builds it.
func (s *subject) plain(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "main.go")
	if err := os.WriteFile(path, []byte(s.src), 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "plain")
	if out, err := exec.Command("go", "build", buildtest.Slim, "-o", binary, path).CombinedOutput(); err != nil {
		t.Fatalf("%s%v", out, err)
	}
	return binary
}

// used is the processor time that a command uses, all its threads together.
func used(t testing.TB, c *exec.Cmd) time.Duration {
	t.Helper()
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	return c.ProcessState.UserTime() + c.ProcessState.SystemTime()
}

// controlled is the processor time of all processes that we wait for in a run of the
// program: there is no other.
func controlled(t testing.TB, program run.Spec) time.Duration {
	t.Helper()
	program.Limits.Wall = time.Minute
	before := ofChildren(t)
	r, err := startReplay(t.Context(), program, sched.Spec{Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if o := r.Wait(); o.Exit != 0 || !o.Controlled {
		t.Fatalf("%+v", o)
	}
	return ofChildren(t) - before
}

func ofChildren(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
