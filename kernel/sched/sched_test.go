package sched

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSpecRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Spec{
			Seed: rapid.Uint64().Draw(t, "seed"), Clock: Clock(rapid.IntRange(0, 1).Draw(t, "clock")),
			Steps: rapid.Uint64().Draw(t, "steps"), Repeat: rapid.Uint64().Draw(t, "repeat"),
			Backend: Backend(rapid.IntRange(0, 1).Draw(t, "backend")),
			Search:  rapid.SampledFrom([]string{"", SearchDPOR, SearchBound, SearchSample, SearchFind, SearchPlain, SearchSleep}).Draw(t, "search"),
			Budget:  rapid.Uint64().Draw(t, "budget"),
		}
		if s.Shares = rapid.Uint64Range(0, 8).Draw(t, "shares"); s.Shares > 0 {
			s.Share = rapid.Uint64Range(0, s.Shares-1).Draw(t, "share")
		}
		s.Later, s.Ends, s.Marks = drawSeeds(t), rapid.Bool().Draw(t, "ends"), rapid.Bool().Draw(t, "marks")
		s.Values = rapid.Bool().Draw(t, "values")
		s.Turns, s.Begun = rapid.Uint64().Draw(t, "turns"), rapid.Bool().Draw(t, "begun")
		s.Choices, s.Led = rapid.Bool().Draw(t, "choices"), rapid.Uint64().Draw(t, "led")
		if s.Then = Then(rapid.IntRange(0, 2).Draw(t, "then")); s.Then != ThenSame {
			s.Made = rapid.Uint64().Draw(t, "made")
		}
		if s.Then == ThenSeed {
			s.Rest = rapid.Uint64().Draw(t, "rest")
		}
		for range rapid.IntRange(0, 3).Draw(t, "visible") {
			s.Visible = append(s.Visible, rapid.Uint32Range(0, Picked-1).Draw(t, "site"))
		}
		for range 2 * rapid.IntRange(0, 2).Draw(t, "limits") {
			s.AtOnce = append(s.AtOnce, rapid.Uint32Range(0, Picked-1).Draw(t, "limit"))
		}
		for range rapid.IntRange(0, 2).Draw(t, "numbers") {
			s.Started = append(s.Started, rapid.Uint32Range(0, Picked-1).Draw(t, "started"))
		}
		if rapid.Bool().Draw(t, "switched") {
			s.Switches = []Switch{}
			for range rapid.IntRange(0, 5).Draw(t, "n") {
				s.Switches = append(s.Switches, Switch{rapid.Uint64().Draw(t, "step"), rapid.Uint32().Draw(t, "to")})
			}
		}
		got, ok := ParseSpec(s.String())
		if !ok || got.String() != s.String() || (got.Switches == nil) != (s.Switches == nil) || got.Search != s.Search ||
			got.Budget != s.Budget || got.Choices != s.Choices || got.Led != s.Led || got.Turns != s.Turns || got.Begun != s.Begun || got.Then != s.Then || got.Made != s.Made || got.Rest != s.Rest || got.Values != s.Values || len(got.Visible) != len(s.Visible) || !slices.Equal(got.AtOnce, s.AtOnce) || !slices.Equal(got.Started, s.Started) || got.Share != s.Share || !slices.Equal(got.Later, s.Later) || got.Ends != s.Ends || got.Marks != s.Marks || got.Shares != s.Shares {
			t.Fatalf("%q was read as %q, %v", s, got, ok)
		}
	})
}

// The numbers are part of every token that was ever shown: they must not change.
func TestRandomStaysAsItIs(t *testing.T) {
	r := NewRandom(482913)
	var got [12]int
	for i := range got {
		got[i] = r.Pick(3)
	}
	if want := [12]int{0, 1, 2, 2, 1, 0, 1, 2, 1, 2, 1, 2}; got != want {
		t.Errorf("picked %v, want %v", got, want)
	}
	if first := NewRandom(0).Next(); first != 0xe220a8397b1dcdaf {
		t.Errorf("the first number of seed 0 is %#x", first)
	}
}

// One seed in four hurries main on: it goes on nearly always where it can. The others
// prefer nobody.
func TestRandomHurries(t *testing.T) {
	const seeds, asked = 400, 200
	ready := []uint32{3, 1, 2, 7}
	hurried := 0
	for seed := range uint64(seeds) {
		r, again := NewRandom(seed), NewRandom(seed)
		mains := 0
		for range asked {
			p := &Point{N: len(ready), Main: 1}
			i := r.Choose(p)
			if i != again.Choose(p) {
				t.Fatalf("seed %d does not choose the same again", seed)
			}
			if ready[i] == 1 {
				mains++
			}
		}
		switch share := float64(mains) / asked; {
		case share > 0.65:
			hurried++
		case share > 0.45:
			t.Errorf("seed %d: main goes on in %.2f of the choices", seed, share)
		}
	}
	if hurried < seeds/6 || hurried > seeds/3 {
		t.Errorf("%d of %d seeds hurry", hurried, seeds)
	}
	for seed := range uint64(seeds) {
		if i := NewRandom(seed).Choose(&Point{N: 2, Main: -1}); i < 0 || i > 1 {
			t.Errorf("seed %d: without main there is no choice %d", seed, i)
		}
	}
}
