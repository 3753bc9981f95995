package walk

import (
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// Run is a run with its steps, and with names for its goroutines and places.
type Run struct {
	Execution *model.Execution
	Steps     model.Steps
	Breaches  []model.Breach    // pairs of calls whose order breaks a rule of %check
	Stale     map[int]int       // for each of the two events of a lost update, the other one
	Bare      bool              // a step does not say who holds what it waits for
	inCell    bool              // places are in cells
	files     bool              // places need the file's name
	names     map[string]string // the declarations by the last part of their names, "" where several have it
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
	t.names = map[string]string{}
	for i := range t.Execution.Events {
		pos := t.Execution.Events[i].Pos
		t.name(pos.In)
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

// name notes a declaration; names that end alike are told apart by the whole.
func (t *Run) name(in string) {
	name := in[strings.LastIndexByte(in, '.')+1:]
	if other, known := t.names[name]; known && other != in {
		in = ""
	}
	t.names[name] = in
}

// WhereHead is the head of the narrow column of places.
func (t *Run) WhereHead() string {
	if t.inCell {
		return words.HeadWhere
	}
	return words.HeadLine
}

// Where is a place in the narrow column: "Run:9", "3:9", "9" or "main.go:9".
func (t *Run) Where(pos model.Pos) string {
	switch {
	case pos.Line <= 0:
		return ""
	case pos.In != "":
		return words.Truncate(t.declared(pos.In), mostDeclared) + ":" + strconv.Itoa(pos.Line)
	case pos.Cell > 0:
		return strconv.Itoa(pos.Cell) + ":" + strconv.Itoa(pos.Line)
	case t.files && !t.inCell:
		return words.Plain(ink.FileName(pos.File), 16) + ":" + strconv.Itoa(pos.Line)
	}
	return strconv.Itoa(pos.Line)
}

// mostDeclared is the longest name of a declaration in the narrow column.
const mostDeclared = 14

// declared is the name of a declaration in the narrow column: of a method, its own name,
// unless another declaration has that, too.
func (t *Run) declared(in string) string {
	name := in[strings.LastIndexByte(in, '.')+1:]
	if t.names[name] != in {
		name = in
	}
	return words.Plain(name, 40)
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
	if met.Line <= 0 || !met.Together(pos) || met.Line == pos.Line {
		return at
	}
	return at + "→" + strconv.Itoa(met.Line)
}

// Place is a place in a sentence: "Worker.Run:9" or "main.go:9".
func (t *Run) Place(pos model.Pos) string {
	if pos.Line <= 0 {
		return ""
	}
	return words.Place(pos, words.Plain(ink.FileName(pos.File), 40))
}
