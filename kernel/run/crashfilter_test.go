package run

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// pieces from which text that looks like something is made.
var pieces = []string{
	"panic: ", "fatal error: ", "pan", "goroutine 1 [running]:\n", "main.main()\n", "\t/x/main.go:3 +0x1\n", "\n", "\n\n",
	"==================\n", "WARNING: DATA RACE\n", "=====", "Found 2 data race(s)\n", "SIGQUIT: quit\n", "runtime stack:\n",
	"created by main.main in goroutine 1\n", "x", "ä€", "\xe2\x82", "[signal SIGSEGV: x]\n", "hello\n", "exit status 2\n",
}

// Whatever a program writes on stderr, in whatever portions and with whatever
// pauses: if it did not crash, every byte is shown. And in order, but for lines
// that stand in what looks like a list of goroutines.
func TestCrashFilterKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want, got strings.Builder
		s := &crashFilter{race: rapid.Bool().Draw(t, "race"), pass: func(b []byte) { got.Write(b) }}
		now := time.Unix(0, 0)
		for range rapid.IntRange(0, 30).Draw(t, "n") {
			piece := rapid.SampledFrom(pieces).Draw(t, "piece")
			want.WriteString(piece)
			s.feed([]byte(piece), now)
			switch rapid.IntRange(0, 5).Draw(t, "then") {
			case 0:
				now = now.Add(dumpWait)
				if s.wait(now) == 0 {
					s.settle()
				}
				if s.wait(now) != -1 {
					t.Fatal("something is held for ever")
				}
			case 1:
				s.other()
			}
		}
		s.finish(func([]byte, stage) bool { return false })
		if s.race && len(s.reports)+s.more > 0 {
			return // a report between bars is taken for one, whoever wrote it
		}
		if got.String() != want.String() && !(listed.MatchString(want.String()) && sameBytes(got.String(), want.String())) {
			t.Fatalf("%q became %q", want.String(), got.String())
		}
	})
}

var listed = regexp.MustCompile(`goroutine |runtime stack:`)

func sameBytes(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return bytes.Equal(x, y)
}

// The throttle shows every byte of a valid text once, never half a character,
// and leaves out exactly what it counts.
func TestOutletAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(rapid.StringOfN(rapid.SampledFrom([]rune("aä€😀\n")), 1, 50, -1).Draw(t, "text"), rapid.IntRange(1, 200).Draw(t, "times"))
		var shown strings.Builder
		emit := func(_, s string) {
			if !utf8.ValidString(s) {
				t.Fatalf("half a character in %q", s)
			}
			shown.WriteString(s)
		}
		now := time.Unix(0, 0)
		o := newThrottle(&Spec{Output: emit, Limits: Limits{OutputBytes: rapid.Int64Range(1, 20000).Draw(t, "limit")}}, now)
		for rest := text; rest != ""; {
			n := min(len(rest), rapid.IntRange(1, 5000).Draw(t, "n"))
			o.write(stdout, []byte(rest[:n]))
			rest = rest[n:]
			now = now.Add(time.Duration(rapid.IntRange(0, 50).Draw(t, "ms")) * time.Millisecond)
			if o.due(now) == 0 {
				o.flush(now)
			}
		}
		o.finish(now)
		if o.cap.omitted == 0 && shown.String() != text {
			t.Fatalf("%d bytes became %d", len(text), shown.Len())
		}
		kept := strings.ReplaceAll(shown.String(), "\uFFFD", "")
		if o.cap.omitted > 0 && commonPrefix(kept, text) == 0 && text[0] != '\n' && o.cap.omitted != int64(len(text)) {
			t.Fatalf("the beginning is missing: %.50q", kept)
		}
	})
}

// Other goroutines write their lines into a crash: it is found all the same,
// and their lines are shown.
func TestCrashAmongOtherLines(t *testing.T) {
	var got strings.Builder
	s := &crashFilter{pass: func(b []byte) { got.Write(b) }}
	s.feed([]byte("one\npanic: boom\ntwo\n\ngoroutine 7 [running]:\nmain.f()\nthree four\n\t/x.go:3 +0x1\n"), time.Unix(0, 0))
	text := s.finish(func(_ []byte, at stage) bool { return at == inDump })
	c := crashOf(string(text), plainly)
	if c.Message != "boom" || len(c.Goroutines) != 1 || len(c.Goroutines[0].Frames) != 1 {
		t.Errorf("%q: %+v", text, c)
	}
	if want := "one\npanic: boom\ntwo\n\nthree four\n"; got.String() != want {
		t.Errorf("shown: %q", got.String())
	}
}

// Two goroutines panic at once, and Go writes both dumps: the first is the crash,
// and nothing of either is shown as the program's own words.
func TestCrashFilterTellsTheFirstOfTwoCrashes(t *testing.T) {
	dump := func(value string) string {
		return "panic: " + value + "\n\ngoroutine 7 [running]:\nmain.main.func1()\n\t/x/main.go:3 +0x1\n"
	}
	tests := []struct{ name, before, want, shown string }{
		{"two panics", dump("one"), dump("one"), ""},
		{"its own stack first", strings.Replace(dump("one"), "main.main", "runtime/debug.Stack()\nmain.main", 1), dump("two"), "all of it"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var shown strings.Builder
			s := &crashFilter{pass: func(b []byte) { shown.Write(b) }}
			s.feed([]byte(test.before+dump("two")), time.Unix(0, 0))
			got := s.finish(func(_ []byte, at stage) bool { return at == inDump })
			if string(got) != test.want {
				t.Errorf("the crash is %q, want %q", got, test.want)
			}
			if (shown.String() == test.before) != (test.shown != "") {
				t.Errorf("shown: %q", shown.String())
			}
		})
	}
}

func TestLastPanic(t *testing.T) {
	tests := [][2]string{
		{"boom", "boom"},
		{"boom [recovered, repanicked]", "boom"},
		{"first [recovered]\npanic: again: first", "again: first"},
		{"two\nlines", "two"},
	}
	for _, test := range tests {
		if got := lastPanic(test[0]); got != test[1] {
			t.Errorf("%q became %q, want %q", test[0], got, test[1])
		}
	}
}
