package report

import (
	"regexp"

	"threading101/kernel/words"
)

// hints are compiled once, in the order of the words: the first that fits wins.
var hints = func() (rows []compiled) {
	for _, h := range words.ReportCompileHints {
		rows = append(rows, compiled{regexp.MustCompile(`^(?s:` + h.Message + `)`), h.Hint})
	}
	return rows
}()

type compiled struct {
	message *regexp.Regexp
	hint    string
}

// hintFor returns advice on a message of the compiler, "" where we have none
// that is surely true. $1 in the advice stands for what the message names.
func hintFor(message string) string {
	for _, h := range hints {
		if m := h.message.FindStringSubmatchIndex(message); m != nil {
			return string(h.message.ExpandString(nil, h.hint, message, m))
		}
	}
	return ""
}
