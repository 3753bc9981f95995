package report

import (
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// TestStopped: an end that the scheduler made says what happened, who was where,
// and what to try.
func TestStopped(t *testing.T) {
	x := &model.Execution{Mode: model.Controlled, Status: model.Limit, Goroutines: []model.Goroutine{
		{Name: "main", End: model.WasBlocked, BlockedAt: at(3, 6)}, {Name: "A", End: model.WasCutOff, BlockedAt: at(2, 2)},
	}}
	for _, c := range []struct {
		stop       event.Stop
		limit      string
		name, hint string
	}{
		{event.StopSteps, words.StepLimit("A", "cell 2, line 2", 1_000_000), LimitReached, words.ReportStepsHint},
		{event.StopSpin, words.SpinLimit("A", "cell 2, line 2"), LimitReached, words.ReportSpinHint},
		{event.StopBusy, words.BusyLimit("A", "cell 2, line 2"), LimitReached, words.ReportBusyHint},
		{event.StopReplay, words.ReplayMisfit("A", "cell 2, line 2", 7), ReplayError, words.ReportReplayHint},
		{event.StopSpin, "", LimitReached, words.ReportSpinHint},
	} {
		r := Failed(&run.Result{Exit: 2, Execution: x, Stop: c.stop, LimitHit: c.limit}, program)
		if r == nil || r.Name != c.name || c.limit != "" && r.Value != c.limit || r.Value == "" {
			t.Errorf("%d: %+v", c.stop, r)
			continue
		}
		for _, part := range []string{c.hint, "main was last seen at cell 3, line 6", "for range w.counter"} {
			if !strings.Contains(r.said(), part) {
				t.Errorf("%d: %q is missing in\n%s", c.stop, part, r.text())
			}
		}
	}
	x.Stopped.G, x.Stopped.Pos = 1, at(3, 4)
	r := Failed(&run.Result{Exit: 2, Execution: x, Stop: event.StopBusy, LimitHit: words.BusyLimit("A", "cell 3, line 4")}, program)
	if said := r.said(); !strings.Contains(said, "main was last seen at cell 3, line 6") || !strings.Contains(said, "A was at cell 3, line 4") {
		t.Errorf("the one that was stopped was in a loop, behind its last step:\n%s", r.text())
	}
	crash := asleep(nil)
	crash.Stop = event.StopDeadlock
	if r := Failed(crash, program); r == nil || r.Name != Deadlock {
		t.Errorf("a deadlock that the scheduler found: %+v", r)
	}
	if r := Failed(&run.Result{Stop: event.StopSpin, Interrupted: true}, program); r.Name != Interrupt {
		t.Errorf("interrupted: %+v", r)
	}
}

func TestReplay(t *testing.T) {
	r := Replay(at(2, 1), "no token\nhint: copy it", []string{"", "or not"}, program)
	want := "cell 2, line 1: no token\n    1 │ func (w *Worker) Run() {\nhint: copy it\nhint: or not\n"
	if r.Name != ReplayError || r.Value != "cell 2, line 1: no token" || r.text() != want {
		t.Errorf("%+v\n%s", r, r.text())
	}
	o := &run.Result{Exit: 3}
	r = Strayed(at(2, 1), "another run", o, program)
	want = "cell 2, line 1: another run\n    1 │ func (w *Worker) Run() {\n\nexit status 3\n"
	if r.Name != ReplayError || r.text() != want {
		t.Errorf("%+v\n%s", r, r.text())
	}
}
