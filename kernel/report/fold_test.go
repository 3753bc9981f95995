package report

import (
	"strings"
	"testing"

	"threading101/kernel/words"
)

// No front end has to break a line: JupyterLab does it in the middle of a word.
func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"short": "short",
		"main redeclared in this block, which is a long message (also declared in line 1)": "main redeclared in this block, which is a long message\n(also declared in line 1)",
		"cell [37] still declares this. Forget it, if you want: %rm Ticket~Show and more":  "cell [37] still declares this. Forget it, if you want:\n%rm Ticket~Show and more",
		"not enough\n\thave (" + strings.Repeat("x", 60) + ")\n\twant ()":                  "not enough\n\thave\n(" + strings.Repeat("x", 60) + ")\n\twant ()",
		"  " + strings.Repeat("x", 60): "  " + strings.Repeat("x", 60),
	} {
		if got := fold(text); got != want || len(got) != len(text) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A line is quoted without its indentation, and as much of it as there is room for; the
// caret is below its place.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("abcdefghi ", 12)
	for _, c := range []struct {
		text          string
		offset        int
		shown, before string
	}{
		{"\t\ttime.Slep(3)", 7, "time.Slep(3)", "time."},
		{"\tx", 0, "x", ""},
		{"a\tb", 2, "a    b", "a    "},
		{"\t" + long, 4, "abcdefghi abcdefghi abcdefghi abcdefghi abcdef…", "abc"},
		{long, 60, "…abcdefghi abcdefghi abcdefghi abcdefghi abcde…", "…abcdefghi abcdefghi abcdefghi "},
		{strings.Repeat("日", 60), 90, "…" + strings.Repeat("日", 22) + "…", "…" + strings.Repeat("日", 15)},
	} {
		shown, before := excerpt(c.text, c.offset)
		if shown != c.shown || before != c.before || words.Width(shown) > quoteRoom {
			t.Errorf("%q at %d: %q, %q", c.text, c.offset, shown, before)
		}
	}
}
