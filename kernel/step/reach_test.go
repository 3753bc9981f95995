package step

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"threading101/kernel/explore"
	"threading101/kernel/model"
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
