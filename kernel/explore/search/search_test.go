package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLost: the numbers of lost updates that are known in closed form, or from
// other searches.
func TestLost(t *testing.T) {
	for _, c := range []struct {
		k, n          int
		interleavings string
		classes       int
		outcomes      int
	}{
		{2, 1, "6", 4, 2},
		{2, 2, "70", 34, 3},
		{2, 3, "924", 328, 5},
		{3, 1, "90", 36, 3},
		{4, 1, "2520", 576, 4},
	} {
		got := lost(c.k, c.n).search(t, Config{Mode: "dpor"})
		classes, _, interleavings := got.total()
		if classes != c.classes || interleavings.String() != c.interleavings || len(got.by(nothing)) != c.outcomes {
			t.Errorf("lost %dx%d: %d classes, %v interleavings, %d outcomes, not %d, %s, %d", c.k, c.n, classes, interleavings, len(got.by(nothing)), c.classes, c.interleavings, c.outcomes)
		}
	}
}

func nothing(_, _, _ string) string { return "" }

// TestPhilosophers: one class of each size of the table ends in a deadlock.
func TestPhilosophers(t *testing.T) {
	for n, want := range map[int]string{2: "6 3", 3: "168 7", 4: "98184 15"} {
		got := philosophers(n).search(t, Config{Mode: "dpor"})
		classes, _, interleavings := got.total()
		if text := fmt.Sprint(interleavings, " ", classes); text != want {
			t.Errorf("%d philosophers: interleavings and classes are %s, not %s", n, text, want)
		}
	}
}

// mostPlain is how many schedules a random model may have.
const mostPlain = 1_000

// TestOracles: on random models the search that leaves most out finds the outcomes
// that trying each schedule finds, each in as many runs as it counts, and as many
// classes as sleep sets alone.
func TestOracles(t *testing.T) {
	const models = 200
	random := rand.New(rand.NewPCG(1, 2))
	deadlocks := 0
	for made := 0; made < models; {
		m := randomModel(random)
		plain := m.search(t, Config{Mode: "plain", Runs: mostPlain})
		if plain.end == "budget" {
			continue
		}
		made++
		dpor, sleep, bound := m.search(t, Config{Mode: "dpor"}), m.search(t, Config{Mode: "sleep"}), m.search(t, Config{Mode: "bound"})
		if diff := cmp.Diff(plain.by(func(_, runs, _ string) string { return runs }), dpor.by(func(_, _, n string) string { return n })); diff != "" {
			t.Fatalf("%q: each schedule (-), all classes (+):\n%s", m.goroutines, diff)
		}
		classes := func(classes, _, n string) string { return classes + " of " + n }
		if diff := cmp.Diff(sleep.by(classes), dpor.by(classes)); diff != "" {
			t.Fatalf("%q: sleep sets alone (-), all classes (+):\n%s", m.goroutines, diff)
		}
		if diff := cmp.Diff(plain.by(nothing), bound.by(nothing)); diff != "" {
			t.Fatalf("%q: each schedule (-), each with 0, 1, 2… preemptions (+):\n%s", m.goroutines, diff)
		}
		if len(plain.notes)+len(dpor.notes)+len(sleep.notes)+len(bound.notes) > 0 {
			t.Fatalf("%q: a search notes %v %v %v %v", m.goroutines, plain.notes, dpor.notes, sleep.notes, bound.notes)
		}
		if diff := cmp.Diff(plain.races, dpor.races); diff != "" {
			t.Fatalf("%q: races found by each schedule (-), all classes (+):\n%s", m.goroutines, diff)
		}
		for end := range dpor.by(nothing) {
			if strings.HasPrefix(end, "deadlock") {
				deadlocks++
				break
			}
		}
	}
	if deadlocks < models/10 || deadlocks > models*9/10 {
		t.Errorf("%d of %d models can deadlock: they are no good examples", deadlocks, models)
	}
}

// randomModel makes a small one: two variables, an atomic, two mutexes, a channel.
func randomModel(r *rand.Rand) (m model) {
	for range 2 + r.IntN(2) {
		var ops []string
		for range 1 + r.IntN(3) {
			ops = append(ops, randomPart(r))
		}
		m.goroutines = append(m.goroutines, strings.Join(ops, " "))
	}
	return m
}

func randomPart(r *rand.Rand) string {
	simple := func() string { return []string{"r0", "w0", "r1", "w1", "n0", "o0", "b0", "b0", "b0"}[r.IntN(9)] }
	switch r.IntN(8) {
	case 0:
		return fmt.Sprintf("l0 %s u0", simple())
	case 1:
		return fmt.Sprintf("l1 %s u1", simple())
	case 2:
		a := r.IntN(2)
		return fmt.Sprintf("l%d l%d %s u%d u%d", a, 1-a, simple(), 1-a, a)
	case 3:
		return "s0"
	case 4:
		return "v0"
	}
	return simple()
}

