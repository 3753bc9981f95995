package search

import (
	"slices"
	"testing"

	"threading101/kernel/sched"
)

// TestSampleWays: each of the three ways finds a deadlock of three philosophers
// within a thousand runs, and that two of four updates are lost.
func TestSampleWays(t *testing.T) {
	for name, c := range map[string]struct {
		m   model
		bug func(Ending) bool
	}{
		"philosophers": {philosophers(3), func(e Ending) bool { return e.Status == "deadlock" }},
		"lost update":  {lost(2, 2), func(e Ending) bool { return string(e.Output) == "[2 0 0 0 0 0 0 0]" }},
	} {
		for seed := range uint64(3) {
			var first, made [3]int
			c.m.each(t, Config{Mode: "sample", Seed: seed, Runs: 3000}, func(s *Search, e Ending) {
				way := s.sampler.runs % 3
				made[way]++
				if first[way] == 0 && c.bug(e) {
					first[way] = made[way]
				}
			})
			for way := range first {
				if first[way] == 0 || made[way] < 900 {
					t.Errorf("%s, seed %d: way %d does not find it in %d runs", name, seed, way, made[way])
				}
			}
		}
	}
}

// Equal seeds, equal schedules.
func TestSampleSeed(t *testing.T) {
	schedules := func(seed uint64) (all []string) {
		lost(2, 3).each(t, Config{Mode: "sample", Seed: seed, Runs: 60}, func(s *Search, _ Ending) {
			all = append(all, sched.FormatSwitches(s.Run.Switches))
		})
		return all
	}
	if !slices.Equal(schedules(1), schedules(1)) {
		t.Error("a seed does not give the same schedules again")
	}
	if slices.Equal(schedules(1), schedules(2)) {
		t.Error("another seed gives the same schedules")
	}
}

// An edge is taken at once, whatever was drawn.
func TestSampleEdge(t *testing.T) {
	var h History
	h.Reset(4)
	for range 3 {
		h.Spawn(-1)
	}
	s := &sampler{h: &h, next: sched.NewRandom(1).Next}
	var c Choice
	for range 9 {
		s.begin()
		c.Begin(-1)
		c.Add(Move{Proc: 0, Partner: -1, Counted: true}, Access{1, Write})
		c.Add(Move{Proc: 1, Partner: -1, Edge: true})
		c.Add(Move{Proc: 2, Partner: -1, Counted: true}, Access{1, Write})
		if got := s.choose(&c); got != 1 {
			t.Errorf("way %d chooses move %d", s.runs%3, got)
		}
	}
}

// Who has alternatives takes each of them.
func TestSampleAlternatives(t *testing.T) {
	var h History
	h.Reset(2)
	h.Spawn(-1)
	s := &sampler{h: &h, next: sched.NewRandom(1).Next}
	var c Choice
	c.Begin(-1)
	for key := range uint32(3) {
		c.Add(Move{Proc: 0, Partner: -1, Key: key, Counted: true}, Access{1, Write})
	}
	var seen [3][3]int // by way
	for range 300 {
		s.begin()
		seen[s.runs%3][s.choose(&c)]++
	}
	for way, counts := range seen {
		for i, n := range counts {
			if n < 15 {
				t.Errorf("way %d chooses alternative %d %d times in 100", way, i, n)
			}
		}
	}
}
