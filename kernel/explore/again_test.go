//go:build !race

package explore

import (
	"slices"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// What a search says of how a run ends, and whether it races, it says by itself;
// trace.Read says it of a recording. Of all programs that there are here each
// outcome's run, made again, is what the search has said.
func TestRunsAgain(t *testing.T) {
	all := slices.Concat(benchmarks(t, "bug"), benchmarks(t, "fixed"), oracles(t))
	together(t, all)
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.again(t)
		})
	}
}

func (s *subject) again(t *testing.T) {
	program := s.build(t)
	r := explored(t, program, func(spec *Spec) { spec.Clock, spec.Workers = s.clock, 1 })
	if slices.Contains(r.Notes, words.SearchContradiction) || len(r.Outcomes) == 0 {
		t.Errorf("%+v", r)
	}
	allNamed(t, r)
	for _, o := range r.Outcomes {
		if o.Status == model.Limit {
			continue
		}
		run, err := Open(t.Context(), Spec{Run: program}, o.Token)
		if err != nil || run.Execution == nil {
			t.Errorf("%+v does not open: %v, notes %q", o, err, r.Notes)
			continue
		}
		if x := run.Execution; x.Status != o.Status || run.Stdout != o.Value || len(x.Races) > 0 != o.Has(markRace) || run.Parted != -1 {
			t.Errorf("%+v opens as %s, %q, races %v", o, x.Status, run.Stdout, x.Races)
		}
	}
}
