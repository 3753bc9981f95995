//go:build !race

package run

import (
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// A seed gives one run, and the token of that run gives it again; different
// seeds give different ones.
func TestSeedsAndTokens(t *testing.T) {
	for _, name := range []string{"workers", "channels"} {
		for _, clock := range []sched.Clock{sched.Virtual, sched.Free} {
			t.Run(name+" "+clock.String(), func(t *testing.T) {
				outputs := map[string]bool{}
				for seed := range uint64(12) {
					spec := sched.Spec{Seed: seed, Clock: clock}
					first := runControlled(t, name, spec)
					if first.Execution.Status != model.OK || first.Execution.Seed != seed || first.Execution.Clock != clock.String() || first.Parted != -1 {
						t.Fatalf("seed %d: %+v", seed, first.Execution)
					}
					sameRun(t, first, runControlled(t, name, spec))
					replay(t, name, first)
					outputs[first.Stdout] = true
				}
				if want := map[string]int{"workers": 6, "channels": 1}[name]; len(outputs) < want || name == "channels" && clock == sched.Free && len(outputs) < 4 {
					t.Errorf("%d different outputs of 12 seeds", len(outputs))
				}
			})
		}
	}
}

// The ends of controlled runs: what the outcome says, and that each seed says
// the same twice.
func TestControlledEnds(t *testing.T) {
	tests := []struct {
		name   string
		status model.Status
		exit   int
		stop   event.Stop
		reason string
	}{
		{"deadlock", model.Deadlock, 2, event.StopDeadlock, "all goroutines are asleep - deadlock!"},
		{"panic", model.Panicked, 2, event.NotStopped, "assignment to entry in nil map"},
		{"exit", model.Exited, 3, event.NotStopped, "exit status 3"},
		{"cutoff", model.CutOff, 0, event.NotStopped, ""},
		{"leak", model.Leak, 0, event.NotStopped, ""},
		{"select-leak", model.Leak, 0, event.NotStopped, ""},
		{"select-cutoff", model.CutOff, 0, event.NotStopped, ""},
		{"select-deadlock", model.Deadlock, 2, event.StopDeadlock, "all goroutines are asleep - deadlock!"},
		{"steps", model.Limit, 2, event.StopSteps, "step limit: the run was stopped after 5,000 steps; the last one was "},
		{"spin", model.Limit, 2, event.StopSpin, "waiting loop: func loops at cell 4, line 9"},
		{"poll", model.Limit, 2, event.StopSpin, "waiting loop: main loops at cell 4, line 7"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			spec := sched.Spec{Seed: 3}
			if test.stop == event.StopSteps {
				spec.Steps = 5000
			}
			o := runControlled(t, test.name, spec)
			x := o.Execution
			if x.Status != test.status || o.Exit != test.exit || o.Stop != test.stop || !strings.HasPrefix(x.Reason, test.reason) {
				t.Errorf("status %s, exit %d, stop %d, reason %q", x.Status, o.Exit, o.Stop, x.Reason)
			}
			if limit := test.status == model.Limit; limit != (o.LimitHit != "") || limit && o.LimitHit != x.Reason {
				t.Errorf("limit %q", o.LimitHit)
			}
			if test.status == model.Deadlock && (o.Crash == nil || o.Crash.Kind != KindDeadlock || len(o.Crash.Goroutines) == 0) {
				t.Errorf("%+v", o.Crash)
			}
			sameRun(t, o, runControlled(t, test.name, spec))
		})
	}
}
