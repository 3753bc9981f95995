package explore

import (
	"slices"
	"testing"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
)

// With a budget of schedules it does not matter how fast a machine is, nor how many
// processors it has: the same is tried, and the same comes of it.
func TestCounted(t *testing.T) {
	program := real(t, "lost")
	for schedules, all := range map[int]bool{12: false, 1000: true} {
		var runs []int
		var found [][]string
		for _, workers := range []int{1, 3} {
			r := explored(t, program, func(s *Spec) {
				s.Schedules, s.Workers, s.Budget = schedules, workers, time.Nanosecond
			})
			outcomes := inOrder(r)
			slices.Sort(outcomes)
			if r.Complete() != all {
				t.Errorf("%d schedules, %d processes: complete %v", schedules, workers, r.Complete())
			}
			runs, found = append(runs, r.Runs), append(found, outcomes)
		}
		if runs[0] != runs[1] || !slices.Equal(found[0], found[1]) {
			t.Errorf("%d schedules: %v runs, %q", schedules, runs, found)
		}
		if !all && runs[0] > 3*schedules {
			t.Errorf("%d schedules: %v runs", schedules, runs)
		}
	}
}

// A property of a function that nobody calls is not said to hold.
func TestUncalled(t *testing.T) {
	r := &model.Result{Runs: 1, Called: []string{"work"}}
	ps, err := property.Parse([]string{"no-overlap work", "order work<rest", "deadlock-free"})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{nil, {"rest"}, nil} {
		if got := property.Judge(ps, r)[i].Uncalled; !slices.Equal(got, want) {
			t.Errorf("%s: %q", ps[i], got)
		}
	}
}
