//go:build !race

package explore

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
)

// A search judges how a run ends while it is under way; trace judges it by the
// recording of the run made again. Of every outcome that any test finds both must
// say the same.

// alike makes the run of each outcome again, and says where its record has another
// end, another output, or a race that the search has not. "" is nowhere. A run that
// was stopped by a limit of the search is none to be made again.
func alike(t *testing.T, program run.Spec, clock sched.Clock, r report) (problem string) {
	t.Helper()
	for _, o := range r.outcomes {
		if o.status == model.Limit || len(o.values) > 0 {
			continue
		}
		again, err := replay(t.Context(), program, sched.Spec{Switches: o.schedule, Clock: clock}, nil)
		if err != nil || again.Execution == nil {
			t.Fatalf("%s %q, made again: %v %+v", o.status, o.value, err, again)
		}
		x := again.Execution
		if err := trace.Validate(x); err != nil {
			problem += fmt.Sprintf("the record of %s %q makes no sense: %v\n", o.status, o.value, err)
		}
		raced := slices.Contains(o.marks, markRace)
		if x.Status != o.status || printed(again.Stdout) != printed(o.value) || len(x.Races) > 0 != raced {
			problem += fmt.Sprintf("the search says %s %q, races %v; the record %s %q, %v\n", o.status, o.value, raced, x.Status, again.Stdout, x.Races)
		}
	}
	return problem
}

// allNamed holds an exploration to what it owes: a token for every outcome, class and
// race, which it has only if the run, made again, ended as the search says.
func allNamed(t *testing.T, r *model.Result) {
	t.Helper()
	for _, o := range r.Outcomes {
		if o.Token == "" && o.Status != model.Limit {
			t.Errorf("%s %q has no token: %q", o.Status, o.Value, r.Notes)
		}
	}
	for _, c := range r.Parallel {
		if c.Token == "" && r.Outcomes[c.Outcome].Status != model.Limit {
			t.Errorf("a class of %s %q has no token", r.Outcomes[c.Outcome].Status, r.Outcomes[c.Outcome].Value)
		}
	}
	for _, race := range r.Races {
		if race.Token == "" {
			t.Errorf("a race has no token: %+v", race)
		}
	}
}

// leftAs is how the programs of testdata/oracle/left.txtar can end, and those that
// have no number of interleavings, on the free clock and on the virtual one.
var leftAs = map[string][2]string{
	"afterfunc-wakes":     {"cut-off ok", "cut-off"},
	"afterfunc-stopped":   {"cut-off leak ok", "leak"},
	"timer-reset":         {"cut-off ok", "cut-off"},
	"timer-unrelated":     {"cut-off leak", "leak"},
	"timeout-child":       {"cut-off ok", "cut-off"},
	"timeout-afterfunc":   {"cut-off ok", "cut-off"},
	"cancel-late":         {"cut-off ok", "cut-off"},
	"nil-beside":          {"cut-off leak", "cut-off leak"},
	"cond-waiting":        {"cut-off leak", "cut-off leak"},
	"group-never-zero":    {"cut-off leak", "cut-off leak"},
	"semaphore-full":      {"cut-off leak", "leak"},
	"poll-beside-waiting": {"cut-off", "cut-off"},
	"sleep-pending":       {"cut-off ok", "cut-off"},
	"sleep-then-wait":     {"cut-off leak", "cut-off"},
	"done-unjoined":       {"cut-off ok", "cut-off ok"},
	"main-end":            {"cut-off leak", "cut-off"},
	"stopped-timer":       {"cut-off leak ok", "leak"},
	"pending-timer":       {"cut-off ok", "cut-off"},
}

// statusesOf are the statuses that were found, in order, each once.
func statusesOf(r *model.Result) string {
	found := map[string]bool{}
	for _, o := range r.Outcomes {
		found[string(o.Status)] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(found)), " ")
}

// TestWaysToBeLeft: each way in which goroutines can be left behind, with what both
// judgements must come to.
func TestWaysToBeLeft(t *testing.T) {
	all := append(subjectsOf(t, "testdata/oracle/left.txtar"), subjectsOf(t, "testdata/left/polling.txtar")...)
	together(t, all)
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			program := s.build(t)
			name := path.Base(s.name)
			for i, clock := range []sched.Clock{sched.Free, sched.Virtual} {
				r := explored(t, program, func(spec *Spec) { spec.Clock = clock })
				if allNamed(t, r); !r.Complete() {
					t.Errorf("clock %v: %v %q", clock, r.Level, r.Notes)
				}
				if got := statusesOf(r); got != leftAs[name][i] {
					t.Errorf("clock %v: it ends with %s, want %s", clock, got, leftAs[name][i])
				}
				if problem := alike(t, program, clock, searched(t, program, sched.Spec{Search: sched.SearchDPOR, Clock: clock})); problem != "" {
					t.Errorf("clock %v: %s", clock, problem)
				}
			}
		})
	}
}
