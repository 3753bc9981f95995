package explore

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"threading101/kernel/oracle"
)

// pairsPerBuild is how many pairs share a source file: they are small.
const pairsPerBuild = 250

// TestPairs: whatever two kinds of operations meet, the search finds what trying each
// order does, and what the states of the program say.
func TestPairs(t *testing.T) {
	var all []candidate
	for _, pair := range oracle.Pairs() {
		ends, err := pair.Program.Ends(20_000)
		switch {
		case errors.Is(err, oracle.ErrLarge):
			t.Errorf("%s: %v", pair.Name, err)
		case err == nil: // else it does what nobody may
			all = append(all, candidate{pair.Name, pair.Program, ends})
		}
	}
	for i, some := range slices.Collect(slices.Chunk(all, pairsPerBuild)) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			hold(t, some)
		})
	}
}
