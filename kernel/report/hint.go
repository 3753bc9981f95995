package report

import (
	"regexp"
	"sync"

	"threading101/kernel/words"
)

// hints are in the order of the words: the first that fits wins. They are compiled
// when a first error asks: GoNB starts this program for each step of a cell.
var hints = sync.OnceValue(func() (rows []compiled) {
	for _, h := range words.ReportCompileHints {
		rows = append(rows, compiled{regexp.MustCompile(`^(?s:` + h.Message + `)`), h.Hint})
	}
	return rows
})

type compiled struct {
	message *regexp.Regexp
	hint    string
}

// lineHints are looked at before them.
var lineHints = sync.OnceValue(func() (rows []lineHint) {
	for _, h := range words.ReportLineHints {
		rows = append(rows, lineHint{regexp.MustCompile(`^(?:` + h.Message + `)`), regexp.MustCompile(h.Line), h.Hint})
	}
	return rows
})

type lineHint struct {
	message, line *regexp.Regexp
	hint          string
}

// hintFor returns advice on a message of the compiler about a line of source,
// "" where we have none that is surely true. $1 in the advice stands for what
// the message names.
func hintFor(message, line string) string {
	for _, h := range lineHints() {
		if m := h.match(message, line); m != nil {
			return string(h.message.ExpandString(nil, h.hint, message, m))
		}
	}
	for _, h := range hints() {
		if m := h.message.FindStringSubmatchIndex(message); m != nil {
			return string(h.message.ExpandString(nil, h.hint, message, m))
		}
	}
	return ""
}

// match returns the match of the message if the line fits too, and both name
// the same thing where the line's pattern has a group.
func (h lineHint) match(message, line string) []int {
	m := h.message.FindStringSubmatchIndex(message)
	if m == nil || !h.line.MatchString(line) {
		return nil
	}
	if h.line.NumSubexp() == 0 {
		return m
	}
	for _, l := range h.line.FindAllStringSubmatch(line, -1) {
		if l[1] == message[m[2]:m[3]] {
			return m
		}
	}
	return nil
}
