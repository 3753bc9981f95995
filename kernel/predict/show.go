package predict

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// RecordType is the MIME type of a question with what was said to it.
const RecordType = "application/vnd.threading101.prediction+json"

// Shown is a question with its answers, as it stands below its cell.
type Shown struct {
	Schema   int      `json:"schema"`
	Question Question `json:"question"`
	Rounds   []Record `json:"rounds"`         // one for each answer so far
	Run      string   `json:"run,omitempty"`  // what the run came to, where nothing is judged
	Note     string   `json:"note,omitempty"` // what must be said: not answered, not known

	Brief bool `json:"-"` // the options stand above, where they were asked for
}

// NewShown is a question with the answers of some records.
func NewShown(q *Question, rounds []Record) Shown {
	s := Shown{Schema: Schema, Question: Record{Question: *q}.short().Question, Rounds: []Record{}}
	for _, r := range rounds {
		s.Rounds = append(s.Rounds, r.short())
	}
	return s
}

// Bundle is what is shown, in all its forms.
func (s Shown) Bundle(lines ...learning.Emphasised) (data, metadata map[string]any) {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // it holds texts and numbers only
	}
	return map[string]any{
		"text/plain": s.plain(lines), "text/html": s.page(lines), RecordType: json.RawMessage(text),
	}, map[string]any{}
}

// The widest texts that are shown.
const (
	wideText   = 500
	wideOption = 120
)

func (s Shown) plain(lines []learning.Emphasised) string {
	var b strings.Builder
	b.WriteString(words.Plain(s.Question.Text, wideText) + "\n")
	for i, o := range s.options() {
		fmt.Fprintf(&b, "  %d  %s\n", i+1, words.Plain(o.Text, wideOption))
	}
	for _, l := range lines {
		b.WriteString(l.Plain() + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// options are those that are shown.
func (s Shown) options() []Option {
	if s.Brief {
		return nil
	}
	return s.Question.Options
}

// page is the same in HTML that needs neither a script nor a style sheet.
func (s Shown) page(lines []learning.Emphasised) string {
	var b strings.Builder
	b.WriteString(`<div class="t101-predict" role="group" aria-label="` + html.EscapeString(learning.PredictLabel) + `">`)
	b.WriteString("<p><b>" + html.EscapeString(words.Plain(s.Question.Text, wideText)) + "</b></p>\n")
	if len(s.options()) > 0 {
		b.WriteString("<ol>")
		for _, o := range s.options() {
			b.WriteString("<li>" + html.EscapeString(words.Plain(o.Text, wideOption)) + "</li>")
		}
		b.WriteString("</ol>\n")
	}
	for _, l := range lines {
		b.WriteString("<p>" + l.HTML() + "</p>\n")
	}
	b.WriteString("</div>")
	return b.String()
}

// Said says what was answered, and what it was.
func (s Shown) Said() []learning.Emphasised {
	var lines []learning.Emphasised
	if said := s.answers(); len(said) > 0 {
		lines = append(lines, learning.PredictSaid(said, s.was(), s.all()))
	}
	for _, r := range s.Rounds {
		if r.Because != "" {
			lines = append(lines, learning.PredictBecause(words.Plain(r.Because, wideText)))
		}
	}
	if s.Run != "" {
		lines = append(lines, learning.PredictRun(words.Plain(s.Run, wideOption)))
	}
	if s.Note != "" {
		lines = append(lines, learning.Emphasised{s.Note})
	}
	return lines
}

// answers are what was said in each round, in words.
func (s Shown) answers() (said []string) {
	for _, r := range s.Rounds {
		if !r.Passed() {
			said = append(said, words.Plain(s.Question.Shown(r.Answer), wideOption))
		}
	}
	return said
}

// was is what the last run or search said.
func (s Shown) was() (all []string) {
	if n := len(s.Rounds); n > 0 && s.Rounds[n-1].Judged {
		for _, one := range s.Rounds[n-1].Was {
			all = append(all, words.Plain(s.Question.Shown(one), wideOption))
		}
	}
	return all
}

// all reports whether the answer is about all interleavings.
func (s Shown) all() bool {
	n := len(s.Rounds)
	return n > 0 && s.Rounds[n-1].OfAll
}
