package sched

import (
	"testing"

	"pgregory.net/rapid"
)

// What a replay did is said by its switches; a source that records its own
// decisions as switches is replayed by them, whatever it decided.
func TestReplayPlaysWhatWasDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := NewRandom(rapid.Uint64().Draw(t, "seed"))
		points, chosen, picks, switches, current := []Point{}, []int{}, []int{}, []Switch{}, uint32(1)
		for step := range uint64(rapid.IntRange(0, 30).Draw(t, "steps")) {
			if random.Pick(3) == 0 { // a choice of another kind
				n := random.Pick(4)
				if n > 0 {
					switches = append(switches, Switch{uint64(len(picks)), Picked + uint32(n)})
				}
				picks = append(picks, n)
				continue
			}
			ready := []uint32{2, 3, 1, 7}[:2+random.Pick(3)]
			p := Point{Step: step, Current: current, N: len(ready), Ready: func() []uint32 { return ready }}
			i := random.Choose(&p)
			stay := place(ready, current)
			if stay < 0 {
				stay = lowest(ready)
			}
			if i != stay {
				switches = append(switches, Switch{step, ready[i]})
			}
			current = ready[i]
			points, chosen = append(points, p), append(chosen, i)
		}
		replay := Spec{Switches: switches}.Source().(*Replay)
		for i := range points {
			if got := replay.Choose(&points[i]); got != chosen[i] {
				t.Fatalf("after %d steps %d, want %d", points[i].Step, got, chosen[i])
			}
		}
		for i, want := range picks {
			if got := replay.Pick(4); got != want {
				t.Fatalf("choice %d: %d, want %d", i, got, want)
			}
		}
		if s, misfit := replay.Misfit(); misfit {
			t.Fatalf("%v did not fit", s)
		}
	})
}

// A switch that cannot be played is named, and the run stays where it is.
func TestReplayMisfit(t *testing.T) {
	tests := []struct {
		name string
		s    Switch
		want int
	}{
		{"cannot go on", Switch{3, 5}, 1},
		{"no choice there", Switch{2, 4}, 1},
		{"fits", Switch{3, 4}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := NewReplay([]Switch{test.s})
			if got := r.Choose(&Point{Step: 3, Current: 9, N: 2, Ready: func() []uint32 { return []uint32{4, 9} }}); got != test.want {
				t.Errorf("chose %d, want %d", got, test.want)
			}
			if s, misfit := r.Misfit(); misfit != (test.want == 1) || misfit && s != test.s {
				t.Errorf("misfit %v, %v", s, misfit)
			}
		})
	}
	r := NewReplay([]Switch{{0, Picked + 2}})
	if r.Pick(2) != 0 {
		t.Error("picked what there is not")
	}
	if _, misfit := r.Misfit(); !misfit {
		t.Error("a choice with too few numbers fits")
	}
}
