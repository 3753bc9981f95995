package cli

import (
	"context"
	"strings"
	"testing"
)

// Lines come one by one, the last without an end too; of one that is too long so much
// comes that this can be seen, and the next is whole again.
func TestLinesOf(t *testing.T) {
	long := strings.Repeat("x", 100)
	var got []string
	for line := range linesOf(context.Background(), strings.NewReader("a\n\r\n"+long+long+"\nb"), 20) {
		got = append(got, string(line))
	}
	if len(got) != 4 || got[0] != "a" || got[1] != "" || len(got[2]) <= 20 || len(got[2]) > 40 || got[3] != "b" {
		t.Errorf("%q", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, more := next(ctx, make(chan []byte)); more {
		t.Error("a line after the end")
	}
}

// One key is an answer, digits are where there are many choices, and behind a colon a
// line is.
func TestTypedLine(t *testing.T) {
	for typed, want := range map[string]struct {
		choices int
		line    string
		more    bool
	}{
		"1":                {2, "1", true},
		"\n":               {2, "", true},
		"12\n":             {30, "12", true},
		"1\x7f3\r":         {30, "3", true},
		"u":                {30, "u", true},
		":goal los\x7ft\n": {2, "goal lot", true},
		"\x04":             {2, "", false},
		"":                 {2, "", false},
	} {
		keys := make(chan rune, 100)
		for _, key := range typed {
			keys <- key
		}
		close(keys)
		if line, more := typedLine(context.Background(), &strings.Builder{}, keys, want.choices); line != want.line || more != want.more {
			t.Errorf("%q: %q, %t", typed, line, more)
		}
	}
}
