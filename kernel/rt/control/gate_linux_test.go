package control

import (
	"io"
	"os"
	"runtime"
	"syscall"
	"testing"

	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// TestMarkKeepsTheTurn: who writes the mark behind a cell waits for whoever reads what
// is printed, and is in the middle of a decision. It is not sent away meanwhile.
func TestMarkKeepsTheTurn(t *testing.T) {
	was := Active
	defer func() { Active = was }()
	rttest.Ring(t)
	drain := fullOutput(t)
	me, marked := make(chan *G), make(chan bool)
	go func() {
		g := replace(record.Current())
		g.goid = Goid()
		Active = &Scheduler{Backend: baton{}, Running: g, Spec: sched.Spec{Marks: true}}
		me <- g
		Active.mark(1)
		close(marked)
	}()
	g := <-me
	for d, ok := (*doing)(nil), false; !ok || d.State != "syscall"; d, ok = Audit(Active).of(g) {
		runtime.Gosched()
	}
	Active.gate.suspect()
	during := Active.gate.sendAway(Active, g)
	Active.gate.suspect()
	drain()
	<-marked
	if during || Active.gate.sendAway(Active, g) {
		t.Error("sent away while it wrote the mark")
	}
}

// fullOutput puts a pipe that is full in the place of what is printed. What it
// returns empties the pipe; at the end of the test all is as before.
func fullOutput(t *testing.T) (drain func()) {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	fd := int(out.Fd()) // it blocks from now on
	syscall.SetNonblock(fd, true)
	for n := 1 << 16; n > 0; {
		if _, err := syscall.Write(fd, make([]byte, n)); err != nil {
			n /= 2
		}
	}
	syscall.SetNonblock(fd, false)
	for _, stream := range []int{1, 2} {
		saved, _ := syscall.Dup(stream)
		syscall.Dup3(fd, stream, 0)
		t.Cleanup(func() {
			syscall.Dup3(saved, stream, 0)
			syscall.Close(saved)
		})
	}
	out.Close()
	t.Cleanup(func() { in.Close() })
	return func() { go io.Copy(io.Discard, in) }
}
