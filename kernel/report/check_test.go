package report

import "testing"

func TestCheck(t *testing.T) {
	explanation := []string{"A waits for b.", "B waits for a."}
	r := Check(at(2, 1), "deadlock-free", explanation[0], explanation, "t1-x", program)
	want := "cell 2, line 1: deadlock-free does not hold: A waits for b.\n    1 │ func (w *Worker) Run() {\n\nB waits for a.\n\nhint: %replay t1-x shows this run again\n"
	if r.Name != CheckFailed || r.Value != "cell 2, line 1: deadlock-free does not hold: A waits for b." || r.text() != want {
		t.Errorf("%+v\n%s", r, r.text())
	}
	r = Check(at(2, 1), "joined", "", nil, "", program)
	if want = "cell 2, line 1: joined does not hold\n    1 │ func (w *Worker) Run() {\n"; r.text() != want {
		t.Errorf("%s", r.text())
	}
	r = Unexplorable(at(2, 1), "no main", "write one", program)
	if want = "cell 2, line 1: no main\n    1 │ func (w *Worker) Run() {\nhint: write one\n"; r.Name != ExploreError || r.text() != want {
		t.Errorf("%s", r.text())
	}
}
