package explore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What is left fails, is a part of what there was, in its order, and no single
// element of it can be left out, whatever fails: here all that contains one of
// several sets, so that leaving out much is possible where leaving out a little
// of it is not.
func TestMinimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		var sets [][]int
		if n > 0 {
			sets = rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 6), 0, 4).Draw(t, "sets")
		}
		asked := 0
		fails := func(part []int) bool {
			asked++
			return slices.ContainsFunc(sets, func(set []int) bool { return containsAll(part, set) })
		}
		if !fails(all) {
			return
		}
		less := ddmin(all, fails)
		if !slices.IsSorted(less) || !fails(less) {
			t.Fatalf("%v does not fail", less)
		}
		for i := range less {
			if fails(slices.Delete(slices.Clone(less), i, i+1)) {
				t.Fatalf("%v fails also without %d", less, less[i])
			}
		}
		if most := n*n + 10*n + 10; asked > most {
			t.Fatalf("asked %d times about %d", asked, n)
		}
	})
}

func containsAll(all, set []int) bool {
	for _, x := range set {
		if !slices.Contains(all, x) {
			return false
		}
	}
	return true
}

// Of many switches few matter, and it does not take many runs to find them.
func TestMinimalIsQuick(t *testing.T) {
	all, asked := make([]int, 200), 0
	for i := range all {
		all[i] = i
	}
	less := ddmin(all, func(part []int) bool { asked++; return containsAll(part, []int{17, 130, 131}) })
	if !slices.Equal(less, []int{17, 130, 131}) || asked > 120 {
		t.Errorf("%v, asked %d times", less, asked)
	}
}

// What always fails needs nothing, and what can no longer be asked stays whole.
func TestMinimalEnds(t *testing.T) {
	all := []int{1, 2, 3, 4, 5}
	if less := ddmin(all, func([]int) bool { return true }); len(less) != 0 {
		t.Errorf("%v", less)
	}
	if less := ddmin(all, func([]int) bool { return false }); !slices.Equal(less, all) {
		t.Errorf("%v", less)
	}
}
