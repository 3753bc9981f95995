package sched

// Replay plays switches: at each moment it stays with the goroutine that made
// the last step if it can go on, or else takes the one started first, except where
// a switch says otherwise. Of other choices it takes the first.
type Replay struct {
	all     []Switch
	turns   []Switch // of who is next, in order
	picks   []Switch // of other choices
	misfit  Switch
	misfits bool
	picked  uint64 // other choices so far
}

// NewReplay returns a source that plays switches, whose steps must not fall.
func NewReplay(switches []Switch) *Replay {
	r := &Replay{all: switches}
	r.Reset(0)
	return r
}

// Reset implements [Source]: the switches are played from the first.
func (r *Replay) Reset(uint64) {
	*r = Replay{all: r.all}
	for _, s := range r.all {
		if s.To >= Picked {
			r.picks = append(r.picks, s)
		} else {
			r.turns = append(r.turns, s)
		}
	}
}

// Source returns what decides a run of this kind.
func (s Spec) Source() Source {
	first := s.first()
	if s.Then == ThenSame {
		return first
	}
	return newPrefix(first, s)
}

func (s Spec) first() Source {
	if s.Switches != nil {
		return NewReplay(s.Switches)
	}
	return NewRandom(s.Seed)
}

// Misfit implements [Strict]: it returns the first switch that could not be played, if there is one: the
// goroutine could not go on, there was no choice after so many steps, or the
// choice had no such number. From there on the run is not the one that was
// meant; the scheduler ends it (event.StopReplay), unless Spec.Lenient.
func (r *Replay) Misfit() (Switch, bool) { return r.misfit, r.misfits }

// Choose implements [Source].
func (r *Replay) Choose(p *Point) int {
	for len(r.turns) > 0 && r.turns[0].Step < p.Step {
		r.miss(r.turns[0])
		r.turns = r.turns[1:]
	}
	if len(r.turns) > 0 && r.turns[0].Step == p.Step {
		s := r.turns[0]
		r.turns = r.turns[1:]
		if i := place(p.Ready(), s.To); i >= 0 {
			return i
		}
		r.miss(s)
	}
	return Staying(p)
}

// lowest returns the index of the lowest number: who was started first.
func lowest(ready []uint32) (at int) {
	for i, g := range ready {
		if g < ready[at] {
			at = i
		}
	}
	return at
}

// place returns the index of g in ready, -1 if it is not there.
func place(ready []uint32, g uint32) int {
	for i, other := range ready {
		if other == g {
			return i
		}
	}
	return -1
}

// Pick implements [Source].
func (r *Replay) Pick(n int) int {
	nth := r.picked
	r.picked++
	for i, s := range r.picks {
		if s.Step != nth {
			continue
		}
		r.picks = append(r.picks[:i:i], r.picks[i+1:]...)
		if to := int(s.To - Picked); to < n {
			return to
		}
		r.miss(s)
		break
	}
	return 0
}

func (r *Replay) miss(s Switch) {
	if !r.misfits {
		r.misfit, r.misfits = s, true
	}
}
