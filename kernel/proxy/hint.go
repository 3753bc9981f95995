package proxy

import (
	"strings"
	"time"

	"threading101/kernel/hint"
	"threading101/kernel/jupyter"
	"threading101/kernel/predict"
	"threading101/kernel/program"
	"threading101/kernel/report"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// hints are what %hint speaks of. They belong to the executor.
type hints struct {
	lesson topic // of the cell that was executed last
	check  topic // of the check that failed last
	source topic // of what the compiler said last

	given  map[string]int // how many were given, by topic
	failed map[string]int // how often the checks of a cell failed one after the other
}

// topic is what hints are about; none if it has no hints.
type topic struct {
	key   string // the same for the same mistake
	hints []string
}

// lessonOf is what the lesson says of the cell: front ends such as JupyterLab send a
// cell's metadata with its code.
func (e *execution) lessonOf() program.Lesson {
	return jupyter.Content(&jupyter.Message{Content: e.request.Message.Metadata}, struct {
		Lesson program.Lesson `json:"threading101"`
	}{}).Lesson
}

// noteForHints notes what there is to say of the cell, and of how it failed.
func (e *execution) noteForHints(code string, f *report.Report) {
	h := &e.p.hints
	if !e.cell.IsEmpty() || len(e.cell.Lesson.Hints) > 0 {
		h.lesson = lessonTopic(e.place(), e.cell.Lesson.Hints)
	}
	switch {
	case f != nil && f.First != nil:
		h.source = sourceTopic(f.First)
		return
	case !e.cell.IsEmpty():
		h.source = topic{}
	}
	if e.cell.Failed != nil {
		e.noteCheck(e.cell.Failed)
	} else if f == nil && len(e.cell.All("check")) > 0 {
		h.check = topic{}
		delete(h.failed, e.place())
	}
}

// place is what hints are about: the same cell, also after an edit. A cell without an id
// is known by what it checks.
func (e *execution) place() string {
	if e.cell.ID != "" {
		return e.cell.ID
	}
	var all []string
	for _, d := range e.cell.All("check") {
		all = append(all, d.Args...)
	}
	return strings.Join(all, " ")
}

// mostLesson is how long a lesson's hint may be.
const mostLesson = 600

func lessonTopic(place string, all []string) (t topic) {
	for _, text := range all[:min(len(all), hint.Levels)] {
		t.hints = append(t.hints, words.Plain(text, mostLesson))
	}
	t.key = "lesson\x00" + place
	return t
}

func sourceTopic(f *report.Fault) topic {
	place := ""
	if f.At.Line > 0 {
		place = report.Place(f.At)
	}
	return topic{"source\x00" + f.Message, hint.OfError(place, f.Line, f.Message, f.Hint)}
}

// offerAfter is after how many failed checks in a row hints are offered.
const offerAfter = 3

// noteCheck notes what a check found, and offers hints once.
func (e *execution) noteCheck(v *program.Violation) {
	h := &e.p.hints
	kind, all := hint.OfCheck(v.Property, v.Run)
	h.check = topic{"check\x00" + e.place() + "\x00" + v.Property + "\x00" + kind, all}
	if h.failed == nil {
		h.failed = map[string]int{}
	}
	if h.failed[e.place()]++; h.failed[e.place()] == offerAfter && !e.cell.Orders.Hint {
		e.cell.Tell(finding.HintOffer)
	}
}

// hint gives the next hint: the lesson's first, then one on the check, then one on what
// the compiler said. Where all were given, the last one is repeated.
func (e *execution) hint() {
	h := &e.p.hints
	var last *topic
	for _, t := range []*topic{&h.lesson, &h.check, &h.source} {
		if len(t.hints) == 0 {
			continue
		}
		if h.given[t.key] < len(t.hints) {
			e.give(t)
			return
		}
		last = t
	}
	if last == nil {
		e.cell.Tell(finding.HintNone)
		return
	}
	n := len(last.hints)
	e.cell.Tell(finding.Hint(n, n, last.hints[n-1]) + "\n" + finding.HintLast)
}

func (e *execution) give(t *topic) {
	h := &e.p.hints
	if h.given == nil {
		h.given = map[string]int{}
	}
	n := h.given[t.key]
	h.given[t.key]++
	e.cell.Tell(finding.Hint(n+1, len(t.hints), t.hints[n]))
	e.keepHint(n + 1)
}

// keepHint counts a hint, beside the predictions. That it cannot be kept is theirs to
// say.
func (e *execution) keepHint(level int) {
	p := &e.p.predictions
	err := p.log.PutHint(predict.Hint{
		Schema: predict.Schema, Time: time.Now().UTC().Truncate(time.Second), Notebook: p.notebook, Cell: e.cell.ID, Hint: level,
	})
	if err != nil {
		e.p.log("hint: %v", err)
	}
}
