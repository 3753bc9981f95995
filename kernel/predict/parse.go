package predict

import (
	"errors"
	"regexp"
	"strings"

	"threading101/kernel/words/learning"
)

// MostOptions is how many options a question can have: one for each key from 1 to 9.
const MostOptions = 9

// Parse reads what stands behind %predict. The error is for the learner.
func Parse(text string) (*Question, error) {
	q := &Question{Kind: Choice}
	text, err := q.flags(text)
	if err != nil {
		return nil, err
	}
	if q.Text, text, err = questionText(text); err != nil {
		return nil, err
	}
	if text, err = q.flags(text); err != nil {
		return nil, err
	}
	if err := q.options(text); err != nil {
		return nil, err
	}
	return q, q.check()
}

// Flags are those of %predict, in the order of the help.
var Flags = []string{"-number", "-step", "-order", "-answer", "-because", "-about", "-again"}

// flags reads the flags that stand next, and returns what follows them.
func (q *Question) flags(text string) (rest string, err error) {
	for {
		text = strings.TrimSpace(text)
		if !strings.HasPrefix(text, "-") {
			return text, nil
		}
		name, rest := nextWord(text)
		switch name {
		case "-number":
			q.Kind = Number
		case "-step":
			q.Kind = Step
		case "-order":
			q.Kind = Order
		case "-again":
			q.Again = true
		case "-because":
			q.Because = true
		case "-about":
			q.About, rest = nextWord(rest)
		case "-answer":
			if rest, err = q.readAnswer(rest); err != nil {
				return "", err
			}
		default:
			return "", errors.New(learning.PredictUnknownFlag(name))
		}
		text = rest
	}
}

func nextWord(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	if i := strings.IndexAny(text, " \t"); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

// readAnswer reads what stands behind -answer: {fact}, "text" or a word.
func (q *Question) readAnswer(text string) (rest string, err error) {
	text = strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(text, "{"):
		n := closing(text)
		if n < 0 || strings.TrimSpace(text[1:n]) == "" {
			return "", errors.New(learning.PredictOpen("{"))
		}
		a := &answer{fact: strings.TrimSpace(text[1:n])}
		q.answer = a
		return text[n+1:], a.check()
	case isQuote(text):
		said, rest, err := questionText(text)
		q.answer = &answer{text: said}
		return rest, err
	}
	word, rest := nextWord(text)
	if word == "" {
		return "", errors.New(learning.PredictNoAnswer)
	}
	q.answer = &answer{text: word}
	return rest, nil
}

// quotes are what opens a question, and what closes it: typed, or as a word processor
// makes them.
var quotes = map[string]string{`"`: `"`, "“": "”", "„": "“"}

func isQuote(text string) bool {
	for open := range quotes {
		if strings.HasPrefix(text, open) {
			return true
		}
	}
	return false
}

// questionText reads a text in quotes.
func questionText(text string) (said, rest string, err error) {
	for open, end := range quotes {
		behind, ok := strings.CutPrefix(text, open)
		if !ok {
			continue
		}
		said, rest, ok = strings.Cut(behind, end)
		switch said = strings.TrimSpace(said); {
		case !ok:
			return "", "", errors.New(learning.PredictOpen(open))
		case said == "":
			return "", "", errors.New(learning.PredictNoQuestion)
		}
		return said, rest, nil
	}
	return "", "", errors.New(learning.PredictNoQuestion)
}

// options reads the options, with | between them.
func (q *Question) options(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	for _, part := range parts(text) {
		o, err := readOption(part)
		if err != nil {
			return err
		}
		if q.index(o.Text) >= 0 {
			return errors.New(learning.PredictTwice(o.Text))
		}
		q.Options = append(q.Options, o)
	}
	return nil
}

// parts splits at | outside braces.
func parts(text string) (all []string) {
	from := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{':
			if n := closing(text[i:]); n > 0 {
				i += n
			}
		case '|':
			all, from = append(all, text[from:i]), i+1
		}
	}
	return append(all, text[from:])
}

// closing is where the brace closes that opens at the start of text, -1 if nowhere.
// Braces in quotes do not count.
func closing(text string) int {
	depth, quote := 0, byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\' && quote != '`':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '`':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// keyAtEnd is the key of a misconception behind an option: a word that begins with #.
var keyAtEnd = regexp.MustCompile(`\s*#([\pL\pN][\pL\pN_-]*)$`)

// readOption reads "text {claim} #key".
func readOption(part string) (o Option, err error) {
	part = strings.TrimSpace(part)
	if m := keyAtEnd.FindStringSubmatchIndex(part); m != nil {
		o.Key, part = part[m[2]:m[3]], part[:m[0]]
	}
	if i := strings.IndexByte(part, '{'); i >= 0 && strings.HasSuffix(part, "}") && i+closing(part[i:]) == len(part)-1 {
		c, err := readClaim(part[i+1 : len(part)-1])
		if err != nil {
			return o, err
		}
		o.claim, part = &c, strings.TrimSpace(part[:i])
	}
	if o.Text = part; part == "" {
		return o, errors.New(learning.PredictEmptyOption)
	}
	return o, nil
}

// check finds what does not fit together.
func (q *Question) check() error {
	n, searched, printed := len(q.Options), false, false
	for _, o := range q.Options {
		if o.claim != nil && q.Kind != Choice {
			return errors.New(learning.PredictClaimOfChoice)
		}
		searched = searched || o.claim != nil && o.claim.scope != here && counts[o.claim.fact] == nil
		printed = printed || o.claim != nil && ofOutput[o.claim.fact]
	}
	switch {
	case (q.Kind == Choice || q.Kind == Order) && n < 2:
		return errors.New(learning.PredictFewOptions)
	case n > MostOptions:
		return errors.New(learning.PredictManyOptions(MostOptions))
	case (q.Kind == Number || q.Kind == Step) && n > 0:
		return errors.New(learning.PredictNoOptions(string(q.Kind)))
	case searched && printed && len(q.Needs().Values) > 0:
		return errors.New(learning.PredictBoth)
	}
	return q.checkAnswer()
}

// checkAnswer finds an answer that nobody could give.
func (q *Question) checkAnswer() error {
	if q.answer == nil || q.answer.fact != "" {
		return nil
	}
	a, ok := q.Read(q.answer.text)
	if !ok || a.Passed() {
		return errors.New(learning.PredictBadAnswer(q.answer.text))
	}
	q.answer.text = a.Text
	return nil
}
