//go:build !race

package step

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/proof/oracle"
)

// What can be reached from a position is what can be reached by one choice or another
// there, no more and no less; from the beginning it is what the model of the program
// says. So no way is denied that there is, and none is promised that there is not.
func TestReachedIsWhatChoicesReach(t *testing.T) {
	for i := range reachedFrom {
		p, right := oracle.Random(uint64(i)+1, oracle.Small)
		if p.Loops() || right.Circles || right.Endless {
			continue // how those end whom it is not known whether they wait for good is another question
		}
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			r := rand.New(rand.NewPCG(4, uint64(i)))
			s := New(random(t, i))
			st := do(t, s, Request{Do: DoState})
			here, complete := ends(t, s)
			if complete {
				agree(t, here, right)
			}
			for n := 0; complete && st.Ended == nil && n < 3; n++ {
				var below []string
				all := true
				for key := range st.Choices {
					do(t, s, Request{Do: DoChoose, Choice: key + 1})
					some, complete := ends(t, s)
					all = all && complete
					for end, token := range some {
						below = append(below, end)
						s.beginsWith(t, token)
					}
					do(t, s, Request{Do: DoUndo})
				}
				if got := slices.Compact(slices.Sorted(slices.Values(below))); all && !slices.Equal(got, sorted(here)) {
					t.Fatalf("%s: one choice or another leads to\n%q\nand the search from here to\n%q\n%s", st.Token, got, sorted(here), p.Source())
				}
				st = do(t, s, Request{Do: DoChoose, Choice: 1 + r.IntN(len(st.Choices))})
				here, complete = ends(t, s)
			}
		})
	}
}

// agree holds what can be reached from the beginning to what the model says.
func agree(t *testing.T, found map[string]string, right *oracle.Ends) {
	t.Helper()
	for end := range right.Must {
		if _, ok := found[endOf(model.Status(end.Status), end.Output)]; !ok {
			t.Errorf("not found: %v", end)
		}
	}
	may := map[string]bool{}
	for end := range right.May {
		may[endOf(model.Status(end.Status), end.Output)] = true
	}
	for end := range found {
		if !may[end] {
			t.Errorf("found, and impossible: %s", end)
		}
	}
}

func sorted(all map[string]string) (list []string) {
	for end := range all {
		list = append(list, end)
	}
	slices.Sort(list)
	return list
}

// beginsWith says whether the run of a token begins with the choices of the session.
func (s *Session) beginsWith(t *testing.T, token string) {
	t.Helper()
	if token == "" {
		return
	}
	other := New(s.cfg)
	if do(t, other, Request{Do: DoFrom, Token: token}); !begun(append(other.at.choices, model.Choice{}), s.at.choices) {
		t.Errorf("%s does not begin with %s", token, s.at.token(s))
	}
}
