package rtcontext

import (
	"context"
	"testing"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/trace"
)

// makeContexts makes contexts of each other, for TestMade.
func makeContexts() {
	defer rt.MainFrom(1, 1)()
	plain, stop := WithCancel(1, context.Background())
	defer stop()
	timed, stop := WithTimeout(1, plain, time.Hour)
	defer stop()
	child, stop := WithCancel(1, context.WithValue(timed, valueKey{}, 1))
	defer stop()
	<-closedBy(child, stop)
}

type valueKey struct{}

func closedBy(ctx context.Context, stop func()) <-chan struct{} {
	stop()
	return ctx.Done()
}

// In a run that Go schedules each context is noted with the one that it is made of,
// and whether it has a deadline. A controlled run notes none: its scheduler knows.
func TestMade(t *testing.T) {
	made := contextsOf(t, rttest.Run(t, "made"))
	if len(made) != 3 {
		t.Fatalf("%d contexts are noted: %v", len(made), made)
	}
	plain, timed, child := made[0], made[1], made[2]
	switch {
	case plain.Aux != 0 || timed.Aux != plain.Obj || child.Aux != timed.Obj:
		t.Errorf("which is made of which: %v", made)
	case plain.Flags&event.FlagTimed != 0 || timed.Flags&event.FlagTimed == 0 || child.Flags&event.FlagTimed == 0:
		t.Errorf("which have a deadline: %v", made)
	}
	if made := contextsOf(t, rttest.Run(t, "made", "T101_CONTROL=seed=1 clock=virtual")); len(made) != 0 {
		t.Errorf("a controlled run notes contexts: %v", made)
	}
}

func contextsOf(t *testing.T, r rttest.Result) (made []trace.Entry) {
	t.Helper()
	l, err := trace.ReadLog(r.Mem)
	if err != nil || r.Exit != 0 {
		t.Fatal(err, r.Exit, r.Stderr)
	}
	for _, e := range l.Entries {
		if e.Op == event.Context {
			made = append(made, e)
		}
	}
	return made
}
