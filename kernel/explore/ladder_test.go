package explore

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// ample is how long a search may take on a busy machine that ends at once on another.
const ample = 30 * time.Second

// explored explores a fake, or another program.
func explored(t testing.TB, program run.Spec, change func(*Spec)) *model.Result {
	t.Helper()
	s := Spec{Run: program, Budget: ample, Workers: 2}
	if change != nil {
		change(&s)
	}
	r, err := Explore(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func inOrder(r *model.Result) (all []string) {
	for _, o := range r.Outcomes {
		all = append(all, string(o.Status)+" "+strings.TrimSpace(o.Value))
	}
	return all
}

// What one process tries in a moment is complete, and the counts are its alone.
func TestQuick(t *testing.T) {
	r := explored(t, faked(t, "small"), func(s *Spec) { s.Budget = endless })
	if r.Level != model.Exhaustive || r.Classes != 4 || r.Interleavings.Int64() != 6 || r.Stopped != "" || len(r.Notes) != 0 {
		t.Errorf("%+v", r)
	}
	if r.Runs != 8 || len(r.Parallel) != 1 || len(r.Outcomes) != 2 {
		t.Errorf("the second search is not counted as runs only: %+v", r)
	}
	for _, o := range r.Outcomes {
		if o.Classes != 1 || o.Interleavings.Int64() != 3 || !o.Proven {
			t.Errorf("%+v", o)
		}
	}
	if r.Elapsed > soon {
		t.Errorf("took %v, as if there had been more to do", r.Elapsed)
	}
}

// On a slow machine, too, a run that is longer than those of a search usually are is
// known for one, and may then have more steps.
func TestSluggish(t *testing.T) {
	asUsual(t)
	r := explored(t, faked(t, "sluggish"), func(s *Spec) { s.Budget = ample })
	if r.Level != model.Exhaustive || r.Classes != 1 || len(r.Notes) != 0 || !slices.Equal(inOrder(r), []string{"ok done"}) {
		t.Errorf("%+v", r)
	}
}

// What several processes try together is complete if each of them is done.
func TestShared(t *testing.T) {
	r := explored(t, faked(t, "shared"), func(s *Spec) { s.Workers = 3 })
	if r.Level != model.Exhaustive || r.Classes != 150 || r.Stopped != "" {
		t.Fatalf("%+v", r)
	}
	if got, want := inOrder(r), []string{"deadlock ", "ok share 0", "ok share 1", "ok share 2"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
	if o := r.Outcomes[0]; o.Classes != 3 || o.Interleavings.Int64() != 9 || o.Switches != 0 {
		t.Errorf("what several found is not one: %+v", o)
	}
}

// Where not everything can be tried the level that was reached is said, nothing
// is counted but runs, and the budget is kept.
func TestLarge(t *testing.T) {
	const budget = 5 * time.Second // a busy machine comes to the last level late, and tells of it later
	var levels []model.Level
	r := explored(t, faked(t, "large"), func(s *Spec) {
		s.Budget = budget
		s.Progress = func(p Progress) {
			if len(levels) == 0 || levels[len(levels)-1] != p.Level {
				levels = append(levels, p.Level)
			}
			if p.Budget != budget || p.Found != len(p.Outcomes) {
				t.Errorf("%+v", p)
			}
		}
	})
	if r.Level != model.Bounded || r.Preemptions != 1 || r.Interleavings != nil || r.Classes != 0 || r.Parallel != nil || r.Stopped != "" {
		t.Errorf("%+v", r)
	}
	if want := []model.Level{model.Exhaustive, model.Bounded, model.Sampled}; !slices.Equal(levels, want) {
		t.Errorf("progress at levels %v", levels)
	}
	if got, want := inOrder(r), []string{"ok dpor", "ok sample", "ok bound"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q: those of most runs are not first", got, want)
	}
	for _, o := range r.Outcomes {
		if o.Classes != 0 || o.Interleavings != nil || o.Proven {
			t.Errorf("%+v", o)
		}
	}
	if r.Elapsed < budget*9/10 || r.Elapsed > budget+soon {
		t.Errorf("took %v of %v", r.Elapsed, budget)
	}
}

// A budget too small for anything is kept, too, and says what it can.
func TestSmallBudget(t *testing.T) {
	r := explored(t, faked(t, "large"), func(s *Spec) { s.Budget = time.Millisecond })
	if r.Level != model.Sampled || r.Elapsed > soon {
		t.Errorf("%+v", r)
	}
}

// Who asks whether something can happen has the answer when it has happened.
func TestViolationEndsSearch(t *testing.T) {
	ps, err := property.Parse([]string{"deadlock-free"})
	if err != nil {
		t.Fatal(err)
	}
	r := explored(t, faked(t, "violating"), func(s *Spec) { s.Budget, s.Properties = endless, ps })
	if r.Elapsed > soon || r.Stopped != words.SearchViolated || r.Outcomes[0].Status != model.Deadlock {
		t.Errorf("%+v", r)
	}
}

// An interrupt ends the search soon, and what was found counts.
func TestInterrupt(t *testing.T) {
	for _, name := range []string{"large", "deaf"} {
		ctx, cancel := context.WithCancel(t.Context())
		began := time.Now()
		s := Spec{Run: faked(t, name), Budget: endless, Workers: 2, Progress: func(p Progress) {
			if p.Elapsed > 300*time.Millisecond {
				cancel()
			}
		}}
		r, err := Explore(ctx, s)
		if err != nil || r.Stopped != words.SearchInterrupted || len(r.Outcomes) == 0 {
			t.Errorf("%s: %v %+v", name, err, r)
		}
		if d := time.Since(began); d > soon {
			t.Errorf("%s: took %v", name, d)
		}
		cancel()
	}
}

// A search that is begun after the learner has interrupted does nothing.
func TestInterruptedBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := Explore(ctx, Spec{Run: faked(t, "large"), Budget: endless})
	if err != nil || r.Stopped != words.SearchInterrupted {
		t.Errorf("%v %+v", err, r)
	}
}

// A program that is not the same each time is not searched further.
func TestUnrepeatable(t *testing.T) {
	r := explored(t, faked(t, "unrepeatable"), func(s *Spec) { s.Budget = endless })
	if r.Level != model.Sampled || !strings.Contains(r.Stopped, "time.Now at main.go:5") || len(r.Outcomes) != 1 || r.Runs != 2 {
		t.Errorf("%+v", r)
	}
	if r.Elapsed > soon {
		t.Errorf("took %v", r.Elapsed)
	}
}

func TestNotes(t *testing.T) {
	r := explored(t, faked(t, "notes"), func(s *Spec) { s.Run.Uncontrolled = []string{"net"} })
	if len(r.Notes) != 3 || !strings.Contains(r.Notes[0], "net") || !strings.Contains(r.Notes[1], "main.go:5") || r.Notes[2] != words.SearchManySeeds {
		t.Errorf("%q", r.Notes)
	}
}

// Nobody says that everything was tried if a second look finds something else.
func TestContradiction(t *testing.T) {
	r := explored(t, faked(t, "contradicting"), nil)
	if r.Level != model.Sampled || len(r.Notes) != 1 || r.Notes[0] != words.SearchContradiction || r.Interleavings != nil || len(r.Outcomes) != 2 {
		t.Errorf("%+v", r)
	}
}

// Of a program that dies what it said until then counts, and why it died is said.
func TestDying(t *testing.T) {
	r := explored(t, faked(t, "dying"), func(s *Spec) { s.Budget = ample })
	if r.Level != model.Sampled || !strings.Contains(r.Stopped, "stack overflow") || len(r.Outcomes) != 1 || r.Outcomes[0].Value != "so far\n" {
		t.Errorf("%+v", r)
	}
	r = explored(t, faked(t, "silent"), nil)
	if r.Stopped == "" || len(r.Outcomes) != 0 {
		t.Errorf("%+v", r)
	}
}

// A program that does not end when its time is over is ended.
func TestDeaf(t *testing.T) {
	asUsual(t)
	r := explored(t, faked(t, "deaf"), func(s *Spec) { s.Budget = 3 * time.Second })
	if len(r.Outcomes) != 1 || !slices.Equal(r.Notes, []string{words.SearchSlow}) || r.Elapsed > soon {
		t.Errorf("%+v", r)
	}
}

// Lines that make no sense are passed over. What is printed past the search is no
// outcome, but after it nothing is said of all interleavings.
func TestBabbling(t *testing.T) {
	r := explored(t, faked(t, "babbling"), nil)
	if r.Level == model.Exhaustive || len(r.Notes) != 1 || len(r.Outcomes) != 1 || r.Outcomes[0].Value != "through\n" {
		t.Errorf("%+v", r)
	}
}

// Who holds the pipe beyond the program's end does not hold the search.
func TestOrphan(t *testing.T) {
	r := explored(t, faked(t, "orphaning"), nil)
	if r.Level != model.Exhaustive || r.Elapsed > soon || len(r.Outcomes) != 1 {
		t.Fatalf("%+v", r)
	}
	pid, err := strconv.Atoi(r.Outcomes[0].Value)
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(pid, syscall.SIGKILL)
}

// A program that takes all memory is ended.
func TestHungry(t *testing.T) {
	r := explored(t, faked(t, "hungry"), func(s *Spec) {
		s.Budget, s.Run.Limits.MemoryBytes = endless, 64<<20
	})
	if len(r.Outcomes) != 1 || !strings.Contains(r.Stopped, "memory") || r.Elapsed > soon {
		t.Errorf("%+v", r)
	}
}

// A program that cannot be started is an error.
func TestNoProgram(t *testing.T) {
	if r, err := Explore(t.Context(), Spec{Run: run.Spec{Path: "/nonexistent"}}); err == nil {
		t.Errorf("%+v", r)
	}
}
