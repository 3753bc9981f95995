package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Plain makes text that came from a run safe to stand in a sentence, a table
// or a picture: one line, nothing that moves a cursor, changes a colour or
// turns the direction of writing, at most width columns of a terminal. What
// was changed stays visible: a line end is ↵, an escape ␛, a byte that is no
// UTF-8 the replacement character; what was cut off ends in ….
func Plain(s string, width int) string {
	if simple(s, width) {
		return s
	}
	return Truncate(visible(s, 4*width+64), width)
}

// simple reports whether s is short printable ASCII, which most texts are.
func simple(s string, width int) bool {
	if len(s) > width {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// visible replaces what would not be seen, or would do harm, in the first few
// characters of s.
func visible(s string, most int) string {
	var b strings.Builder
	for n := 0; s != "" && n < most; n++ {
		r, size := utf8.DecodeRuneInString(s)
		if r == '\r' && strings.HasPrefix(s, "\r\n") {
			size = 2
			r = '\n'
		}
		s = s[size:]
		b.WriteString(shown(r))
	}
	if s != "" {
		b.WriteString(strings.Repeat("…", 2)) // more than fits, whatever follows
	}
	return b.String()
}

// shown returns how a character is shown.
func shown(r rune) string {
	switch {
	case r == '\n' || r == '\u2028' || r == '\u2029':
		return "↵"
	case r == '\t':
		return "  "
	case r < ' ':
		return string('␀' + r)
	case r == 0x7f:
		return "␡"
	case r >= 0x80 && r < 0xa0, r&0xfffe == 0xfffe, r >= 0xe0000 && r < 0xe0080:
		return "\uFFFD"
	case r == '\u200d': // joins the parts of one emoji
		return string(r)
	case r == '\u200b' || r == '\ufeff' || unicode.Is(unicode.Cf, r):
		return "·"
	case unicode.IsSpace(r):
		return " "
	}
	return string(r)
}

// Width is how many columns of a terminal s takes.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
	}
	return n
}

// Truncate cuts s to at most width columns, between what a reader takes for
// characters, and marks the cut.
func Truncate(s string, width int) string {
	if len(s) <= width || Width(s) <= width {
		return s
	}
	used, end, last := 0, 0, 0 // last: where the last whole character began
	joined := false
	for i, r := range s {
		w := columns(r)
		if !joined && !extends(r) {
			last = i
		}
		if used+w > width-1 {
			end = last
			break
		}
		used += w
		joined = r == '\u200d'
	}
	return s[:end] + "…"
}

// Name is a goroutine's name as pictures and sentences say it.
func Name(name string) string { return Short(Plain(name, 80), 24) }

// Short cuts a name to at most width columns, but keeps the numbers at its end,
// which may be all that tells it from the next: "Philosopher.dine 3" → "Phil… 3",
// "player 0·2" → "pl… 0·2", "payIn_1" → "pay…_1"; and the part that tells a shortened name apart:
// "processOrders …-east" → "proc… …-east".
func Short(name string, width int) string {
	if Width(name) <= width {
		return name
	}
	if i := strings.LastIndex(name, " …"); i > 0 && Width(name[i:]) <= width-2 {
		return Truncate(name[:i], width-Width(name[i:])) + name[i:]
	}
	end := name[len(strings.TrimRight(name, " ·_0123456789-")):]
	if i := strings.IndexAny(end, " ·_"); i >= 0 {
		end = end[i:]
	} else {
		return Truncate(name, width)
	}
	for Width(end) > width-2 {
		i := strings.IndexAny(end[1:], " ·_")
		if i < 0 {
			return Truncate(name, width)
		}
		end = end[1+i:]
	}
	return Truncate(strings.TrimSuffix(name, end), width-Width(end)) + end
}

// extends reports whether r belongs to the character before it.
func extends(r rune) bool {
	return r == '\u200d' || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) ||
		r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff
}

// columns is how many columns of a terminal a character takes.
func columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case extends(r):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth: // emoji too
		return 2
	}
	return 1
}
