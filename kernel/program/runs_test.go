package program

import (
	"fmt"
	"testing"

	"threading101/kernel/model"
)

func TestRunsAreBounded(t *testing.T) {
	var r runs
	for i := range 3 * runsKept {
		x := &model.Execution{Token: fmt.Sprint("t", i), Events: make([]model.Event, 10)}
		last := r.swap(past{fmt.Sprint(i % 3), i, x, 0})
		if i >= 3 && last.number != i-3 {
			t.Fatalf("run %d: the one before was %d", i, last.number)
		}
	}
	if len(r.list) != runsKept {
		t.Errorf("%d runs are kept", len(r.list))
	}
	if _, ok := r.ofToken("t0"); ok {
		t.Error("the first run is still there")
	}
	if p, ok := r.ofToken(fmt.Sprint("t", 3*runsKept-1)); !ok || p.number != 3*runsKept-1 {
		t.Error("the last run is not there")
	}
	large := &model.Execution{Events: make([]model.Event, runsBytes/2/runsPerEvent)}
	for range 10 {
		r.swap(past{"large", 0, large, 0})
	}
	if len(r.list) != runsAtLeast || r.size < 2*runsBytes/2 || r.size > 3*runsBytes {
		t.Errorf("%d runs, %d bytes", len(r.list), r.size)
	}
	if a, b, ok := r.lastTwo(); !ok || a.cell != "large" || b.cell != "large" {
		t.Errorf("%v", ok)
	}
	if _, ok := r.ofToken(""); ok {
		t.Error("a run without a token is found by none")
	}
}

func TestLastTwoAreOfOneCell(t *testing.T) {
	var r runs
	if _, _, ok := r.lastTwo(); ok {
		t.Error("two runs of none")
	}
	for i, cell := range []string{"a", "b", "b", "a", "c", "a"} {
		r.swap(past{cell, i, &model.Execution{}, 0})
	}
	if a, b, ok := r.lastTwo(); !ok || a.number != 3 || b.number != 5 {
		t.Errorf("%d, %d, %v", a.number, b.number, ok)
	}
	r.swap(past{"d", 6, &model.Execution{}, 0})
	if _, _, ok := r.lastTwo(); ok {
		t.Error("d was run once")
	}
}
