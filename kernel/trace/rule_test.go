package trace_test

import (
	"fmt"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// Two calls break a rule where a step of the later one comes before the last of the
// earlier one, or that one is never over; where it has not begun they do, too.
func TestBreaches(t *testing.T) {
	const begin = "main start\nmain go A\nmain go B\nmain go C\nA start\nB start\nC start\n"
	overlap, order, two := model.Rule{}, model.Rule{Then: 1}, model.Rule{Most: 2}
	for _, c := range []struct {
		about, run string
		rule       model.Rule
		want       string
	}{
		{"one after the other", "A enter 0\nA print a\nA print b\nA leave 0\nB enter 0\nB print c\nB leave 0\n", overlap, ""},
		{"one within the other", "A enter 0\nA print a\nB enter 0\nB print c\nB leave 0\nA print b\nA leave 0\n", overlap, "A until 7, B from 6"},
		{"begun when the last step was made", "A enter 0\nA print a\nB enter 0\nA print b\nA leave 0\nB print c\nB leave 0\n", overlap, ""},
		{"one that is never over", "A enter 0\nA print a\nB enter 0\nB print c\nB leave 0\n", overlap, "A until 5, B from 6"},
		{"in order", "A enter 0\nA print a\nA leave 0\nB enter 1\nB print c\nB leave 1\n", order, ""},
		{"before the first has begun", "B enter 1\nB print c\nB leave 1\nA enter 0\nA print a\nA leave 0\n", order, "A until 6, B from 5"},
		{"two, then a third", "A enter 0\nA print a\nB enter 0\nB print b\nA print a\nA leave 0\nC enter 0\nC print c\nC leave 0\nB print b\nB leave 0\n", two, ""},
		{"three at once", "A enter 0\nA print a\nB enter 0\nB print b\nC enter 0\nC print c\nC leave 0\nA print a\nA leave 0\nB print b\nB leave 0\n", two, "A until 7, C from 6, with B"},
		{"a call within a call counts once", "A enter 0\nA print a\nA enter 0\nA print a\nB enter 0\nB print b\nB leave 0\nA leave 0\nA print a\nA leave 0\n", two, ""},
		{"calls without steps", "A enter 0\nB enter 1\nB leave 1\nA leave 0\n", order, ""},
	} {
		x := told(t, begin+c.run+"main end\n")
		x.Rules = []model.Rule{c.rule}
		got, steps := "", trace.Steps(x)
		for _, b := range trace.Breaches(x, steps) {
			step := func(event int) int { return steps.List[steps.Of[event]].N }
			got += fmt.Sprintf("%s until %d, %s from %d", x.Goroutines[b.Before.G].Name, step(b.Until), x.Goroutines[b.After.G].Name, step(b.Begins))
			for _, other := range b.Others {
				got += ", with " + x.Goroutines[other.G].Name
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}
