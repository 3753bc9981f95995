package explain

import (
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// The most sentences of each kind.
const (
	mostWaits = 4
	mostCut   = 4
	mostLost  = 2
	mostRaces = 3
)

// Sentences explains a run, what matters most first; nil if there is nothing to
// explain, as in a run in which everyone returned and nothing was lost.
func Sentences(x *trace.Execution) []string {
	if x == nil || len(x.Goroutines) == 0 {
		return nil
	}
	s := &speaker{x: x, steps: x.Steps(), files: files(x)}
	var all []string
	for _, kind := range []func() []string{s.stopped, s.blocked, s.cutOff, s.lostUpdates, s.races} {
		all = append(all, kind()...)
	}
	return all
}

// speaker puts goroutines, objects, places and steps in words.
type speaker struct {
	x     *trace.Execution
	steps trace.Steps
	said  trace.Pos // the place named last in this sentence
	files bool      // there is more than one file
}

// sentence begins a sentence: the first place in it is said in full.
func (s *speaker) sentence() { s.said = trace.Pos{} }

// name is a goroutine's name.
func (s *speaker) name(g int) string {
	if g < 0 || g >= len(s.x.Goroutines) {
		return ""
	}
	return words.Plain(s.x.Goroutines[g].Name, 24)
}

// object is an object's name, "" if it has none.
func (s *speaker) object(i int) string {
	if i < 0 || i >= len(s.x.Objects) {
		return ""
	}
	return words.Plain(s.x.Objects[i].Name, 32)
}

// at is where event i was: "cell 3, line 9", and if that cell was just named,
// "line 9".
func (s *speaker) at(i int) string { return s.place(s.x.Events[i].Pos) }

func (s *speaker) place(p trace.Pos) string {
	if p.Line <= 0 {
		return ""
	}
	same := s.said.Line > 0 && s.said.Cell == p.Cell && s.said.File == p.File
	s.said = p
	return words.ExplainPlace(p.Cell, words.Plain(base(p.File), 40), p.Line, same || p.Cell == 0 && !s.files)
}

// files says whether the run's places are in more than one file.
func files(x *trace.Execution) bool {
	first := ""
	for i := range x.Events {
		p := x.Events[i].Pos
		if p.Line > 0 && first == "" {
			first = p.File
		}
		if p.Line > 0 && p.File != first {
			return true
		}
	}
	return false
}

func base(file string) string {
	for i := len(file) - 1; i >= 0; i-- {
		if file[i] == '/' {
			return file[i+1:]
		}
	}
	return file
}

// step is the number of the step that shows event i, 0 if none does.
func (s *speaker) step(i int) int {
	if i < 0 || i >= len(s.steps.Of) || s.steps.Of[i] < 0 {
		return 0
	}
	return s.steps.List[s.steps.Of[i]].N
}

// names are those of several goroutines.
func (s *speaker) names(lanes []int) []string {
	var names []string
	for _, g := range lanes {
		names = append(names, s.name(g))
	}
	return names
}
