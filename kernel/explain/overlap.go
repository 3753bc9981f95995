package explain

import (
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// overlaps tells of two calls of one of the functions that somebody asked about,
// the second of which began while the first was under way.
func (s *speaker) overlaps() []string {
	for i := range s.x.Spans {
		for j := range s.x.Spans {
			if a, b := &s.x.Spans[i], &s.x.Spans[j]; s.x.Inside(a, b) {
				return []string{s.overlap(a, b)}
			}
		}
	}
	return nil
}

func (s *speaker) overlap(a, b *trace.Span) string {
	s.sentence()
	began, begins := s.x.FirstStep(a), s.x.FirstStep(b)
	function := s.site(began).Func
	if function != s.site(begins).Func {
		function = ""
	}
	return words.ExplainOverlap(function, s.name(a.G), s.whenAt(began), s.name(b.G), s.whenAt(begins), s.whenAt(a.Last))
}
