package seek

import (
	"math/rand/v2"
	"testing"
)

// Calls of goroutines that learn of each other's steps now and then: as many can be
// under way at once as the largest set has in which no two have an order.
func TestMostCalls(t *testing.T) {
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 0))
		s := randomCalls(random)
		calls := s.calls(0)
		if got, want := s.most(calls), s.largest(calls, 0, nil); got != want {
			t.Errorf("seed %d: %d of %d calls at once, want %d", seed, got, len(calls), want)
		}
	}
}

// largest tries each set of calls.
func (s *spans) largest(calls []*span, from int, chosen []int) int {
	best := len(chosen)
	for i := from; i < len(calls); i++ {
		free := true
		for _, j := range chosen {
			free = free && !s.before(calls[i], calls[j]) && !s.before(calls[j], calls[i])
		}
		if free {
			best = max(best, s.largest(calls, i+1, append(chosen, i)))
		}
	}
	return best
}

// randomCalls are those of a run of four goroutines that take turns at random.
func randomCalls(random *rand.Rand) *spans {
	const procs = 4
	var s spans
	clocks := [procs][]int32{}
	for p := range clocks {
		clocks[p] = make([]int32, procs)
	}
	for range 40 {
		p := random.IntN(procs)
		switch random.IntN(5) {
		case 0:
			if !s.within(p, 0) {
				s.open = append(s.open, span{proc: p, begin: append([]int32(nil), clocks[p]...), steps: clocks[p][p], end: -1})
			}
		case 1:
			for i := range s.open {
				if a := s.open[i]; a.proc == p {
					a.end, a.over = clocks[p][p], len(s.all)
					s.all, s.open = append(s.all, a), append(s.open[:i], s.open[i+1:]...)
					break
				}
			}
		case 2: // p learns what another knows
			for i, n := range clocks[random.IntN(procs)] {
				clocks[p][i] = max(clocks[p][i], n)
			}
		default:
			clocks[p][p]++
		}
	}
	s.all = append(s.all, s.open...)
	return &s
}

// A call within a call of the same goroutine counts once, and a mark is made only
// where it was asked for.
func TestTooMany(t *testing.T) {
	s := &spans{all: []span{
		{function: 0, proc: 1, begin: []int32{1, 0, 0}, end: 3},
		{function: 0, proc: 1, begin: []int32{1, 1, 0}, steps: 1, end: 2, inner: true},
		{function: 0, proc: 2, begin: []int32{1, 0, 0}, end: -1},
		{function: 1, proc: 0, begin: []int32{1, 0, 0}, end: 2},
	}}
	for _, c := range []struct {
		limits []uint32
		want   string
	}{
		{nil, ""},
		{[]uint32{0, 2}, "at-once-2 0"},
		{[]uint32{0, 3}, ""},
		{[]uint32{1, 2, 0, 2, 0, 1}, "at-once-2 0|at-once-1 0"},
	} {
		if got := s.tooMany(c.limits); got != c.want {
			t.Errorf("%d: %q, want %q", c.limits, got, c.want)
		}
	}
}
