// Package rttest runs a test binary again as a program that is recorded, the
// way the kernel runs a learner's: in a process of its own, which may crash.
package rttest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/rt/record"
	"threading101/kernel/trace"
)

// variable says to the child which program it is.
const variable = "RTTEST_PROGRAM"

// limit is how long a program may take.
const limit = 60 * time.Second

// Main is called by TestMain before anything else: in the child it runs the
// program and does not come back.
func Main(programs map[string]func()) {
	if f := programs[os.Getenv(variable)]; f != nil {
		f()
		os.Exit(0)
	}
}

// Result is what came of a program.
type Result struct {
	Exit   int // -1 when a signal ended it
	Stdout string
	Stderr string
	Mem    []byte // what it recorded; nil if it was not recorded
}

// Run runs a program and records it. Each of env is "KEY=value".
func Run(t *testing.T, program string, env ...string) Result {
	t.Helper()
	return Start(t, program, env...).Wait()
}

// RunPlain runs a program without recording it.
func RunPlain(t *testing.T, program string) Result {
	t.Helper()
	p := command(t, program)
	p.start()
	return p.Wait()
}

// Process is a program that runs.
type Process struct {
	*exec.Cmd
	Mem            []byte
	t              *testing.T
	stdout, stderr bytes.Buffer
}

// Start starts a program, recorded.
func Start(t *testing.T, program string, env ...string) *Process {
	t.Helper()
	p := command(t, program)
	p.record(3, nil, env)
	p.start()
	return p
}

// StartSearch starts a program that searches its schedules; found returns all that
// it has reported, once it has ended.
func StartSearch(t *testing.T, program string, env ...string) (p *Process, found func() []byte) {
	t.Helper()
	p = command(t, program)
	report, err := os.Create(t.TempDir() + "/report")
	if err != nil {
		t.Fatal(err)
	}
	defer report.Close()
	p.record(4, []*os.File{report}, env)
	p.start()
	return p, func() []byte {
		text, err := os.ReadFile(report.Name())
		if err != nil {
			t.Error(err)
		}
		return text
	}
}

// record has the program record into memory that it inherits as file fd, behind
// others.
func (p *Process) record(fd int, others []*os.File, env []string) {
	t := p.t
	t.Helper()
	ring, err := os.CreateTemp(t.TempDir(), "ring")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ring.Close() })
	if err := ring.Truncate(event.RingSize); err != nil {
		t.Fatal(err)
	}
	p.Mem, err = syscall.Mmap(int(ring.Fd()), 0, event.RingSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(p.Mem) })
	p.ExtraFiles = append(others, ring)
	p.Env = append(append(p.Env, fmt.Sprintf("T101_RING=%d", fd)), env...)
}

func command(t *testing.T, program string) *Process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &Process{Cmd: exec.CommandContext(t.Context(), self), t: t}
	p.Env = append(os.Environ(), variable+"="+program, "GORACE=atexit_sleep_ms=0")
	p.Stdout, p.Stderr = &p.stdout, &p.stderr
	return p
}

func (p *Process) start() {
	p.t.Helper()
	if err := p.Cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
}

// Wait waits for the program's end.
func (p *Process) Wait() Result {
	p.t.Helper()
	late := time.AfterFunc(limit, func() { p.Process.Kill() })
	p.Cmd.Wait()
	if !late.Stop() {
		p.t.Fatalf("the program did not end within %v:\n%s", limit, p.stderr.String())
	}
	return Result{Exit: p.ProcessState.ExitCode(), Stdout: p.stdout.String(), Stderr: p.stderr.String(), Mem: p.Mem}
}

// Read reads a recording, which must be valid and fit together.
func Read(t testing.TB, mem []byte, sites []event.Site, o trace.Options) *model.Execution {
	t.Helper()
	x, err := trace.Read(mem, sites, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := trace.Validate(x); err != nil {
		t.Errorf("the recording is not valid: %v\n%.4000s", err, Dump(t, x))
	}
	for _, o := range x.Objects {
		if o.Partial {
			t.Errorf("the recording does not fit together at %s:\n%.4000s", o.Name, Dump(t, x))
		}
	}
	return x
}

// Dump returns an Execution as text.
func Dump(t testing.TB, x *model.Execution) string {
	t.Helper()
	var b bytes.Buffer
	if err := story.Dump(&b, x); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Ring begins a recording in this process, with the test's goroutine as main, and
// returns the memory.
func Ring(t testing.TB) []byte {
	t.Helper()
	words := make([]uint64, event.RingSize/8)
	record.Attach(unsafe.Pointer(&words[0]))
	t.Cleanup(func() {
		record.Ring = nil
		record.SetLabels(nil)
	})
	return unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), event.RingSize)
}
