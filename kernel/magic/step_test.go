package magic

import "testing"

func TestParseStep(t *testing.T) {
	for code, want := range map[string]struct{ from, goal string }{
		"%step":                                {},
		"//t101:step":                          {},
		"%step t2-x7k2m-s12.3-manual@7":        {from: "t2-x7k2m-s12.3-manual@7"},
		"%step T2–X7K2M–5–MANUAL @ 7":          {from: "T2–X7K2M–5–MANUAL@7"},
		"%step -goal deadlock":                 {goal: "deadlock"},
		"%step –goal total == 110":             {goal: "total == 110"},
		"//t101:step --goal output A: 1":       {goal: "output A: 1"},
		"%step t2-x7k2m-5-manual@3 -goal lost": {from: "t2-x7k2m-5-manual@3", goal: "lost"},
		"%step -goal lost t2-x7k2m-5-manual":   {from: "t2-x7k2m-5-manual", goal: "lost"},
	} {
		c, err := Parse(code + "\nfunc main() {}")
		if err != nil || !c.Step || c.StepFrom != want.from || c.StepGoal != want.goal {
			t.Errorf("%q: %v, from %q, goal %q", code, err, c.StepFrom, c.StepGoal)
		}
	}
	for _, bad := range []string{"%step 7", "%step -goal", "%step t2-x@7 -goal", "%step deadlock"} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
