package property

import (
	"testing"

	"threading101/kernel/model"
)

// Of the runs in which calls overlap one is shown in which that can be seen, though
// others have fewer switches.
func TestTornExampleFirst(t *testing.T) {
	ps, err := Parse([]string{"no-overlap", "block"})
	if err != nil {
		t.Fatal(err)
	}
	overlap := []string{"overlap block"}
	r := &model.Result{Outcomes: []model.Outcome{
		{Value: "A 1\nA 2\nB 1\nB 2\n", Marks: overlap, Token: "whole", Switches: 0},
		{Value: "B 1\nA 1\nA 2\nB 2\n", Marks: overlap, Token: "long", Switches: 3},
		{Value: "A 1\nB 1\nA 2\nB 2\n", Marks: overlap, Token: "torn", Switches: 2},
		{Value: "A 1\nB 1\nB 2\nA 2\n", Marks: overlap, Switches: 1},
	}}
	if v := Judge(ps, r)[0]; v.Token != "torn" {
		t.Errorf("the example is %q", v.Token)
	}
	for value, want := range map[string]bool{"": false, "1\n1\n": false, "A\nB\nA\n": true, "A 1\nA 2\nB 1\n": false} {
		if got := torn(&model.Outcome{Value: value}); got != want {
			t.Errorf("%q is torn: %v", value, got)
		}
	}
}

// Of the runs that violate what is asked of calls one is shown that breaks it for all
// to see, though others have fewer switches.
func TestShownExampleFirst(t *testing.T) {
	ps, err := Parse([]string{"no-overlap", "report", "order", "deposit<report"})
	if err != nil {
		t.Fatal(err)
	}
	marks := []string{"overlap report", "disorder deposit report"}
	r := &model.Result{Outcomes: []model.Outcome{
		{Value: "110\n", Marks: marks, Token: "hidden", Switches: 0},
		{Value: "100\n", Marks: marks, Token: "late", Switches: 2, Shows: []model.Rule{{First: 1, Then: 0}}},
		{Value: "90\n", Marks: marks, Token: "both", Switches: 3, Shows: []model.Rule{{First: 1, Then: 0}, {}}},
	}}
	v := Judge(ps, r)
	if v[0].Token != "both" || v[1].Token != "late" {
		t.Errorf("the examples are %q and %q", v[0].Token, v[1].Token)
	}
}

// Of the runs that race one is shown that comes out as no run does in which goroutines
// go on until they wait, though others have fewer switches: prices that never were.
func TestImpossibleExampleFirst(t *testing.T) {
	ps, err := Parse([]string{"race-free"})
	if err != nil {
		t.Fatal(err)
	}
	race := []string{"race"}
	r := &model.Result{Outcomes: []model.Outcome{
		{Value: "120 121\n", Marks: race, Token: "one after the other", Switches: 0},
		{Value: "100 101\n", Marks: race, Token: "the other first", Switches: 1},
		{Value: "120 121\n", Marks: []string{"race", "unjoined"}, Token: "also ordinary", Switches: 1, Preempted: true},
		{Value: "100 121\n", Marks: race, Token: "longer", Switches: 2, Preempted: true},
		{Value: "120 101\n", Marks: race, Token: "impossible", Switches: 1, Preempted: true},
	}}
	if v := Judge(ps, r)[0]; v.Token != "impossible" {
		t.Errorf("the example is %q", v.Token)
	}
}
