package explore

import (
	"fmt"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// TestLargeBugs: what goes wrong among many goroutines shows in a search that tries
// everything not much later than in one at random: a part of its runs is made at
// random. In the order of a tree the philosophers' circle closes in the last of
// 2^(philosophers-1) runs.
func TestLargeBugs(t *testing.T) {
	for _, c := range []struct{ program, constants string }{
		{"philosophers", "philosophers=12"},
		{"philosophers", "philosophers=20"},
		{"wronglock", "others=20"},
		{"reorder", "setters=6"},
	} {
		p := subjectFile(t, "testdata/sct/"+c.program+"-bug.go").with(t, c.constants)
		t.Run(p.name, func(t *testing.T) {
			program := p.build(t)
			sample := runsToBug(t, program, sched.SearchSample)
			for _, rung := range []string{sched.SearchDPOR, sched.SearchBound} {
				n := runsToBug(t, program, rung)
				if n == 0 || n > 10*sample+smallBugs {
					t.Errorf("%s shows the bug after %d runs, and one at random after %d", rung, n, sample)
				}
				t.Logf("%s: %d runs, at random %d", rung, n, sample)
			}
		})
	}
}

// smallBugs are the first runs, in which a search may know too little of the program.
const smallBugs = 64

// An outcome that only a run at random came to, of a search that tried everything,
// has a token and is called a fault of ours.
func TestProbeOutside(t *testing.T) {
	defer unchecked()()
	program, switches := losing(t)
	told := fmt.Sprintf("outcome 1 ok %q \"\" %q - 1 1 1 0 0 -\noutcome 2 ok %q \"\" %q - 0 0 0 1 1 %s\nprobes 2 1\n", "2\n", "", "1\n", "", scheduleText(switches))
	r := explored(t, telling(t, program, told), nil)
	if r.Level != model.Sampled || r.Fault == nil || r.Fault.Value != "1\n" || r.Fault.Token == "" || len(r.Notes) != 1 || len(r.Outcomes) != 2 {
		t.Errorf("%+v", r)
	}
}
