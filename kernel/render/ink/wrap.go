package ink

import (
	"strings"

	"threading101/kernel/words"
)

// longestQuote is the length up to which a quotation is kept on one line.
const longestQuote = 48

// split cuts a text at its blanks into parts that may be put on different lines. A short
// quotation stays in one part, so that what was printed reads as it was.
func split(text string) []string {
	var out []string
	for text != "" {
		n := strings.IndexByte(text, ' ')
		if open := strings.Index(text, "“"); open >= 0 && (n < 0 || open < n) {
			if end := strings.Index(text, "”"); end > open && end-open <= longestQuote {
				n = end + strings.IndexByte(text[end:]+" ", ' ')
			}
		}
		if n < 0 || n >= len(text) {
			return append(out, text)
		}
		out = append(out, text[:n])
		text = text[n+1:]
	}
	return out
}

// Wrap breaks a text into lines of a width in pixels.
func Wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range split(s) {
		switch longer := line + " " + word; {
		case line == "":
			line = word
		case Pixels(longer) <= width:
			line = longer
		default:
			lines = append(lines, Fit(line, width))
			line = word
		}
	}
	return append(lines, Fit(line, width))
}

// Broken breaks a text into lines of so many columns. All but the first are indented.
func Broken(text string, width int) []string {
	const indent = "  "
	var lines []string
	line := ""
	for _, word := range split(text) {
		switch {
		case line == "":
			line = word
		case strings.TrimSpace(line) != "" && words.Width(line)+1+words.Width(word) <= width:
			line += " " + word
		default:
			lines = append(lines, words.Truncate(line, width))
			line = indent + word
		}
	}
	return append(lines, words.Truncate(line, width))
}
