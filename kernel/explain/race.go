package explain

import (
	"slices"

	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// races says which two accesses no rule puts in an order. Where nothing was lost
// it says that this was luck.
func (s *speaker) races() []string {
	var all []string
	lucky := ""
	for i, r := range s.x.Races {
		if i == mostRaces && len(s.x.Races) > mostRaces+1 {
			all = append(all, words.MoreRaces(len(s.x.Races)-mostRaces))
			break
		}
		s.sentence()
		name := words.Plain(r.Object, 32)
		all = append(all, words.Raced(name, s.side(r.A), s.side(r.B)))
		object := slices.IndexFunc(s.x.Objects, func(o trace.Object) bool { return o.Name == r.Object })
		if lucky == "" && object >= 0 && s.lossless(object) {
			lucky = words.ExplainLucky(name)
		}
	}
	if lucky != "" {
		all = append(all, lucky)
	}
	return all
}

func (s *speaker) side(a trace.Access) string {
	return words.Access(words.Plain(a.Goroutine, 24), a.Write, s.place(a.Pos), s.step(a.Event))
}
