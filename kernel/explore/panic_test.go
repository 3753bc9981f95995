//go:build !race

package explore

import (
	"slices"
	"strings"
	"testing"

	"threading101/kernel/model"
)

// A panic of main was taken for its return: what main defers runs in both cases,
// and in a search nobody looked why.
func TestPanics(t *testing.T) {
	want := map[string]string{
		"panics/main": "cut-off ok panic", "panics/other": "ok panic", "panics/closed": "ok panic", "panics/closed_main": "ok panic",
	}
	for _, s := range subjectsOf(t, "testdata/panics.txtar") {
		program := s.build(t)
		r := explored(t, program, nil)
		var got []string
		for _, o := range r.Outcomes {
			got = append(got, string(o.Status))
			if run, err := Open(t.Context(), Spec{Run: program}, o.Token); err != nil || run.Execution.Status != o.Status {
				t.Errorf("%s: %+v opens %+v, %v", s.name, o, run, err)
			}
		}
		slices.Sort(got)
		if r.Level != model.Exhaustive || strings.Join(slices.Compact(got), " ") != want[s.name] {
			t.Errorf("%s: %v, want %s", s.name, got, want[s.name])
		}
	}
}
