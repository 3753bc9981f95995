package search

// turn is one step of a run that is to be made: whose, and which of its
// alternatives.
type turn struct {
	proc int
	key  uint32
}

// commuted is the run that was made by these decisions, with its steps in an order that switches less
// often: a goroutine goes on for as long as nothing it needs is missing. Only
// steps that do not depend on each other change places, so it ends as that one
// did.
func (h *History) commuted(made []turn) []turn {
	var (
		done  [MaxProcs]int32 // steps of each goroutine
		place [MaxProcs]int   // of the next step of each, or of one before
		order []turn
	)
	last := -1
	for len(order) < len(made) {
		e := h.following(last, &done, &place)
		if e < 0 {
			e = h.earliest(&done, &place)
		}
		if e < 0 || e >= len(made) {
			return nil // main's end is a step that nobody decided
		}
		last = int(h.steps[e].proc)
		done[last]++
		order = append(order, made[e])
	}
	return order
}

// following is the next step of p, -1 if it has none that can be made.
func (h *History) following(p int, done *[MaxProcs]int32, place *[MaxProcs]int) int {
	if p < 0 {
		return -1
	}
	for ; place[p] < len(h.steps); place[p]++ {
		s := &h.steps[place[p]]
		if int(s.proc) != p || s.own <= done[p] {
			continue
		}
		for q, n := range h.clocks.at(s.clock)[:len(h.procs)] {
			if q != p && n > done[q] {
				return -1
			}
		}
		return place[p]
	}
	return -1
}

// earliest is the first step of the run that can be made.
func (h *History) earliest(done *[MaxProcs]int32, place *[MaxProcs]int) int {
	best := -1
	for p := range h.procs {
		if e := h.following(p, done, place); e >= 0 && (best < 0 || e < best) {
			best = e
		}
	}
	return best
}
