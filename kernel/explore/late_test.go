package explore

import (
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// A search ends within a second after its budget, whatever the program does, also
// where others compute on all processors. What is measured is our own: from the
// moment at which the budget is used up to the result. One of three attempts counts,
// since nobody can promise when a process of ours gets its turn.
func TestBudgetUnderLoad(t *testing.T) {
	asUsual(t)
	programs := subjectsOf(t, "testdata/late.txtar")
	var built []run.Spec
	for _, p := range programs {
		built = append(built, p.build(t))
	}
	burn(t, 2*runtime.NumCPU())
	const budget = 500 * time.Millisecond
	for i, p := range programs {
		spec := Spec{Run: built[i], Budget: budget, Clock: sched.Free}
		least := time.Duration(1 << 62)
		for attempt := 0; attempt < 3 && least > budget+allowed; attempt++ {
			r, err := Explore(t.Context(), spec)
			if err != nil {
				t.Fatal(err)
			}
			least = min(least, r.Elapsed)
			t.Logf("%s: %d runs, %d outcomes, %v after the budget", p.name, r.Runs, len(r.Outcomes), r.Elapsed-budget)
		}
		if least > budget+allowed {
			t.Errorf("%s: it ends %v after its budget", p.name, least-budget)
		}
	}
}

// burn has processes compute until the test ends.
func burn(t *testing.T, processes int) {
	t.Helper()
	for range processes {
		c := exec.Command("sh", "-c", "while :; do :; done")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			c.Process.Kill()
			c.Wait()
		})
	}
}

// Where something is printed past the search, and there is no time to make a run again,
// nobody knows what it prints: it is not said to print nothing.
func TestUnreadOutcomes(t *testing.T) {
	asUsual(t)
	spec := faked(t, "unread")
	spec.Code = "abcde"
	r := &model.Result{}
	for budget := 200 * time.Millisecond; r.Runs == 0 && budget < soon; budget *= 2 { // on a busy machine a process may need longer to begin
		r = explored(t, spec, func(s *Spec) { s.Budget = budget })
	}
	if r.Complete() || r.Runs == 0 || len(r.Outcomes) != 0 {
		t.Errorf("%+v", r)
	}
	if said := strings.Join(r.Notes, "\n"); !strings.Contains(said, "did not see") || !strings.Contains(said, "no time to run it again") {
		t.Error(said)
	}
}
