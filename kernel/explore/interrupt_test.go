package explore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// An interrupt while runs are made again, or made shorter, ends it within a second,
// and what hears nothing is gone by then.
func TestInterruptAfterSearch(t *testing.T) {
	defer unchecked()()
	program, switches := losing(t)
	long := scheduleText(switches) + "x30.1"
	told := fmt.Sprintf("outcome 1 ok %q \"\" %q race 1 1 1 2 9 %s\n", "1\n", "", long)
	for _, phase := range []string{"replay", "shorten"} {
		pid := filepath.Join(t.TempDir(), "pid")
		spec := Spec{Run: telling(t, program, told), Budget: endless, Workers: 2}
		spec.Run.Env = append(spec.Run.Env, incompleteVariable+"=yes", stuckVariable+"="+phase, pidVariable+"="+pid)
		ctx, cancel := context.WithCancel(t.Context())
		var r *model.Result
		var err error
		ended := make(chan time.Time)
		go func() {
			r, err = Explore(ctx, spec)
			ended <- time.Now()
		}()
		stuck := numberIn(t, pid)
		interrupted := time.Now()
		cancel()
		if took := (<-ended).Sub(interrupted); took > allowed {
			t.Errorf("%s: it ended %v after the interrupt", phase, took)
		}
		if err != nil || len(r.Outcomes) != 1 {
			t.Errorf("%s: %v, %+v", phase, err, r)
		}
		for deadline := time.Now().Add(allowed); syscall.Kill(stuck, 0) != syscall.ESRCH; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s: process %d is still there", phase, stuck)
			}
		}
	}
}

// allowed is how long an exploration may take once its budget is used up, or somebody
// has interrupted it.
const allowed = time.Second

// numberIn waits until somebody has written a number into a file.
func numberIn(t *testing.T, path string) int {
	t.Helper()
	for deadline := time.Now().Add(soon); ; time.Sleep(time.Millisecond) {
		text, err := os.ReadFile(path)
		if n, bad := strconv.Atoi(strings.TrimSpace(string(text))); err == nil && bad == nil {
			return n
		}
		if time.Now().After(deadline) {
			t.Fatalf("nobody has written to %s", path)
		}
	}
}

// A process is asked to end, by a timer perhaps, while others may be about to begin
// with another patience: it keeps that with which it began.
func TestKeepsPatience(t *testing.T) {
	w, err := begin(faked(t, "small"), sched.Spec{Search: sched.SearchSample, Seed: 1, Budget: uint64(endless)}, 1)
	if err != nil {
		t.Fatal(err)
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		w.stop()
	}()
	asUsual(t)
	<-stopped
	<-w.ended
}
