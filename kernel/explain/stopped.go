package explain

import (
	"threading101/kernel/event"
	"threading101/kernel/words"
)

// stopped says what a run was at that its scheduler ended.
func (s *speaker) stopped() []string {
	s.sentence()
	why := s.x.Stopped
	who, at := s.name(why.G), s.place(why.Pos)
	if who == "" {
		return nil
	}
	switch why.Why {
	case event.StopSpin:
		return []string{words.ExplainSpin(who, at)}
	case event.StopSteps:
		return []string{words.ExplainSteps(who, at)}
	case event.StopBusy:
		return []string{words.ExplainBusy(who, at)}
	}
	return nil
}
