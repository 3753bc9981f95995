package explain

import (
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// races says which two accesses no rule puts in an order.
func (s *speaker) races() []string {
	var all []string
	for i, r := range s.x.Races {
		if i == mostRaces && len(s.x.Races) > mostRaces+1 {
			all = append(all, words.MoreRaces(len(s.x.Races)-mostRaces))
			break
		}
		s.sentence()
		all = append(all, words.Raced(words.Plain(r.Object, 32), s.side(r.A), s.side(r.B)))
	}
	return all
}

func (s *speaker) side(a trace.Access) string {
	return words.Access(words.Name(a.Goroutine), a.Write, s.place(a.Pos), s.step(a.Event))
}
