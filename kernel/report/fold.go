package report

import (
	"strings"

	"threading101/kernel/words"
)

// measure is the longest line, in columns: what JupyterLab has room for in a window of
// 900 pixels, a scroll bar in it, and at 150 % in one of 1,400. It breaks longer ones in the middle of a word.
const measure = 55

// fold breaks long lines of a text at blanks, which become line ends: the result is as
// long as the text.
func fold(text string) string {
	b := []byte(text)
	column, blank := 0, -1 // blank is where the line can be broken
	for i, r := range text {
		switch {
		case r == '\n':
			column, blank = 0, -1
			continue
		case r == ' ' && breaks(text[:i]):
			blank = i
		}
		if column += words.Width(string(r)); column > measure && blank >= 0 {
			b[blank] = '\n'
			column = words.Width(text[blank+1 : i+len(string(r))])
			blank = -1
		}
	}
	return string(b)
}

// breaks reports whether a line may end after a text: not within its indentation, nor
// between a command and what it takes, which are copied as one.
func breaks(before string) bool {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	word := line[strings.LastIndexByte(line, ' ')+1:]
	return strings.TrimSpace(line) != "" && !strings.HasPrefix(word, "%") && !strings.HasPrefix(word, "!")
}
