package explore

import (
	"slices"
	"strings"
	"testing"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// A program with more goroutines than a search can follow is tried by seeds, each
// outcome with a token that opens its run; and it is said that this was done.
func TestSeeded(t *testing.T) {
	program, _ := losing(t)
	spec := faked(t, "many")
	spec.Env = append(spec.Env, realVariable+"="+program.Path)
	spec.Sites, spec.Code = program.Sites, program.Code
	told := 0
	var r *model.Result
	for budget := 2 * time.Second; ; budget *= 2 { // on a busy machine it has no time for both ends
		r = explored(t, spec, func(s *Spec) {
			s.Budget = budget
			s.Progress = func(p Progress) {
				if p.Level == model.Sampled && p.Runs > 0 {
					told++
				}
			}
		})
		if len(r.Outcomes) > 1 || budget > time.Minute {
			break
		}
	}
	if r.Level != model.Sampled || r.Runs < 4 || r.Stopped != "" || !slices.Equal(r.Notes, []string{words.SearchManySeeds}) || told == 0 {
		t.Errorf("%+v, progress told %d times", r, told)
	}
	runs := 0
	for _, o := range r.Outcomes {
		runs += o.Runs
		run, err := Open(t.Context(), Spec{Run: program}, o.Token)
		if err != nil || run.Stdout != o.Value || run.Parted != -1 || !o.Has("race") {
			t.Errorf("%+v is opened as %+v, %v", o, run, err)
		}
	}
	if len(r.Outcomes) != 2 || runs != r.Runs || r.Outcomes[0].Runs < r.Outcomes[1].Runs {
		t.Errorf("%d runs: %+v", r.Runs, r.Outcomes)
	}
	if r.Elapsed > soon {
		t.Errorf("took %v", r.Elapsed)
	}
}

// Runs that a search cut off are no way to end once longer ones, by seeds, came to
// their end.
func TestSeededPastTheLimit(t *testing.T) {
	program, _ := losing(t)
	spec := faked(t, "lengthy")
	spec.Env = append(spec.Env, realVariable+"="+program.Path)
	spec.Sites, spec.Code = program.Sites, program.Code
	var r *model.Result
	for budget := 2 * time.Second; ; budget *= 2 { // on a busy machine it has no time for both ends
		r = explored(t, spec, func(s *Spec) { s.Budget = budget })
		if len(r.Outcomes) > 1 || budget > time.Minute {
			break
		}
	}
	if r.Complete() || len(r.Outcomes) != 2 || len(r.Races) != 1 {
		t.Errorf("%+v", r)
	}
	if notes := strings.Join(r.Notes, "\n"); !strings.Contains(notes, "random seeds were tried instead") || strings.Contains(notes, "step limit") {
		t.Error(notes)
	}
	for _, o := range r.Outcomes {
		if o.Status == model.Limit {
			t.Errorf("%+v", o)
		}
	}
}

// What a recorded run does not show is not said to hold in it.
func TestNotSeeded(t *testing.T) {
	for _, checked := range [][]string{{"joined"}, {"no-overlap", "work"}} {
		ps, err := property.Parse(checked)
		if err != nil {
			t.Fatal(err)
		}
		r := explored(t, faked(t, "many"), func(s *Spec) { s.Properties = ps })
		if r.Runs != 0 || len(r.Outcomes) != 0 || !slices.Equal(r.Notes, []string{words.SearchMany}) {
			t.Errorf("%q: %+v", checked, r)
		}
	}
}
