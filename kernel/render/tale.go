package render

import (
	"strconv"

	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// tale is a run that is told: its steps, and how to name whom and what they are about.
type tale struct {
	ex       *model.Execution
	steps    model.Steps
	breaches []model.Breach // pairs of calls that came in an order that somebody asked about
	stale    map[int]int    // for the two events of a lost update the other one
	inCell   bool           // places are cell:line
	files    bool           // places need the file's name
}

func newTale(ex *model.Execution) *tale {
	t := &tale{ex: ex, steps: trace.Steps(ex)}
	t.places()
	t.findStale()
	return t
}

// stepOf returns the step that shows an event, -1 if none does.
func (t *tale) stepOf(event int) int {
	if event < 0 || event >= len(t.steps.Of) {
		return -1
	}
	return t.steps.Of[event]
}

func (t *tale) stepCount() int {
	if n := len(t.steps.List); n > 0 {
		return t.steps.List[n-1].N
	}
	return 0
}

// name is a goroutine's name as it may be shown.
func (t *tale) name(g int) string {
	if g < 0 || g >= len(t.ex.Goroutines) {
		return ""
	}
	name := words.Name(t.ex.Goroutines[g].Name)
	if name == "" {
		return words.Name(t.ex.Goroutines[g].ID)
	}
	return name
}

// places finds out how much a place must say.
func (t *tale) places() {
	file := ""
	for i := range t.ex.Events {
		pos := t.ex.Events[i].Pos
		if pos.Cell > 0 {
			t.inCell = true
		}
		if pos.Line > 0 && file == "" {
			file = pos.File
		}
		if pos.Line > 0 && pos.File != file {
			t.files = true
		}
	}
}

// whereHead is the head of the narrow column of places.
func (t *tale) whereHead() string {
	if t.inCell {
		return words.HeadCell
	}
	return words.HeadLine
}

// where is a place in the narrow column: "3:9", "9" or "main.go:9".
func (t *tale) where(pos model.Pos) string {
	switch {
	case pos.Line <= 0:
		return ""
	case pos.Cell > 0:
		return strconv.Itoa(pos.Cell) + ":" + strconv.Itoa(pos.Line)
	case t.files && !t.inCell:
		return words.Plain(fileName(pos.File), 16) + ":" + strconv.Itoa(pos.Line)
	}
	return strconv.Itoa(pos.Line)
}

// whereStep is the place of a step: of one that two goroutines make in one file both
// lines, "9→15".
func (t *tale) whereStep(s *model.Step) string {
	pos := t.ex.Events[s.Event].Pos
	at := t.where(pos)
	if s.Met < 0 || s.Met == s.Event || at == "" {
		return at
	}
	met := t.ex.Events[s.Met].Pos
	if met.Line <= 0 || met.Cell != pos.Cell || met.File != pos.File || met.Line == pos.Line {
		return at
	}
	return at + "→" + strconv.Itoa(met.Line)
}

// at is a place in a sentence: "cell 3, line 9" or "main.go:9".
func (t *tale) at(pos model.Pos) string {
	if pos.Line <= 0 {
		return ""
	}
	return words.Place(pos.Cell, words.Plain(fileName(pos.File), 40), pos.Line)
}
