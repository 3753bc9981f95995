package search

import (
	"slices"
	"testing"
)

// Steps that have nothing to do with each other change places, so that each
// goroutine goes on for as long as it can; those that have stay in their order.
func TestCommuted(t *testing.T) {
	tests := []struct {
		name string
		made []int // whose steps
		on   []uint32
		want []int
	}{
		{"independent", []int{0, 1, 0, 1, 0, 1}, []uint32{1, 2, 1, 2, 1, 2}, []int{0, 0, 0, 1, 1, 1}},
		{"dependent", []int{0, 1, 0, 1}, []uint32{1, 1, 1, 1}, []int{0, 1, 0, 1}},
		{"the last two", []int{0, 1, 1, 0}, []uint32{1, 2, 3, 3}, []int{0, 1, 1, 0}},
		{"a third between", []int{0, 2, 1, 0, 2}, []uint32{1, 5, 1, 1, 6}, []int{0, 2, 2, 1, 0}},
	}
	for _, test := range tests {
		h := &History{}
		h.Reset(4)
		for range 3 {
			h.Spawn(-1)
		}
		var made []turn
		for i, p := range test.made {
			h.Begin(p, true)
			h.Touch(p, Access{Object: test.on[i], Kind: Write})
			made = append(made, turn{proc: p, key: uint32(i)})
		}
		h.Finish()
		var got []int
		for _, turn := range h.commuted(made) {
			got = append(got, turn.proc)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
