package predict

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
)

// Solved says that a locked check of a lesson held in all interleavings, as it is kept
// among the answers.
type Solved struct {
	Schema  int       `json:"schema"`
	Time    time.Time `json:"time"` // when it held first
	Lesson  string    `json:"lesson"`
	Check   string    `json:"check"`   // the sum of the locked cell: see package lessons
	Verdict string    `json:"verdict"` // Holds
}

// Holds is the verdict of a check that held in all interleavings.
const Holds = "holds"

// is reports whether two lines are about the same check.
func (s Solved) is(o Solved) bool { return s.Lesson == o.Lesson && s.Check == o.Check }

// PutSolved keeps that a check held. fresh is false where that was known already: then
// nothing is written. It is remembered also where the error says that it could not be
// written.
func (l *Log) PutSolved(s Solved) (fresh bool, err error) {
	s.Lesson, s.Check = cut(s.Lesson, mostName), cut(s.Check, mostName)
	if slices.ContainsFunc(l.Solved(), s.is) {
		return false, nil
	}
	l.solved = append(l.solved, s)
	line, err := json.Marshal(s)
	if err != nil {
		return true, err
	}
	return true, l.write(append(line, '\n'))
}

// Solved are the checks that held, each once, in the order in which they did. Lines that
// say something else are passed over.
func (l *Log) Solved() (all []Solved) {
	put := func(s Solved) {
		if !slices.ContainsFunc(all, s.is) {
			all = append(all, s)
		}
	}
	for line := range bytes.Lines(l.text()) {
		var s Solved
		if json.Unmarshal(line, &s) == nil && s.Schema == Schema && s.Lesson != "" && s.Check != "" && s.Verdict == Holds {
			put(s)
		}
	}
	for _, s := range l.solved {
		put(s)
	}
	return all
}
