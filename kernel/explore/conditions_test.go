//go:build !race

package explore

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"threading101/kernel/explore/wire"
	"threading101/kernel/proof/oracle"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

var (
	conditionPrograms = flag.Int("conditions", 120, "`number` of random programs with conditions")
	conditionFirst    = flag.Uint64("conditions.seed", 1, "seed of the first of them")
)

// perConditions is how many programs are built with the same conditions.
const perConditions = 30

// plainEach is of how many programs one is held to the plain search as well: it has the same
// outcomes, marks among them, and as many runs as there are interleavings.
const plainEach = 10

// condition is an expression over the variables that programs of the oracle share, in
// Go, and the same for the oracle.
type condition struct {
	expr string
	is   func(v oracle.Values) bool
}

// randomCondition makes one. What some of them read depends on what they have read.
func randomCondition(r *rand.Rand) condition {
	i, j, n, m := r.IntN(2), r.IntN(2), r.IntN(3), 1+r.IntN(2)
	all := []condition{
		{fmt.Sprintf("x%d <= %d", i, n), func(v oracle.Values) bool { return v.X[i] <= n }},
		{fmt.Sprintf("x0 == %d || x1 != %d", n, m), func(v oracle.Values) bool { return v.X[0] == n || v.X[1] != m }},
		{fmt.Sprintf("x0 != %d || x1 == %d", m, n), func(v oracle.Values) bool { return v.X[0] != m || v.X[1] == n }},
		{fmt.Sprintf("x0 + x1 != %d", m), func(v oracle.Values) bool { return v.X[0]+v.X[1] != m }},
		{fmt.Sprintf("x%d == 0 || n%d.Load() != %d", i, j, m), func(v oracle.Values) bool { return v.X[i] == 0 || v.N[j] != m }},
		{fmt.Sprintf("n%d.Load() <= %d", i, n), func(v oracle.Values) bool { return v.N[i] <= n }},
		{fmt.Sprintf("n0.Load() != %d || n1.Load() == %d", m, n), func(v oracle.Values) bool { return v.N[0] != m || v.N[1] == n }},
		{fmt.Sprintf("n%d.Load() == 0 || x%d != %d", i, j, n), func(v oracle.Values) bool { return v.N[i] == 0 || v.X[j] != n }},
		{"x0 <= x1", func(v oracle.Values) bool { return v.X[0] <= v.X[1] }},
	}
	return all[r.IntN(len(all))]
}

// TestConditions holds what is found of conditions to every state of random programs:
// at all moments at which nobody holds a lock, and in the end.
func TestConditions(t *testing.T) {
	for first := 0; first < *conditionPrograms; first += perConditions {
		seed := *conditionFirst + uint64(first)
		t.Run(fmt.Sprint("from ", seed), func(t *testing.T) {
			t.Parallel()
			holdConditions(t, seed, min(perConditions, *conditionPrograms-first))
		})
	}
}

func holdConditions(t *testing.T, seed uint64, n int) {
	r := rand.New(rand.NewPCG(seed, 1))
	always := []condition{randomCondition(r), randomCondition(r)}
	inEnd := randomCondition(r)
	if always[0].expr == always[1].expr {
		always = always[:1]
	}
	programs, moments := changing(t, seed, n)
	s := &subject{name: "conditions", src: oracle.Sharing(programs), clock: sched.Free, in: []string{inEnd.expr}}
	for _, c := range always {
		s.always = append(s.always, c.expr)
	}
	built := s.build(t)
	var wait sync.WaitGroup
	free := make(chan bool, atOnce)
	for i, p := range programs {
		free <- true
		wait.Go(func() {
			defer func() { <-free }()
			one := built
			one.Args = []string{fmt.Sprint(i)}
			var want []string
			for j, c := range always {
				want = append(want, verdictOf(moments[i].Free, c, fmt.Sprint("false-", j))...)
			}
			want = append(want, verdictOf(moments[i].Ends, inEnd, fmt.Sprint("false-", len(always)))...)
			problem := otherMarks(t, one, want)
			if i%plainEach == 0 && problem == "" {
				problem = difference(t, one, sched.Free)
			}
			if problem != "" && problem != tooMany {
				t.Errorf("always %q, eventually %q: %s\n%s", s.always, s.in, problem, oracle.Sharing([]*oracle.Program{p}))
			}
		})
	}
	wait.Wait()
}

// changing are random programs that change their variables, and come to an end.
func changing(t *testing.T, seed uint64, n int) (all []*oracle.Program, moments []*oracle.Moments) {
	for seed *= 1000; len(all) < n; seed++ {
		p, ends := oracle.Random(seed, oracle.Small)
		if !p.Writes() || p.Loops() || ends.Circles || ends.Endless {
			continue
		}
		m, err := p.Moments(2 * oracle.Small.States)
		if err != nil {
			t.Fatal(err)
		}
		all, moments = append(all, p), append(moments, m)
	}
	return all, moments
}

// verdictOf is the mark of a condition that some of the values break.
func verdictOf(all map[oracle.Values]bool, c condition, mark string) []string {
	for v := range all {
		if !c.is(v) {
			return []string{mark}
		}
	}
	return nil
}

// otherMarks says how what is found differs from what there is: each condition that is
// broken somewhere is to be found so in some run, and no other.
func otherMarks(t *testing.T, program run.Spec, want []string) string {
	dpor := searched(t, program, sched.Spec{Search: sched.SearchDPOR, Clock: sched.Free, Budget: uint64(soon)})
	got := untrue(dpor)
	switch {
	case dpor.end != wire.EndDone:
		return "the search ends with " + dpor.end.String()
	case slices.ContainsFunc(dpor.notes, func(n wire.Note) bool { return n.Kind == wire.NoteMoments }):
		return "not every moment was seen"
	case !slices.Equal(got, want):
		return fmt.Sprintf("found %q, and there are %q", got, want)
	}
	return ""
}

// untrue are the marks of conditions that were found not to be true.
func untrue(all ...report) (marks []string) {
	for _, r := range all {
		for _, o := range r.outcomes {
			for _, mark := range o.marks {
				if strings.HasPrefix(mark, markFalse) && !slices.Contains(marks, mark) {
					marks = append(marks, mark)
				}
			}
		}
	}
	slices.Sort(marks)
	return marks
}

// TestConditionsShared: processes that divide a search know from each other which
// writes matter. Two independent ones have two orders, each with a state of its own.
func TestConditionsShared(t *testing.T) {
	s := &subject{name: "shared", clock: sched.Free, always: []string{"x == 0 || y == 1", "y == 0 || x == 1", "x + y < 3"}, src: `package main

import "sync"

var x, y int

func main() {
	var wg sync.WaitGroup
	wg.Go(func() { x = 1 })
	wg.Go(func() { y = 1 })
	wg.Wait()
}
`}
	program := s.build(t)
	first := searched(t, program, sched.Spec{Search: sched.SearchDPOR})
	known := racing([]report{first})
	var parts []report
	for i := range uint64(2) {
		parts = append(parts, searched(t, program, sched.Spec{Search: sched.SearchDPOR, Share: i, Shares: 2, Visible: known}))
	}
	if got, want := untrue(parts...), []string{"false-0", "false-1"}; !slices.Equal(got, want) || len(racing(parts)) > 0 {
		t.Errorf("found %q, want %q; new sites %v", got, want, racing(parts))
	}
}
