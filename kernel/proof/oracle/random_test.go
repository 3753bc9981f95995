package oracle

import (
	"maps"
	"testing"
)

// TestAgain: a seed always makes the same program, which ends in the same ways.
func TestAgain(t *testing.T) {
	for seed := range uint64(20) {
		p, ends := Random(seed, Small)
		again, others := Random(seed, Small)
		if p.Source() != again.Source() || !maps.Equal(ends.Must, others.Must) || !maps.Equal(ends.May, others.May) {
			t.Errorf("seed %d makes\n%s\nand\n%s", seed, p.Source(), again.Source())
		}
	}
}

// TestPromised: what must be found of a program is among what there may be.
func TestPromised(t *testing.T) {
	for seed := range uint64(60) {
		p, ends := Random(seed, Small)
		for end := range ends.Must {
			if !ends.May[end] {
				t.Errorf("seed %d must end with %s, and may not:\n%s", seed, end, p.Source())
			}
		}
	}
}