// TestEnd: what ends a search before all is tried.
func TestEnd(t *testing.T) {
	now := int64(0)
	clock := func() int64 { now++; return now }
	for name, c := range map[string]struct {
		m    model
		cfg  Config
		end  string
		runs int // at most
		note string
	}{
		"all":       {lost(2, 2), Config{Mode: "dpor"}, "done", 1000, ""},
		"runs":      {lost(2, 2), Config{Mode: "dpor", Runs: 7}, "budget", 7, ""},
		"time":      {lost(2, 3), Config{Mode: "dpor", Now: clock, Budget: 5}, "budget", 150, ""},
		"stopped":   {lost(2, 3), Config{Mode: "sample", Stopped: func() bool { return true }}, "stopped", 16, ""},
		"too large": {model{goroutines: slices.Repeat([]string{"n0"}, MaxProcs)}, Config{Mode: "sample"}, "limit", 0, "many-goroutines"},
	} {
		got := c.m.search(t, c.cfg)
		if got.end != c.end || got.s.runs > c.runs || strings.Join(got.notes, " ") != c.note {
			t.Errorf("%s: it ends with %q after %d runs, notes %v", name, got.end, got.s.runs, got.notes)
		}
	}
}

// Where there are more goroutines than there was room for, the run is made again.
func TestWider(t *testing.T) {
	m := model{goroutines: slices.Repeat([]string{"n0"}, 30), finals: true}
	got := m.search(t, Config{Mode: "sample", Runs: 5})
	if want := map[string]string{`ok "[0 0 0 0 30 0 0 0]" -`: "5"}; !maps.Equal(got.by(func(_, runs, _ string) string { return runs }), want) {
		t.Errorf("%v", got.outcomes)
	}
}

// The levels that are completed are told one by one, each once, the last when
// nothing was left out.
func TestLevels(t *testing.T) {
	if got := lost(2, 1).search(t, Config{Mode: "dpor"}).levels; !slices.Equal(got, []string{"dpor 0"}) {
		t.Errorf("all classes: %v", got)
	}
	got := lost(2, 1).search(t, Config{Mode: "bound"}).levels
	for k := range len(got) - 1 {
		if got[k] != fmt.Sprint("bound ", k) {
			t.Errorf("level %d is %s", k, got[k])
		}
	}
	if len(got) < 3 || len(got) > 5 || got[len(got)-1] != "plain 0" {
		t.Errorf("few preemptions first: %v", got)
	}
}

// TestBump: additions commute if nobody looks at the sums.
func TestBump(t *testing.T) {
	for _, c := range []struct {
		goroutines []string
		want       string
	}{
		{[]string{"b0 b0", "b0 b0", "b0 b0"}, "90 interleavings in 1 class, 1 outcome"},
		{[]string{"n0 n0", "n0 n0", "n0 n0"}, "90 interleavings in 90 classes, 90 outcomes"},
		{[]string{"b0", "b0", "o0"}, "6 interleavings in 4 classes, 3 outcomes"},
		{[]string{"b0", "n0"}, "2 interleavings in 2 classes, 2 outcomes"},
		{[]string{"b0", "b1"}, "2 interleavings in 1 class, 1 outcome"},
	} {
		got := model{goroutines: c.goroutines}.search(t, Config{Mode: "dpor"})
		classes, _, interleavings := got.total()
		text := fmt.Sprintf("%v interleavings in %s, %s", interleavings, counted(classes, "class", "classes"), counted(len(got.by(nothing)), "outcome", "outcomes"))
		if text != c.want {
			t.Errorf("%q: %s, not %s", c.goroutines, text, c.want)
		}
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// TestBumpRace: which addition came first may order what is done around them. The
// race is found, and the one run is told apart that does not have it.
func TestBumpRace(t *testing.T) {
	want := map[string]string{
		`ok "[101 0 0 0 2 0 0 0]" race`: "1",
		`ok "[201 0 0 0 2 0 0 0]" race`: "4",
		`ok "[201 0 0 0 2 0 0 0]" -`:    "1",
	}
	got := model{goroutines: []string{"w0 b0", "b0 w0"}, finals: true}.search(t, Config{Mode: "dpor"})
	if diff := cmp.Diff(want, got.by(func(_, _, n string) string { return n })); diff != "" || len(got.races) != 1 {
		t.Errorf("wanted (-), counted (+):\n%s%v", diff, got.races)
	}
}

// TestReadBetween: a variable is written, somebody who waits for that reads it, and
// then somebody reads it who does not. The first of the two readers made the search
// forget the write, and there is no other order to try in which it shows.
func TestReadBetween(t *testing.T) {
	m := model{goroutines: []string{"v0 r0", "n0 r0", "w0 s0"}}
	for _, mode := range []string{"plain", "sleep", "dpor"} {
		if got := m.search(t, Config{Mode: mode}); len(got.races) != 1 {
			t.Errorf("search=%s finds the races %v", mode, got.races)
		}
	}
}
