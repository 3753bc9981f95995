package program

import (
	"fmt"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/model"
)

// Reruns of the same cell with the same code are counted, most frequent first, and
// nothing else is.
func TestTally(t *testing.T) {
	s := NewSession(t.Logf)
	cell := func(id, code string) *Cell { return &Cell{Session: s, ID: id, Code: code} }
	ran := func(printed string) *model.Execution {
		return &model.Execution{Mode: model.Controlled, Status: model.OK, Stdout: printed}
	}
	seed := uint64(3)
	seeded := cell("a", "x")
	seeded.Seed = &seed
	ending := cell("a", "x")
	ending.End = true
	deadlock, real := ran(""), ran("110\n")
	deadlock.Status, real.Mode = model.Deadlock, model.Real
	for i, step := range []struct {
		cell *Cell
		run  *model.Execution
		want string
	}{
		{cell("a", "x"), ran("110\n"), ""},
		{cell("a", "x"), ran("130\n"), "Your 2 runs: 110 ×1, 130 ×1."},
		{cell("b", "x"), ran("130\n"), ""},
		{cell("a", "y"), ran("130\n"), ""},
		{seeded, ran("110\n"), ""},
		{cell("a", "x"), real, ""},
		{ending, ran("110\n"), ""},
		{cell("a", "x"), ran("1\n2\n3\n4\n"), ""},
		{cell("a", "x"), ran("130\n"), "Your 3 runs: 130 ×2, 110 ×1."},
		{cell("a", "x"), ran("A\nB\n"), "Your 4 runs: 130 ×2, 110 ×1, A / B ×1."},
		{cell("a", "x"), deadlock, "Your 5 runs: 130 ×2, 110 ×1, A / B ×1, deadlock ×1."},
	} {
		if got := step.cell.tally(Course{}, step.run, &Program{Built: build.Result{Code: step.cell.Code}}); got != step.want {
			t.Errorf("run %d: %q, want %q", i+1, got, step.want)
		}
	}
}

// Of a cell that continues a program it is counted what this cell printed; and what a
// cell prints otherwise each time is not remembered without end.
func TestTallyOfParts(t *testing.T) {
	s := NewSession(t.Logf)
	var last string
	for i := range 2 * mostResults {
		c := &Cell{Session: s, ID: "a", Seeds: []uint64{1, uint64(i)}, Printed: func() string { return fmt.Sprintln(max(1, i-1)) }}
		x := &model.Execution{Mode: model.Controlled, Status: model.Waiting, Stdout: "of the cells before\n"}
		last = c.tally(Course{}, x, &Program{})
	}
	if want := "Your 200 runs: 1 ×3, 2 ×1, 3 ×1, 4 ×1, 5 ×1, others ×193."; last != want {
		t.Errorf("%q, want %q", last, want)
	}
	for _, all := range s.tallies.of {
		if len(all) != mostResults+1 {
			t.Errorf("%d different results are remembered", len(all))
		}
	}
}

// What a program prints is not taken for the results that are not told apart.
func TestTallyOfOthers(t *testing.T) {
	c := &Cell{Session: NewSession(t.Logf)}
	var last string
	for _, printed := range []string{"others", "1"} {
		last = c.tally(Course{}, &model.Execution{Mode: model.Controlled, Status: model.OK, Stdout: printed}, &Program{})
	}
	if want := "Your 2 runs: others ×1, 1 ×1."; last != want {
		t.Errorf("%q, want %q", last, want)
	}
}
