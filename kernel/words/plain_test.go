package words

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestPlain(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"A 1", "A 1"},
		{"two\nlines\r\n", "two↵lines↵"},
		{"\x1b[31mred\x07\x00", "␛[31mred␇␀"},
		{"\u202egnirts", "·gnirts"},
		{"\xff", "\uFFFD"},
		{"日本語日本語日本語日本語", "日本語日本語日本語…"},
		{"👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"},
		{"0123456789012345678👍🏽", "0123456789012345678…"},
		{"012345678901234567e\u0301e\u0301e", "012345678901234567e\u0301…"},
	} {
		if got := Plain(c.in, 20); got != c.want {
			t.Errorf("Plain(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"", "plain", "\x1b[2J\u202e\xff", "👩‍👩‍👧‍👦日本", strings.Repeat("e\u0301", 50)} {
		f.Add(s, 12)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 1 + width&0xff
		got := Plain(s, width)
		if !utf8.ValidString(got) {
			t.Errorf("%q is no UTF-8", got)
		}
		if Width(got) > width {
			t.Errorf("%q has %d columns, more than %d", got, Width(got), width)
		}
		for _, r := range got {
			if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Errorf("%q holds %U", got, r)
			}
		}
	})
}

func TestElapsed(t *testing.T) {
	for _, c := range []struct {
		ns   int64
		want string
	}{
		{0, "0 ns"}, {999, "999 ns"}, {1000, "1 µs"}, {72_500, "72.5 µs"}, {999_999, "1000 µs"}, {50_239_500, "50.2 ms"},
		{1_200_000_000, "1.2 s"}, {2_000e9, "2000 s"},
	} {
		if got := Elapsed(time.Duration(c.ns)); got != c.want {
			t.Errorf("Elapsed(%d) = %q, want %q", c.ns, got, c.want)
		}
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"A", "A"}, {"A B", "A and B"}, {"A B C", "A, B and C"},
		{"A B C D E F G", "A, B, C, D, E, F and G"}, {"A B C D E F G H", "A, B, C, D, E, F and 2 more"},
	} {
		if got := List(strings.Fields(c.in)); got != c.want {
			t.Errorf("List(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestShort(t *testing.T) {
	tests := []struct {
		name  string
		width int
		want  string
	}{
		{"Philosopher.dine 3", 7, "Phil… 3"},
		{"p.left·12", 6, "p.…·12"},
		{"worker 1", 8, "worker 1"},
		{"plain name", 6, "plain…"},
		{"a 123456", 5, "a 12…"},
		{"player 0·2", 8, "pla… 0·2"},
		{"player 10·2", 5, "pl…·2"},
		{"cell 10 11", 8, "c… 10 11"},
		{"cell 10 11", 6, "ce… 11"},
		{"Clerk.payIn_1", 8, "Clerk…_1"},
		{"processOrders …-east", 14, "proces… …-east"},
		{"get …/a/very/long/way", 8, "get …/a…"},
	}
	for _, test := range tests {
		if got := Short(test.name, test.width); got != test.want {
			t.Errorf("Short(%q, %d) = %q, want %q", test.name, test.width, got, test.want)
		}
	}
}

// TestWidth: East Asian text and emoji are drawn double, marks on a character take no
// room of their own.
func TestWidth(t *testing.T) {
	for s, want := range map[string]int{"abc": 3, "日本": 4, "é": 1, "e\u0301": 1, "✅": 2, "❌": 2, "⚠": 1, "👍🏽": 2, "ﾊ": 1, "Ａ": 2, "┃▒●": 3} {
		if got := Width(s); got != want {
			t.Errorf("%q has %d columns, want %d", s, got, want)
		}
	}
}
