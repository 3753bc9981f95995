package explain

import (
	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// cutOff says where each goroutine was when main returned.
func (s *speaker) cutOff() []string {
	if s.x.Status != model.CutOff {
		return nil
	}
	held, last := s.held(), s.lastEvents()
	type cut struct {
		where string
		stuck bool // it waited for good, whoever else could have gone on
		lanes []int
	}
	var cuts []cut
	index := map[string]int{}
	for g := range s.x.Goroutines {
		if end := s.x.Goroutines[g].End; end != model.WasCutOff && end != model.WasBlocked {
			continue
		}
		s.sentence()
		where := s.lastSeen(g, last[g]) + held[g]
		if i, ok := index[where]; ok {
			cuts[i].lanes = append(cuts[i].lanes, g)
			continue
		}
		index[where] = len(cuts)
		cuts = append(cuts, cut{where, s.x.Goroutines[g].End == model.WasBlocked, []int{g}})
	}
	var all []string
	for i, c := range cuts {
		if i == mostCut && len(cuts) > mostCut+1 {
			n := 0
			for _, c := range cuts[i:] {
				n += len(c.lanes)
			}
			return append(all, finding.ExplainMoreCut(n))
		}
		if c.stuck {
			all = append(all, finding.ExplainStuck(s.names(c.lanes), c.where))
			continue
		}
		all = append(all, finding.ExplainCut(s.names(c.lanes), c.where))
	}
	return all
}

// lastEvents are those of each goroutine, -1 for none.
func (s *speaker) lastEvents() []int {
	last := make([]int, len(s.x.Goroutines))
	for g := range last {
		last[g] = -1
	}
	for i := range s.x.Events {
		if e := &s.x.Events[i]; e.Op != event.Name && e.Op != event.None {
			last[e.G] = i
		}
	}
	return last
}

// lastSeen says where a goroutine was at its last event, and doing what. Of one
// that waited it says what would have let it go on, where that is known.
func (s *speaker) lastSeen(g, last int) string {
	switch {
	case last < 0:
		return finding.ExplainNeverBegan
	case s.x.Events[last].Op == event.Start:
		return finding.ExplainJustBegun
	}
	e := &s.x.Events[last]
	a := words.ActOf(s.x, e, event.Table[e.Op].Wait != event.None && e.Op != event.Sleep && e.Link < 0)
	a.Value = words.Truncate(a.Value, 40)
	seen := finding.ExplainLastSeen(s.at(last), words.Does(a))
	if !a.Waiting || e.Op == event.Outside {
		return seen
	}
	switch s.x.Goroutines[g].Left {
	case judge.Able:
		return seen + finding.ExplainHadCome
	case judge.Due:
		return seen + finding.ExplainWasDue
	}
	return seen
}

// held says of each goroutine which lock it never gave back.
func (s *speaker) held() map[int]string {
	all := map[int]string{}
	locks := trace.Held(s.x)
	for object := range s.x.Objects {
		for _, h := range locks[object] {
			s.said = s.x.Events[h.Event].Pos // in the sentence on where it was last
			all[h.G] += finding.ExplainStillHeld(s.object(object), s.at(h.Event))
		}
	}
	return all
}
