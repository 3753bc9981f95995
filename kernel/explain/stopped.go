package explain

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// longestLoop is how many steps of a loop are told.
const longestLoop = 4

// stopped says what a goroutine asked in a loop that its scheduler ended. That it
// was ended, and where, is the run's reason.
func (s *speaker) stopped() []string {
	stop := s.x.Stopped
	if stop.Why != event.StopSpin || s.name(stop.G) == "" {
		return nil
	}
	loop := s.loop(stop.G)
	if len(loop) == 0 {
		return nil
	}
	s.sentence()
	var does []string
	for _, i := range loop {
		does = append(does, finding.ExplainDoes(words.Does(words.ActOf(s.x, &s.x.Events[i], false)), s.at(i)))
	}
	return []string{finding.ExplainSpin(s.name(stop.G), does)}
}

// loop are the last steps of goroutine g that make one round: from the last one
// back to where it did the same before, with the same result. nil if there is no
// such round, or a long one.
func (s *speaker) loop(g int) []int {
	var round []int
	for i := len(s.x.Events) - 1; i >= 0; i-- {
		e := &s.x.Events[i]
		if e.G != g {
			continue
		}
		if len(round) > 0 {
			last := &s.x.Events[round[0]]
			if e.Op == last.Op && e.Object == last.Object && e.Pos == last.Pos && e.Value == last.Value {
				slices.Reverse(round)
				return round
			}
		}
		if round = append(round, i); len(round) > longestLoop {
			return nil
		}
	}
	return nil
}
