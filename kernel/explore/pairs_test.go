package explore

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/oracle"
)

// pairsPerBuild is how many pairs share a source file: they are small.
const pairsPerBuild = 250

// owed are pairs, by a part of their names, of which the search is known to say what is
// not so, and what that is. TestPairs fails when nothing is wrong with them any more.
var owed = map[string]string{
	"clock": "reading the clock never shows that enough time has passed when nothing else is due then",
}

// owes is the part of the name by which a pair is owed, "" if it is not.
func owes(name string) string {
	for part := range owed {
		if strings.Contains(name, part) {
			return part
		}
	}
	return ""
}

// owesAny says whether the program has an operation that is owed with whatever it meets.
func owesAny(p *oracle.Program) bool {
	for part, op := range map[string]oracle.Op{"clock": oracle.Late} {
		if _, is := owed[part]; is && p.Has(op) {
			return true
		}
	}
	return false
}

// TestPairs: whatever two kinds of operations meet, the search finds what trying each
// order does, and what the states of the program say.
func TestPairs(t *testing.T) {
	all, wrong := pairs(t)
	for i, some := range slices.Collect(slices.Chunk(all, pairsPerBuild)) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			hold(t, some)
		})
	}
	for part, all := range wrong {
		t.Run(part, func(t *testing.T) {
			t.Parallel()
			if all := problems(t, all); !slices.ContainsFunc(all, func(problem string) bool { return problem != "" }) {
				t.Errorf("it is no longer so that %s", owed[part])
			}
		})
	}
}

// pairs are those that must be right, and a few of those that are owed. A pair that
// does what nobody may says nothing.
func pairs(t *testing.T) (right []candidate, wrong map[string][]candidate) {
	t.Helper()
	wrong = map[string][]candidate{}
	for _, pair := range oracle.Pairs() {
		ends, err := pair.Program.Ends(40_000)
		if errors.Is(err, oracle.ErrLarge) {
			t.Errorf("%s: %v", pair.Name, err)
		}
		if err != nil {
			continue
		}
		c := candidate{pair.Name, pair.Program, ends}
		if part := owes(pair.Name); part == "" {
			right = append(right, c)
		} else if len(wrong[part]) < 3 {
			wrong[part] = append(wrong[part], c)
		}
	}
	return right, wrong
}
