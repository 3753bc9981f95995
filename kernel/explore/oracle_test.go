//go:build !race

package explore

import (
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/explore/wire"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// mostPlain is how many schedules a program of the oracle may have.
const mostPlain = 40_000

// TestOracle: on small programs the search that leaves most schedules out finds
// what those find that do not.
func TestOracle(t *testing.T) {
	all := oracles(t)
	together(t, all)
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if problem := difference(t, s.build(t), s.clock); problem != "" {
				t.Error(problem)
			}
		})
	}
}

// oracles are the programs of testdata/oracle.
func oracles(t *testing.T) (all []*subject) {
	t.Helper()
	files, err := filepath.Glob("testdata/oracle/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		all = append(all, subjectsOf(t, file)...)
	}
	return all
}

// tally is how often a program ends in one way.
type tally struct {
	Interleavings string // orders of the visible operations
	Classes       int
}

// difference holds the search to two oracles and says how it differs from them,
// "" if it does not. Trying each schedule, one by one, finds the same outcomes,
// each in as many runs as there are interleavings counted for it. Leaving out by
// sleep sets alone finds the same outcomes, each in as many classes. And no run
// outside a search ends otherwise.
func difference(t *testing.T, program run.Spec, clock sched.Clock) string {
	t.Helper()
	plain := searched(t, program, sched.Spec{Search: sched.SearchPlain, Clock: clock, Repeat: 2 * mostPlain})
	dpor := searched(t, program, sched.Spec{Search: sched.SearchDPOR, Clock: clock})
	sleep := searched(t, program, sched.Spec{Search: sched.SearchSleep, Clock: clock})
	switch {
	case plain.end == wire.EndBudget:
		return tooMany
	case plain.end != wire.EndDone || dpor.end != wire.EndDone || sleep.end != wire.EndDone:
		return fmt.Sprintf("the searches end with %q, %q, %q, not when all was done", plain.end, dpor.end, sleep.end)
	}
	got := talliesOf(dpor, func(o *found) tally { return tally{bigText(o.interleavings), o.classes} })
	oracle := talliesOf(plain, func(o *found) tally { return tally{fmt.Sprint(o.runs), 0} })
	for end, other := range talliesOf(sleep, func(o *found) tally { return tally{"", o.classes} }) {
		oracle[end] = tally{oracle[end].Interleavings, other.Classes}
	}
	if diff := cmp.Diff(oracle, got); diff != "" {
		return "oracle (-) and search (+) differ:\n" + diff + sums(dpor)
	}
	return sums(dpor) + unknown(t, program, clock, dpor) + alike(t, program, clock, dpor)
}

// tooMany says that a program is too large for an oracle.
const tooMany = "there are too many schedules to try each"

// seedsEach is in how many runs that are no part of a search a program is seen.
const seedsEach = 6

// unknown sees how runs end that are no part of a search, and that come between
// any two accesses to memory: everything must have found that, unless it says that
// it held chance fixed.
func unknown(t *testing.T, program run.Spec, clock sched.Clock, dpor report) (problem string) {
	t.Helper()
	if slices.ContainsFunc(dpor.notes, func(n wire.Note) bool { return n.Kind == wire.NoteRandom || n.Kind == wire.NoteMapOrder }) {
		return ""
	}
	known := map[string]bool{}
	for _, o := range dpor.outcomes {
		known[fmt.Sprintf("%s %q", o.status, o.value)] = true
	}
	for seed := range uint64(seedsEach) {
		o, err := replay(t.Context(), program, sched.Spec{Seed: seed + 1, Clock: clock}, nil)
		if err != nil || o.Execution == nil {
			t.Fatalf("seed %d: %v %+v", seed+1, err, o)
		}
		if end := fmt.Sprintf("%s %q", o.Execution.Status, o.Stdout); !known[end] {
			problem += fmt.Sprintf("a run of seed %d ends with %s, which was not found\n", seed+1, end)
		}
	}
	return problem
}

// sums says whether the classes of the outcomes are all, and those that are told
// one by one have the interleavings of all.
func sums(r report) (problem string) {
	var classes int
	outcomes, one := new(big.Int), new(big.Int)
	for _, o := range r.outcomes {
		classes += o.classes
		outcomes = plus(outcomes, o.interleavings)
	}
	if classes != r.progress.Classes {
		problem = fmt.Sprintf("%d classes in all, %d of the outcomes\n", r.progress.Classes, classes)
	}
	for _, c := range r.classes {
		one = plus(one, c.interleavings)
	}
	if classes <= keptClasses && (len(r.classes) != classes || bigText(one) != bigText(outcomes)) {
		problem += fmt.Sprintf("%d classes with %v interleavings are told one by one, not %d with %v\n", len(r.classes), one, classes, outcomes)
	}
	return problem
}

// plus is a+b, nil if either is.
func plus(a, b *big.Int) *big.Int {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Int).Add(a, b)
}

func runsOf(r report) (n int) {
	for _, o := range r.outcomes {
		n += o.runs
	}
	return n
}

// talliesOf counts by outcome: how it ended, what it printed, its values, its marks.
func talliesOf(r report, count func(*found) tally) map[string]tally {
	all := map[string]tally{}
	for i := range r.outcomes {
		o := &r.outcomes[i]
		all[fmt.Sprintf("%s %q %q %v", o.status, o.value, o.values, o.marks)] = count(o)
	}
	return all
}
