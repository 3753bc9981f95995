package speed

import (
	"slices"
	"testing"
)

func TestReadProcs(t *testing.T) {
	for text, want := range map[string][]int{
		"1,2,4": {1, 2, 4}, "4,1,2,2": {1, 2, 4}, "1, 2": {1, 2}, "1024": {1024}, "1,2,3,4,5,6,7,8": {1, 2, 3, 4, 5, 6, 7, 8},
		"": nil, "0": nil, "-1": nil, "1,,2": nil, "1,x": nil, "1025": nil, "1,2,3,4,5,6,7,8,9": nil, "1.5": nil,
	} {
		if got, ok := ReadProcs(text); ok != (want != nil) || ok && !slices.Equal(got, want) {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for text, want := range map[string]bool{"1": true, "50": true, "0": false, "51": false, "x": false, "": false} {
		if _, ok := ReadRepeat(text); ok != want {
			t.Errorf("repeat %q: %v", text, ok)
		}
	}
}

// TestPlan: what is not said is usual: seven runs, and 1, 2, 4, … up to the machine's.
func TestPlan(t *testing.T) {
	for machine, want := range map[int][]int{1: {1}, 2: {1, 2}, 3: {1, 2, 3}, 8: {1, 2, 4, 8}, 300: {1, 2, 4, 8, 16, 32, 64, 300}} {
		if p := (Wish{Repeat: 3}).Plan(machine); !slices.Equal(p.Procs, want) || p.Repeat != 3 {
			t.Errorf("%d: %v", machine, p)
		}
	}
	if p := (Wish{Procs: []int{2}}).Plan(8); p.Repeat != UsualRepeat || !slices.Equal(p.Procs, []int{2}) {
		t.Error(p)
	}
	if Processors() < 1 {
		t.Error(Processors())
	}
}
