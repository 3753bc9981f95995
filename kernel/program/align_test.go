package program

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCorresponding(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want []int
	}{
		{"x", "x", []int{0, 1}},
		{"x y z", "x y z", []int{0, 1, 2, 3}},
		{"x y z", "%seed x y z", []int{0, 2, 3, 4}},
		{"%seed x y z", "x y z", []int{0, 1, 1, 2, 3}},
		{"x y z", "x new y z", []int{0, 1, 3, 4}},
		{"x old y z", "x y z", []int{0, 1, 2, 2, 3}},
		{"x old z", "x new z", []int{0, 1, 2, 3}},
		{"a b", "c d", []int{0, 1, 2}},
		{"x { y } z { y }", "x { y } new z { y }", []int{0, 1, 2, 3, 4, 6, 7, 8, 9}},
	} {
		if got := corresponding(strings.Fields(c.a), strings.Fields(c.b)); !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
	m := move{7, []int{0, 2, 3}}
	for n, want := range []int{0, 2, 3, 4, 5} {
		if got := m.line(n); got != want {
			t.Errorf("line %d is %d, want %d", n, got, want)
		}
	}
}

// TestCorrespondingKeepsOrder: lines that are put in front move all others, and
// whatever the texts, paired lines are equal and in order.
func TestCorrespondingKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"a", "b", "c", "}"})
		a := rapid.SliceOfN(line, 0, 12).Draw(t, "a")
		b := rapid.SliceOfN(line, 0, 12).Draw(t, "b")
		to := corresponding(a, b)
		if len(to) != len(a)+1 || to[0] != 0 {
			t.Fatalf("%v", to)
		}
		above := corresponding(a, append([]string{"%x", "%y"}, a...))
		for i := range a {
			if above[i+1] != i+3 {
				t.Fatalf("two lines above: %v", above)
			}
			if i > 0 && to[i+1] < to[i] {
				t.Fatalf("out of order: %v", to)
			}
		}
	})
}
