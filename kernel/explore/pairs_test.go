//go:build !race

package explore

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"threading101/kernel/proof/oracle"
)

// pairsPerBuild is how many pairs share a source file: they are small.
const pairsPerBuild = 250

// TestPairs: whatever two kinds of operations meet, the search finds what trying each
// order does, and what the states of the program say.
func TestPairs(t *testing.T) {
	for i, some := range slices.Collect(slices.Chunk(pairs(t), pairsPerBuild)) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			hold(t, some)
		})
	}
}

// pairs are all of which something can be said: one that does what nobody may says
// nothing.
func pairs(t *testing.T) (all []candidate) {
	t.Helper()
	for _, pair := range oracle.Pairs() {
		ends, err := pair.Program.Ends(40_000)
		if errors.Is(err, oracle.ErrLarge) {
			t.Errorf("%s: %v", pair.Name, err)
		}
		if err == nil {
			all = append(all, candidate{name: pair.Name, p: pair.Program, ends: ends})
		}
	}
	return all
}
