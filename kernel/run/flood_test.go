package run

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// Endless printing costs bounded memory and few calls, and ends at once.
func TestFlood(t *testing.T) {
	file := filepath.Join(t.TempDir(), "output")
	r, l := begin(t, func(s *Spec) { s.OutputFile = file }, "endless")
	l.await(t, "a lot of output")
	before, calls := heap(), l.count()
	awaitSize(t, file, 8<<20)
	if grown := heap() - before; grown > 2<<20 {
		t.Errorf("%d bytes more", grown)
	}
	if n := l.count() - calls; n > 1 {
		t.Errorf("%d calls for what is not shown", n)
	}
	begun := time.Now()
	r.Interrupt()
	o := end(t, r)
	t.Logf("%d bytes left out; ended after %v", o.OmittedBytes, time.Since(begun))
	if o.OmittedBytes < 7<<20 || len(l.text("")) > 2*defaultOutput {
		t.Errorf("%d bytes omitted, %d shown", o.OmittedBytes, len(l.text("")))
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func awaitSize(t *testing.T, file string, size int64) {
	t.Helper()
	tick, deadline := time.NewTicker(10*time.Millisecond), time.After(patience)
	defer tick.Stop()
	for {
		if info, err := os.Stat(file); err == nil && info.Size() >= size {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%s does not grow", file)
		}
	}
}

// While nobody takes the output the program is held up, and can be interrupted.
func TestNobodyTakesOutput(t *testing.T) {
	take, blocked := make(chan bool), make(chan bool)
	first := true
	r, _ := begin(t, func(s *Spec) {
		s.Output = func(string, string) {
			if first {
				first = false
				close(blocked)
			}
			<-take
		}
	}, "endless")
	<-blocked
	r.Interrupt()
	select {
	case <-r.ended:
	case <-time.After(patience):
		t.Error("the program lives")
	}
	close(take)
	if o := end(t, r); !o.Interrupted {
		t.Errorf("%+v", o)
	}
}
