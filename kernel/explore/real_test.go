package explore

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// real builds a program of testdata/real.txtar.
func real(t *testing.T, name string) run.Spec {
	t.Helper()
	for _, s := range subjectsOf(t, "testdata/real.txtar") {
		if s.name == "real/"+name {
			return s.build(t)
		}
	}
	t.Fatalf("no program %q", name)
	return run.Spec{}
}

// patiently explores with longer and longer budgets, until enough was found: on a busy
// machine a short one is used up before that.
func patiently(t *testing.T, program run.Spec, budget time.Duration, enough func(*model.Result) bool) *model.Result {
	t.Helper()
	for {
		r := explored(t, program, func(s *Spec) { s.Budget = budget })
		if r.Elapsed > budget+soon {
			t.Errorf("took %v, of %v", r.Elapsed, budget)
		}
		if enough(r) || budget > time.Minute {
			return r
		}
		budget *= 4
	}
}

// The numbers of the lost update, with a run for each outcome and each class that
// can be opened and is as short as can be.
func TestRealLost(t *testing.T) {
	program := real(t, "lost")
	r := explored(t, program, func(s *Spec) { s.Budget = 10 * time.Second })
	if r.Level != model.Exhaustive || r.Interleavings.Int64() != 70 || r.Classes != 34 || len(r.Parallel) != 34 || len(r.Notes) != 0 {
		t.Fatalf("%+v", r)
	}
	t.Log(r.Elapsed)
	got := inOrder(r)
	slices.Sort(got)
	if want := []string{"ok 2", "ok 3", "ok 4"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, o := range r.Outcomes {
		if run, err := Open(t.Context(), Spec{Run: program}, o.Token); err != nil || run.Stdout != o.Value || run.Parted != -1 || !o.Proven {
			t.Errorf("%+v opens %+v, %v", o, run, err)
		}
	}
	for _, c := range r.Parallel {
		if run, err := Open(t.Context(), Spec{Run: program}, c.Token); err != nil || run.Stdout != r.Outcomes[c.Outcome].Value {
			t.Errorf("%+v opens %+v, %v", c, run, err)
		}
	}
	if len(r.Races) == 0 || r.Races[0].Object != "x" || r.Races[0].A.Line == 0 || r.Races[0].Token == "" {
		t.Errorf("races %+v", r.Races)
	}
}

func TestRealDeadlock(t *testing.T) {
	program := real(t, "deadlock")
	r := explored(t, program, nil)
	i := slices.IndexFunc(r.Outcomes, func(o model.Outcome) bool { return o.Status == model.Deadlock })
	if r.Level != model.Exhaustive || len(r.Outcomes) != 2 || i < 0 || len(r.Notes) != 0 {
		t.Fatalf("%+v", r)
	}
	o, err := Open(t.Context(), Spec{Run: program}, r.Outcomes[i].Token)
	if err != nil || o.Execution.Status != model.Deadlock || !r.Outcomes[i].Proven {
		t.Errorf("%+v, %v", o, err)
	}
}

// Too large for any budget: what was tried is said, each outcome has a run, and
// an interrupt ends it.
func TestRealHuge(t *testing.T) {
	program := real(t, "huge")
	r := patiently(t, program, 2*time.Second, func(r *model.Result) bool { return r.Level == model.Bounded && len(r.Outcomes) == 2 && r.Runs >= 100 })
	if r.Level != model.Bounded || r.Interleavings != nil || len(r.Outcomes) != 2 || r.Runs < 100 {
		t.Errorf("%+v", r)
	}
	for _, o := range r.Outcomes {
		if run, err := Open(t.Context(), Spec{Run: program}, o.Token); err != nil || run.Stdout != o.Value {
			t.Errorf("%+v opens %+v, %v", o, run, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer cancel()
	r, err := Explore(ctx, Spec{Run: program, Budget: endless, Workers: 2})
	if err != nil || r.Stopped != words.SearchInterrupted || len(r.Outcomes) == 0 || r.Elapsed > soon {
		t.Errorf("%v %+v", err, r)
	}
	for _, o := range r.Outcomes {
		if run, err := Open(t.Context(), Spec{Run: program}, o.Token); err != nil || run.Stdout != o.Value {
			t.Errorf("%+v opens %+v, %v", o, run, err)
		}
	}
}

// A run that would never end is stopped, and the others are not lost.
func TestRealEndless(t *testing.T) {
	both := func(r *model.Result) bool {
		got := inOrder(r)
		return slices.Contains(got, "ok done") && slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "limit") })
	}
	if r := patiently(t, real(t, "endless"), 3*time.Second, both); !both(r) {
		t.Errorf("%q, %+v", inOrder(r), r)
	}
}

func TestRealThousands(t *testing.T) {
	program := real(t, "thousands")
	r := patiently(t, program, 4*time.Second, func(r *model.Result) bool { return r.Runs > 0 })
	if r.Level != model.Sampled || r.Runs == 0 || !slices.Contains(r.Notes, words.SearchManySeeds) {
		t.Errorf("%+v", r)
	}
	for _, o := range r.Outcomes {
		if run, err := Open(t.Context(), Spec{Run: program}, o.Token); err != nil || run.Stdout != o.Value {
			t.Errorf("%+v opens %+v, %v", o, run, err)
		}
	}
}

// A program that is another one each time is not called complete.
func TestRealUnrepeatable(t *testing.T) {
	program := real(t, "clock")
	program.Env = append(os.Environ(), "EXPLORE_TEST_FILE="+filepath.Join(t.TempDir(), "file"))
	r := explored(t, program, nil)
	if r.Level == model.Exhaustive || !strings.Contains(r.Stopped, "twice") {
		t.Errorf("%+v", r)
	}
}

// A program that dies in one of its interleavings says so.
func TestRealCrash(t *testing.T) {
	r := explored(t, real(t, "crash"), nil)
	if r.Level == model.Exhaustive || !strings.Contains(r.Stopped, "stack overflow") {
		t.Errorf("%+v", r)
	}
}

// What is checked is found, with a run that shows it.
func TestRealCheck(t *testing.T) {
	for name, checked := range map[string][]string{"deadlock": {"deadlock-free"}, "huge": {"race-free"}, "lost": {"race-free"}} {
		ps, err := property.Parse(checked)
		if err != nil {
			t.Fatal(err)
		}
		program := real(t, name)
		r := explored(t, program, func(s *Spec) { s.Properties, s.Budget = ps, 10*time.Second })
		v := property.Judge(ps, r)
		if len(v) != 1 || v[0].Holds || v[0].Token == "" || r.Elapsed > soon {
			t.Errorf("%s: %+v, %+v", name, v, r)
			continue
		}
		o, err := Open(t.Context(), Spec{Run: program}, v[0].Token)
		if err != nil || o.Execution.Status != v[0].Outcome.Status || checked[0] == "race-free" && len(o.Execution.Races) == 0 {
			t.Errorf("%s: %v %+v", name, err, o)
		}
	}
}

// What package fmt reads beyond what is read one by one is no step that could be
// earlier or later: the race is told, and nobody says that all was tried.
func TestRealUnseen(t *testing.T) {
	r := patiently(t, real(t, "unseen"), 500*time.Millisecond, func(r *model.Result) bool { return len(r.Races) > 0 })
	if r.Level == model.Exhaustive || len(r.Races) != 1 || !strings.Contains(strings.Join(r.Notes, "\n"), "fmt reads") {
		t.Errorf("%+v", r)
	}
}
