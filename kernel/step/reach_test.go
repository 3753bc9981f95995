package step

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"threading101/kernel/explore"
	"threading101/kernel/model"
	"threading101/kernel/proof/oracle"
)

// ends are the ways to end that a search finds behind a position, and whether it says
// that those are all.
func ends(t *testing.T, s *Session) (all map[string]string, complete bool) {
	t.Helper()
	all = map[string]string{}
	if !s.at.asks() {
		all[endOf(s.at.x.Status, s.at.x.Stdout)] = ""
		return all, true
	}
	from, ok := s.at.from()
	if !ok {
		return nil, false
	}
	r, err := explore.Explore(t.Context(), explore.Spec{Run: s.cfg.Run, Clock: s.clock, From: from})
	if err != nil {
		t.Fatal(err)
	}
	if r.Fault != nil {
		t.Errorf("%s: the search has a fault: %+v", s.at.token(s), r.Fault)
	}
	for _, o := range r.Outcomes {
		all[endOf(o.Status, o.Value)] = o.Token
	}
	return all, r.Complete() && r.Ticks == 0
}

func endOf(status model.Status, output string) string { return fmt.Sprintf("%s %q", status, output) }

// reachedFrom is of how many programs each position is searched.
const reachedFrom = 8

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

// What a run shows nobody may deny, neither from the beginning nor from any position on
// its way: races and lost updates too, which are no ways to end.
func TestNothingIsDenied(t *testing.T) {
	for i := range reachedFrom {
		r := rand.New(rand.NewPCG(6, uint64(i)))
		s := New(random(t, i))
		walk(t, s, r)
		whole := s.at
		for _, goal := range []string{"race", "lost", "deadlock", "leak", "panic"} {
			aim, err := ParseGoal(goal)
			if err != nil {
				t.Fatal(err)
			}
			if aim.in(whole, nil) == 0 {
				continue
			}
			for _, n := range []int{0, len(whole.choices) / 2, max(0, len(whole.choices)-2)} {
				p, refused := s.after(t.Context(), whole.choices[:n])
				if refused != nil {
					t.Fatal(refused)
				}
				if got := s.reached(t.Context(), &aim, p, s.clock); got.way == Unreachable {
					t.Errorf("program %d: after %d choices %s is denied, and %s shows it", i+1, n, goal, whole.token(s))
				}
			}
		}
	}
}
