package picture

import (
	"path/filepath"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
)

// After a rerun the picture says and marks where the run parts from the one before.
func TestBefore(t *testing.T) {
	before, now := rendertest.TwoWorkers(7, "A B"), rendertest.TwoWorkers(8, "B A")
	for _, f := range []struct{ ext, got string }{
		{"txt", Text(now, Options{Before: before})}, {"svg", string(In("svg", now, Options{Before: before}))},
	} {
		rendertest.Golden(t, filepath.Join("testdata", "rerun."+f.ext), []byte(f.got))
	}
	for form, got := range map[string]string{
		"text": Text(now, Options{Paper: ink.Paper{Width: 200}, Before: before}), "svg": string(In("svg", now, Options{Before: before})), "html": string(In("html", now, Options{Before: before})),
	} {
		if want := "from here on it differs: in the previous run A locks mu"; !strings.Contains(got, want) {
			t.Errorf("%s does not say %q", form, want)
		}
	}
	if got := Text(now, Options{Before: now}); strings.Contains(got, "≠") || !strings.Contains(got, "Same order as the previous run") {
		t.Errorf("the same run again:\n%s", got)
	}
	real := rendertest.TwoWorkers(8, "A B")
	real.Mode = model.Real
	if got := Text(now, Options{Before: real}); strings.Contains(got, "≠") {
		t.Errorf("compared with a run of another kind:\n%s", got)
	}
	shorter := rendertest.TwoWorkers(7, "A B")
	shorter.Events = shorter.Events[:len(shorter.Events)-1]
	if got := Text(shorter, Options{Paper: ink.Paper{Width: 200}, Before: before}); !strings.Contains(got, "the previous run continued: main returns") {
		t.Errorf("the end of a shorter run is not marked:\n%s", got)
	}
}
