package run

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"threading101/kernel/event"
)

// told reads a text in pieces and writes down what comes of it: marks as <n>.
func told(pieces ...string) string {
	var m marks
	var out strings.Builder
	for _, p := range pieces {
		m.read([]byte(p), func(b []byte) { out.Write(b) }, func(n int) { fmt.Fprintf(&out, "<%d>", n) })
	}
	out.Write(m.rest())
	return out.String()
}

func TestMarks(t *testing.T) {
	mark := func(n int) string { return string(event.Mark(n)) }
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"plain\n", "plain\n"}, {mark(1), "<1>"}, {"a\n" + mark(1) + "b" + mark(23), "a\n<1>b<23>"},
		{"\x1b[31mred\x1b[0m" + mark(2), "\x1b[31mred\x1b[0m<2>"},
		{"\x1b]t101;x\a", "\x1b]t101;x\a"}, {"\x1b]t101;0\a", "\x1b]t101;0\a"}, {"\x1b]t101;\a", "\x1b]t101;\a"},
		{"\x1b\x1b]t101;7\a", "\x1b<7>"}, {"\x1b]t101;12345678901234567890\a", "\x1b]t101;12345678901234567890\a"},
	} {
		if got := told(c.in); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.in, got, c.want)
		}
	}
}

// However the output is cut by the reading, the same marks are found, and no byte of
// the program's is lost.
func TestMarksAreFoundWhereverTheyAreCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.OneOf(
			rapid.StringMatching(`[a-z\n]{0,6}`), rapid.Just("\x1b"), rapid.Just("\x1b]t101;"), rapid.Just("\x1b]t1"), rapid.Just("\a"),
			rapid.Custom(func(t *rapid.T) string { return string(event.Mark(rapid.IntRange(1, 300).Draw(t, "n"))) }),
		)
		text := strings.Join(rapid.SliceOfN(part, 0, 8).Draw(t, "parts"), "")
		var pieces []string
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		if whole, cut := told(text), told(pieces...); whole != cut {
			t.Fatalf("%q in pieces %q: %q, not %q", text, pieces, cut, whole)
		}
	})
}
