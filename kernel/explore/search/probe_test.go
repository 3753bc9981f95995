package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/sched"
)

// A part of the runs of a search that tries everything is made at random: nearly none
// of a small program's, half of a large one's, from the first on.
func TestProbes(t *testing.T) {
	for _, c := range []struct {
		name        string
		m           model
		mode        string
		runs        int
		least, most int // of them at random
	}{
		{"a few classes", lost(2, 2), "dpor", 1000, 0, 1},
		{"some thousand classes", lost(2, 4), "dpor", 2000, 20, 60},
		{"many", philosophers(7), "dpor", 200, 15, 40},
		{"very many", philosophers(30), "dpor", 40, 15, 20},
		{"very many, but others are made at random", philosophers(30), "bound", 80, 6, 10},
	} {
		got := c.m.search(t, Config{Mode: c.mode, Runs: c.runs, Seed: 1})
		if n := got.s.probes.runs; n < c.least || n > c.most {
			t.Errorf("%s: %d of %d runs of %s are made at random", c.name, n, got.s.made(), c.mode)
		}
	}
	if got := lost(2, 4).search(t, Config{Mode: "sleep", Runs: 2000}); got.s.probes.runs != 0 {
		t.Errorf("%d runs of sleep sets alone are made at random", got.s.probes.runs)
	}
}

// always has every other run of the tree's be one at random, whatever the size.
func always(s *Search) { s.probes.bits = largeBits + 1 }

// The runs at random change nothing of what the tree counts, and all of them end as
// one of the tree's does; so do the races.
func TestProbesApart(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	made := 0
	for range 200 {
		m := randomModel(random)
		alone := m.search(t, Config{Mode: "sleep", Runs: 3000})
		if alone.end != "done" {
			continue
		}
		mixed := m.each(t, Config{Mode: "dpor", Seed: 1}, func(s *Search, _ Ending) { always(s) })
		made += mixed.s.probes.runs
		counts := func(classes, _, n string) string { return classes + " of " + n }
		if diff := cmp.Diff(alone.by(counts), mixed.by(counts)); diff != "" {
			t.Fatalf("%q: without (-), with runs at random (+):\n%s", m.goroutines, diff)
		}
		if diff := cmp.Diff(alone.races, mixed.races); diff != "" {
			t.Fatalf("%q: races without (-), with runs at random (+):\n%s", m.goroutines, diff)
		}
		for _, o := range mixed.s.outcomes.all {
			if o.runs == 0 && o.probes > 0 {
				t.Fatalf("%q: only a run at random ends with %q", m.goroutines, o.value)
			}
		}
	}
	if made < 1000 {
		t.Errorf("only %d runs were made at random", made)
	}
}

// What is shown of an outcome is a run of the tree, where it has one.
func TestProbesAreNotShown(t *testing.T) {
	best := func(do func(*Search, Ending)) (all []string) {
		got := lost(2, 3).each(t, Config{Mode: "dpor", Seed: 1}, do)
		for _, o := range got.s.outcomes.all {
			all = append(all, o.value+" "+sched.FormatSwitches(o.best.Switches))
		}
		slices.Sort(all)
		return all
	}
	few := best(func(*Search, Ending) {})
	many := best(func(s *Search, _ Ending) { always(s) })
	if diff := cmp.Diff(few, many); diff != "" {
		t.Errorf("few runs at random (-), many (+):\n%s", diff)
	}
}

// The same search makes the same runs, whenever it makes them.
func TestProbesAgain(t *testing.T) {
	schedules := func() (all []string) {
		philosophers(10).each(t, Config{Mode: "dpor", Runs: 200, Seed: 1}, func(s *Search, _ Ending) {
			all = append(all, sched.FormatSwitches(s.Run.Switches))
		})
		return all
	}
	if !slices.Equal(schedules(), schedules()) {
		t.Error("the second search makes other runs than the first")
	}
}

// A circle of philosophers closes in the last of a tree's 2^(n-1) runs. A run at
// random closes it long before.
func TestProbesFind(t *testing.T) {
	for _, mode := range []string{"dpor", "bound"} {
		got := philosophers(12).search(t, Config{Mode: mode, Runs: 1000, Seed: 1})
		if !slices.ContainsFunc(got.s.outcomes.all, func(o *outcome) bool { return o.status == "deadlock" }) {
			t.Errorf("%s: no deadlock in %d runs, %d of them at random", mode, got.s.made(), got.s.probes.runs)
		}
	}
}
