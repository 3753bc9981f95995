//go:build !race

package explore

import (
	"testing"

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
