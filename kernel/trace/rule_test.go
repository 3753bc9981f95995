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
	const begin = "main start\nmain go A\nmain go B\nA start\nB start\n"
	overlap, order := model.Rule{}, model.Rule{Then: 1}
	for _, c := range []struct {
		about, run string
		rule       model.Rule
		want       string
	}{
		{"one after the other", "A enter 0\nA print a\nA print b\nA leave 0\nB enter 0\nB print c\nB leave 0\n", overlap, ""},
		{"one within the other", "A enter 0\nA print a\nB enter 0\nB print c\nB leave 0\nA print b\nA leave 0\n", overlap, "A until 5, B from 4"},
		{"begun when the last step was made", "A enter 0\nA print a\nB enter 0\nA print b\nA leave 0\nB print c\nB leave 0\n", overlap, ""},
		{"one that is never over", "A enter 0\nA print a\nB enter 0\nB print c\nB leave 0\n", overlap, "A until 3, B from 4"},
		{"in order", "A enter 0\nA print a\nA leave 0\nB enter 1\nB print c\nB leave 1\n", order, ""},
		{"before the first has begun", "B enter 1\nB print c\nB leave 1\nA enter 0\nA print a\nA leave 0\n", order, "A until 4, B from 3"},
		{"calls without steps", "A enter 0\nB enter 1\nB leave 1\nA leave 0\n", order, ""},
	} {
		x := told(t, begin+c.run+"main end\n")
		x.Rules = []model.Rule{c.rule}
		got, steps := "", trace.Steps(x)
		for _, b := range trace.Breaches(x, steps) {
			step := func(event int) int { return steps.List[steps.Of[event]].N }
			got += fmt.Sprintf("%s until %d, %s from %d", x.Goroutines[b.Before.G].Name, step(b.Until), x.Goroutines[b.After.G].Name, step(b.Begins))
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}
