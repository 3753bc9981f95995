package report

import (
	"strings"
	"testing"

	"threading101/kernel/words"
)

func TestCheck(t *testing.T) {
	for others, end := range []string{"", " (and 1 more fails)", " (and 2 more fail)"} {
		r := Check(at(2, 1), "deadlock-free", "A waits for b.", others)
		want := "cell 2, line 1: deadlock-free does not hold: A waits for b." + end
		if r.Name != CheckFailed || r.Value != want || strings.Join(strings.Fields(r.text()), " ") != want {
			t.Errorf("%+v\n%s", r, r.text())
		}
	}
	r := Check(at(2, 1), "leak-free", "ask West waits at ask:5 to send West: 4 percent to answers, and nobody can receive that any more", 0)
	for line := range strings.Lines(r.text()) {
		if words.Width(strings.TrimSuffix(line, "\n")) > measure {
			t.Errorf("JupyterLab cuts a word of %q", line)
		}
	}
	r = Check(at(2, 1), "joined", "", 0)
	if want := "cell 2, line 1: joined does not hold\n"; r.text() != want {
		t.Errorf("%s", r.text())
	}
	r = Unexplorable(at(2, 1), "no main", "write one", program)
	if want := "cell 2, line 1: no main\n    1 │ func (w *Worker) Run() {\nhint: write one\n"; r.Name != ExploreError || r.text() != want {
		t.Errorf("%s", r.text())
	}
}
