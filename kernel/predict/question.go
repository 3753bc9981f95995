package predict

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// Kind is what an answer is.
type Kind string

// The kinds of questions.
const (
	Choice Kind = "choice" // one of the options
	Number Kind = "number"
	Step   Kind = "step"  // the number of a step of the run
	Order  Kind = "order" // of the options
)

// Question is what is asked before a run is made. Its JSON is what a front end needs to
// ask it.
type Question struct {
	Kind    Kind     `json:"kind"`
	Text    string   `json:"text"`
	Options []Option `json:"options,omitempty"`
	About   string   `json:"about,omitempty"`   // the key of the misconception that another answer shows
	Because bool     `json:"because,omitempty"` // the reason is asked for, too

	Again bool `json:"-"` // it is asked at each run

	answer *answer // nil: nobody knows but for the options' claims
}

// Option is one answer to choose, or one line to put in order.
type Option struct {
	Text string `json:"text"`
	Key  string `json:"key,omitempty"` // of the misconception that choosing it shows

	claim *claim // what is the case if it is right; nil: nothing is said
}

// answer is what stands behind -answer: a text, or the name of what the run or a search
// tells.
type answer struct {
	text string
	fact string // "" for a text
}

// ID tells the question from others in the same cell: by all that a learner sees of it.
func (q *Question) ID() string {
	h := fnv.New64a()
	h.Write([]byte(string(q.Kind) + "\x00" + q.Text))
	for _, o := range q.Options {
		h.Write([]byte("\x00" + o.Text))
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// index is the place of an option with that text, whatever the case of its letters; -1
// if there is none.
func (q *Question) index(text string) int {
	for i, o := range q.Options {
		if strings.EqualFold(o.Text, text) {
			return i
		}
	}
	return -1
}

// Misconception is the key of what an answer shows that was not as said, "" for none.
func (q *Question) Misconception(text string) string {
	if i := q.index(text); i >= 0 && q.Options[i].Key != "" {
		return q.Options[i].Key
	}
	return q.About
}
