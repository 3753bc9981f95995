package report

import (
	"fmt"
	"strings"
	"unicode"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// quote shows a line of source with its number, and a caret under a column; 0 is none.
func (p *page) quote(at model.Pos, col int) {
	text := p.text(at)
	if strings.TrimSpace(text) == "" {
		return
	}
	if col > len(text)+1 {
		col = 0
	}
	shown, before := excerpt(text, max(col-1, 0))
	p.lines = append(p.lines, fmt.Sprintf("%5d │ ", at.Line)+visible(shown))
	if col > 0 {
		p.lines = append(p.lines, "      │ "+under(before)+paint(bold, "^"))
	}
}

// quoteRoom is how much of a line of source is quoted: the rest of the measure.
const quoteRoom = measure - len("    1 | ")

// excerpt is a line of source as it is quoted: without its indentation, and as much of it
// round an offset as there is room for, so that no front end breaks it above the caret.
// before is what of it lies before the offset.
func excerpt(text string, offset int) (shown, before string) {
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	spaced := func(s string) string { return strings.ReplaceAll(s, "\t", "    ") }
	before, after := spaced(text[min(indent, offset):offset]), spaced(strings.TrimRight(text[max(indent, offset):], " \t"))
	if words.Width(before+after) > quoteRoom {
		before = end(before, quoteRoom*2/3)
		after = words.Truncate(after, quoteRoom-words.Width(before))
	}
	return before + after, before
}

// end is as much of the end of a text as there is room for.
func end(text string, room int) string {
	if words.Width(text) <= room {
		return text
	}
	rest := []rune(text)
	for words.Width(string(rest)) >= room {
		rest = rest[1:]
	}
	return "…" + string(rest)
}

// under returns the blanks that are as wide as text: a wide character becomes a wide
// blank.
func under(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x1F300 && r < 0x1FB00:
			return '\u3000'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return ' '
	}, text)
}
