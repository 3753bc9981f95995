package predict

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Answer is what a learner said.
type Answer struct {
	Text    string // the option, the number, or the order as "2 1 3"; "": nothing was said
	Because string // the reason, "" if none was given
}

// Passed reports whether nothing was said.
func (a Answer) Passed() bool { return a.Text == "" }

// The longest texts that are read.
const (
	mostAnswer  = 200
	mostBecause = 500
)

// reason is what begins a reason.
var reason = regexp.MustCompile(`(?i)(^|[\s,;.])because\b[:\s]*`)

// Read reads what was typed. It is not ok if it is no answer to the question; to say
// nothing, or "?", is an answer.
func (q *Question) Read(typed string) (a Answer, ok bool) {
	typed = strings.TrimSpace(strings.ToValidUTF8(typed, "\uFFFD"))
	if i := q.index(typed); i >= 0 && q.Kind == Choice { // it may hold the word itself
		return Answer{Text: q.Options[i].Text}, true
	}
	if m := reason.FindStringIndex(typed); m != nil {
		typed, a.Because = strings.TrimRight(typed[:m[0]], ",;. "), bounded(typed[m[1]:], mostBecause)
	}
	typed = bounded(typed, mostAnswer)
	if strings.Trim(typed, "?…. ") == "" {
		return a, true
	}
	a.Text = q.meant(typed)
	return a, a.Text != ""
}

// ReadBecause reads a reason that was asked for.
func ReadBecause(typed string) string {
	typed = strings.TrimSpace(strings.ToValidUTF8(typed, "\uFFFD"))
	if m := reason.FindStringIndex(typed); m != nil && m[0] == 0 {
		typed = typed[m[1]:]
	}
	return bounded(typed, mostBecause)
}

// bounded is the beginning of a text.
func bounded(text string, most int) string {
	text = strings.TrimSpace(text)
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// meant is the answer that was typed, "" if it is none.
func (q *Question) meant(typed string) string {
	switch q.Kind {
	case Choice:
		return q.chosen(typed)
	case Order:
		return q.ordered(typed)
	}
	return number(typed, q.Kind == Step)
}

// chosen is the option with that number, that text, or the only one that begins so.
func (q *Question) chosen(typed string) string {
	if i := q.index(typed); i >= 0 {
		return q.Options[i].Text
	}
	if n, err := strconv.Atoi(strings.TrimRight(typed, ".):")); err == nil && n >= 1 && n <= len(q.Options) {
		return q.Options[n-1].Text
	}
	var begins []string
	for _, o := range q.Options {
		if strings.HasPrefix(strings.ToLower(o.Text), strings.ToLower(typed)) {
			begins = append(begins, o.Text)
		}
	}
	if len(begins) == 1 {
		return begins[0]
	}
	return ""
}

// ordered is an order of all options: their numbers, each once.
func (q *Question) ordered(typed string) string {
	digits := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(" ,;.>-→\t", r) })
	if len(digits) == 1 {
		digits = strings.Split(digits[0], "")
	}
	seen := make([]bool, len(q.Options))
	for _, d := range digits {
		n, err := strconv.Atoi(d)
		if err != nil || n < 1 || n > len(seen) || seen[n-1] {
			return ""
		}
		seen[n-1] = true
	}
	if slices.Contains(seen, false) {
		return ""
	}
	return strings.Join(digits, " ")
}

// number is a number as it is compared; that of a step is whole and not negative.
func number(typed string, whole bool) string {
	if whole {
		n, err := strconv.ParseUint(typed, 10, 31)
		if err != nil {
			return ""
		}
		return strconv.FormatUint(n, 10)
	}
	typed = strings.ReplaceAll(strings.ReplaceAll(typed, " ", ""), ",", "")
	f, err := strconv.ParseFloat(typed, 64)
	if err != nil || f != f || f > 1e15 || f < -1e15 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// Shown is an answer in words: of an order, the lines themselves.
func (q *Question) Shown(text string) string {
	if q.Kind != Order {
		return text
	}
	var lines []string
	for _, d := range strings.Fields(text) {
		n, err := strconv.Atoi(d)
		if err != nil || n < 1 || n > len(q.Options) {
			return text
		}
		lines = append(lines, q.Options[n-1].Text)
	}
	return strings.Join(lines, ", ")
}
