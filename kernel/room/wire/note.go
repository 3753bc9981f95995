package wire

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// KeyHeader is the header with a kernel's key. SeatHeader is in the answers: which seat it
// is. A seat with another name remembers nothing of what was told before.
const (
	KeyHeader  = "X-Threading101-Key"
	SeatHeader = "X-Threading101-Seat"
)

// Kind is what a note tells.
type Kind string

// The kinds of notes.
const (
	At    Kind = "at"    // a cell was begun
	Said  Kind = "said"  // a prediction was answered
	Run   Kind = "run"   // a run was shown
	Check Kind = "check" // properties were checked
)

// Note is one thing that a learner's kernel tells: no code, no name, no path, and of what
// was printed only the beginning.
type Note struct {
	Kind   Kind   `json:"kind"`
	Lesson string `json:"lesson,omitempty"` // the notebook's name, without a folder and an ending
	Cell   string `json:"cell,omitempty"`   // by which the front end knows the cell

	Question *Question `json:"question,omitempty"`
	Round    int       `json:"round,omitempty"`
	Answer   string    `json:"answer,omitempty"`

	Token   string   `json:"token,omitempty"`   // "" of a run that Go's scheduler decided
	Order   string   `json:"order,omitempty"`   // the same for runs that differ only in unrelated steps
	Outcome string   `json:"outcome,omitempty"` // how it ended and what came out, in one line
	Shows   []string `json:"shows,omitempty"`   // what the run is an example of: "lost update"

	Verdicts []Verdict `json:"verdicts,omitempty"`
}

// Question is what was to be predicted.
type Question struct {
	Kind    string   `json:"kind"`
	Text    string   `json:"text"`
	Options []string `json:"options,omitempty"`
}

// Verdict is what came of one property.
type Verdict struct {
	Property string `json:"property"`
	Result   string `json:"result"`         // one of [Results]
	Case     string `json:"case,omitempty"` // what the run is an example of in which it does not hold
}

// Results are what can come of a check.
var Results = []string{"holds", "fails", "unproven"}

// Joined answers a kernel that has joined.
type Joined struct {
	Name string `json:"name"` // by which the teacher sees the learner: an animal
}

// Call is what the room tells a kernel.
type Call struct {
	Show   string  `json:"show,omitempty"`   // the picture of this token is wanted; the kernel has told it
	Follow *Follow `json:"follow,omitempty"` // what the teacher looks at
}

// Follow is the run and the step that the teacher looks at; no token: nothing.
type Follow struct {
	Token string `json:"token,omitempty"`
	Step  int    `json:"step,omitempty"` // its number in the picture; 0: before the first
}

// Picture is a run as it is shown on the wall: drawings, which are shown as images only,
// and what each row says. Row i is at First + i·Row in the drawing of the steps.
type Picture struct {
	Token string       `json:"token"`
	Made  string       `json:"made"`
	Ends  string       `json:"ends"`
	Heads string       `json:"heads"`
	Steps string       `json:"steps"`
	First int          `json:"first"`
	Row   int          `json:"row"`
	Rows  []PictureRow `json:"rows"`
}

// PictureRow is one row.
type PictureRow struct {
	Step int    `json:"step,omitempty"` // its number, 0 if it is no step
	Says string `json:"says"`
}

// What is told is bounded. Both sides hold to it: the kernel so that it is heard, the room
// because not everybody does.
const (
	MostNotes    = 50       // in one request
	MostBody     = 64 << 10 // bytes of a request with notes
	MostPicture  = 1 << 20  // bytes of a request with a picture
	MostRows     = 600      // of a picture
	MostCall     = 4 << 10  // bytes of an event
	MostOptions  = 12
	MostShows    = 6
	MostVerdicts = 12
	MostRound    = 2

	mostName  = 80
	mostText  = 300
	mostToken = 400
)

// tokenText is how a token is written.
var tokenText = regexp.MustCompile(`^t[0-9]{1,2}-[0-9a-z.-]+$`)

// orderText is how an order is written.
var orderText = regexp.MustCompile(`^[0-9a-z]{1,16}$`)

// Clean cuts what is too long, and reports whether the note says something.
func (n *Note) Clean() bool {
	n.Lesson, n.Cell = line(n.Lesson, mostName), line(n.Cell, mostName)
	switch n.Kind {
	case At:
		return true
	case Said:
		n.Answer = line(n.Answer, mostText)
		if n.Question != nil {
			q := *n.Question // it may be another note's, too
			n.Question = &q
		}
		return n.Question.clean() && n.Answer != "" && n.Round >= 1 && n.Round <= MostRound && n.Question.takes(n.Answer)
	case Run:
		n.Outcome, n.Shows = line(n.Outcome, mostText), lines(n.Shows, MostShows)
		return orderText.MatchString(n.Order) && (n.Token == "" || IsToken(n.Token))
	case Check:
		n.Verdicts = slices.Clone(n.Verdicts[:min(len(n.Verdicts), MostVerdicts)])
		for i := range n.Verdicts {
			v := &n.Verdicts[i]
			v.Property, v.Case = line(v.Property, mostName), line(v.Case, mostName)
			if v.Property == "" || !slices.Contains(Results, v.Result) {
				return false
			}
		}
		return len(n.Verdicts) > 0
	}
	return false
}

// IsToken reports whether a text may be a token.
func IsToken(text string) bool { return len(text) <= mostToken && tokenText.MatchString(text) }

func (q *Question) clean() bool {
	if q == nil || !slices.Contains([]string{"choice", "number", "step", "order"}, q.Kind) || len(q.Options) > MostOptions {
		return false
	}
	q.Text, q.Options = line(q.Text, mostText), lines(q.Options, MostOptions)
	return q.Text != ""
}

// takes reports whether an answer is one that the question has.
func (q *Question) takes(answer string) bool {
	switch q.Kind {
	case "choice":
		return slices.Contains(q.Options, answer)
	case "order":
		return strings.Trim(answer, "0123456789 ") == ""
	}
	return strings.Trim(answer, "0123456789.-") == ""
}

// Clean reports whether the picture can be shown.
func (p *Picture) Clean() bool {
	if !IsToken(p.Token) || len(p.Rows) > MostRows || p.Row < 1 || p.Row > 200 || p.First < 0 || p.First > 1000 {
		return false
	}
	if !strings.HasPrefix(p.Heads, "<svg ") || !strings.HasPrefix(p.Steps, "<svg ") {
		return false
	}
	p.Made, p.Ends = line(p.Made, mostText), line(p.Ends, mostText)
	for i := range p.Rows {
		p.Rows[i].Says = line(p.Rows[i].Says, mostText)
		if p.Rows[i].Step < 0 {
			return false
		}
	}
	return true
}

// lines are those of a list that are not empty.
func lines(list []string, most int) []string {
	var out []string
	for _, s := range list[:min(len(list), most)] {
		if s = line(s, mostText); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// line is a text in one line of so many characters, without any that move a cursor or turn
// the direction of writing.
func line(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return ' '
		case r < ' ', r >= 0x7f && r <= 0x9f, r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff, r == utf8.RuneError:
			return -1
		}
		return r
	}, text)
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
