package predict

import (
	"strings"
	"time"
)

// Schema is the version of what is kept.
const Schema = 1

// Record is one answer, as it is kept in the file and in the output of its cell. It is
// written when the answer is given, and once more, under the same ID, when the run has
// shown what it was.
type Record struct {
	Schema   int       `json:"schema"`
	ID       string    `json:"id"`
	Time     time.Time `json:"time"`
	Notebook string    `json:"notebook,omitempty"` // its name, without a folder
	Cell     string    `json:"cell,omitempty"`     // by which the front end knows it
	Question Question  `json:"question"`
	Round    int       `json:"round"`  // 1 is the first answer, which counts
	Answer   string    `json:"answer"` // "": nothing was said
	Because  string    `json:"because,omitempty"`
	Revealed bool      `json:"revealed"`         // the run was shown
	Judged   bool      `json:"judged"`           // and it is known what the answer is
	Was      []string  `json:"was,omitempty"`    // the answers that were right
	OfAll    bool      `json:"of_all,omitempty"` // they are about all interleavings, not about the run
	AsSaid   bool      `json:"as_said"`          // the answer is one of them
	Shows    string    `json:"shows,omitempty"`  // the key of the misconception, where it is not
	Token    string    `json:"token,omitempty"`  // of a run that shows what it was
}

// Hint is a hint that was given, as it is kept among the answers.
type Hint struct {
	Schema   int       `json:"schema"`
	Time     time.Time `json:"time"`
	Notebook string    `json:"notebook,omitempty"`
	Cell     string    `json:"cell,omitempty"`
	Hint     int       `json:"hint"` // 1 is where to look, 2 what is missing, 3 what to write
}

// Of reports whether the record is of that question in that cell.
func (r *Record) Of(notebook, cell, question string) bool {
	return r.Notebook == notebook && r.Cell == cell && r.Question.ID() == question
}

// Passed reports whether nothing was said.
func (r *Record) Passed() bool { return r.Answer == "" }

// Reveal notes what came of a run.
func (r *Record) Reveal(q *Question, t Truth) {
	r.Revealed, r.Judged, r.Was, r.OfAll, r.Token = true, t.Known, t.Was, t.All, t.Token
	r.AsSaid = t.Agrees(r.Answer)
	if r.Judged && !r.AsSaid && !r.Passed() {
		r.Shows = q.Misconception(r.Answer)
	}
}

// The longest texts that are kept: a line of the file stays below mostLine.
const (
	mostText   = 600
	mostOption = 150
	mostName   = 200
)

// short is the record with no text longer than what is kept, and all of it UTF-8.
func (r Record) short() Record {
	r.Notebook, r.Cell = cut(r.Notebook, mostName), cut(r.Cell, mostName)
	r.Answer, r.Because, r.Shows, r.Token = cut(r.Answer, mostAnswer), cut(r.Because, mostBecause), cut(r.Shows, mostName), cut(r.Token, mostName)
	r.Question.Text, r.Question.About = cut(r.Question.Text, mostText), cut(r.Question.About, mostName)
	options := make([]Option, len(r.Question.Options))
	for i, o := range r.Question.Options {
		options[i] = Option{Text: cut(o.Text, mostOption), Key: cut(o.Key, mostName)}
	}
	r.Question.Options = options
	was := make([]string, len(r.Was))
	for i, s := range r.Was {
		was[i] = cut(s, mostOption)
	}
	r.Was = was
	return r
}

func cut(text string, most int) string { return bounded(strings.ToValidUTF8(text, "\uFFFD"), most) }
