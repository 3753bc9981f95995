package explain

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// untrue tells of conditions that were not true: after which step, and what was in
// their variables then.
func (s *speaker) untrue() (all []string) {
	for i := range s.x.Lost {
		if l := &s.x.Lost[i]; l.N < len(s.x.Conditions) {
			s.sentence()
			all = append(all, finding.ExplainUntrue(s.lost(l)))
		}
	}
	return all
}

// lost is a condition that is not true, ready to be put in words.
func (s *speaker) lost(l *model.Lost) finding.Untrue {
	u := finding.Untrue{Condition: s.x.Conditions[l.N], Reads: l.Reads, Panics: l.Panics}
	if l.Event >= 0 && !u.Condition.AtEnd {
		e := &s.x.Events[l.Event]
		u.Who, u.Does, u.When = s.name(e.G), words.Does(words.ActOf(s.x, e, false)), s.whenAt(l.Event)
	}
	return u
}
