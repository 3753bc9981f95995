package walk

import (
	"strconv"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// Run is a run with its steps, and with names for its goroutines and places.
type Run struct {
	Execution *model.Execution
	Steps     model.Steps
	Breaches  []model.Breach // pairs of calls whose order breaks a rule of %check
	Stale     map[int]int    // for each of the two events of a lost update, the other one
	inCell    bool           // places are cell:line
	files     bool           // places need the file's name
}

// New prepares a run to be drawn.
func New(ex *model.Execution) *Run {
	t := &Run{Execution: ex, Steps: trace.Steps(ex)}
	t.places()
	t.findStale()
	return t
}

// StepOf returns the step that shows an event, -1 if none does.
func (t *Run) StepOf(event int) int {
	if event < 0 || event >= len(t.Steps.Of) {
		return -1
	}
	return t.Steps.Of[event]
}

// StepCount is the number of the last step.
func (t *Run) StepCount() int {
	if n := len(t.Steps.List); n > 0 {
		return t.Steps.List[n-1].N
	}
	return 0
}

// Name is a goroutine's name as it may be shown.
func (t *Run) Name(g int) string {
	if g < 0 || g >= len(t.Execution.Goroutines) {
		return ""
	}
	name := words.Name(t.Execution.Goroutines[g].Name)
	if name == "" {
		return words.Name(t.Execution.Goroutines[g].ID)
	}
	return name
}

// places finds out what a place must name: the cell, the file, or only the line.
func (t *Run) places() {
	file := ""
	for i := range t.Execution.Events {
		pos := t.Execution.Events[i].Pos
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

// WhereHead is the head of the narrow column of places.
func (t *Run) WhereHead() string {
	if t.inCell {
		return words.HeadCell
	}
	return words.HeadLine
}

// Where is a place in the narrow column: "3:9", "9" or "main.go:9".
func (t *Run) Where(pos model.Pos) string {
	switch {
	case pos.Line <= 0:
		return ""
	case pos.Cell > 0:
		return strconv.Itoa(pos.Cell) + ":" + strconv.Itoa(pos.Line)
	case t.files && !t.inCell:
		return words.Plain(ink.FileName(pos.File), 16) + ":" + strconv.Itoa(pos.Line)
	}
	return strconv.Itoa(pos.Line)
}

// WhereStep is the place of a step. If two goroutines take it together in one file, it
// has both lines: "9→15".
func (t *Run) WhereStep(s *model.Step) string {
	pos := t.Execution.Events[s.Event].Pos
	at := t.Where(pos)
	if s.Met < 0 || s.Met == s.Event || at == "" {
		return at
	}
	met := t.Execution.Events[s.Met].Pos
	if met.Line <= 0 || met.Cell != pos.Cell || met.File != pos.File || met.Line == pos.Line {
		return at
	}
	return at + "→" + strconv.Itoa(met.Line)
}

// Place is a place in a sentence: "cell 3, line 9" or "main.go:9".
func (t *Run) Place(pos model.Pos) string {
	if pos.Line <= 0 {
		return ""
	}
	return words.Place(pos.Cell, words.Plain(ink.FileName(pos.File), 40), pos.Line)
}
