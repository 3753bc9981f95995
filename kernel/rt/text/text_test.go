package text

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// Each function does what that of packages strings and bytes does.
func TestAsTheLibrary(t *testing.T) {
	for _, s := range []string{"", "a", "ab", "abab", "goroutine 1 [running]:\nmain.main()\n\ngoroutine 2", "ü|ü|", "||"} {
		for _, sep := range []string{"|", "\n", "\n\n", "ab", "ü", "goroutine "} {
			same(t, s, sep)
		}
	}
}

func same(t *testing.T, s, sep string) {
	if got, want := Index(s, sep), strings.Index(s, sep); got != want {
		t.Errorf("Index(%q, %q) = %d, want %d", s, sep, got, want)
	}
	if got, want := LastIndex(s, sep), strings.LastIndex(s, sep); got != want {
		t.Errorf("LastIndex(%q, %q) = %d, want %d", s, sep, got, want)
	}
	if got, want := Split(s, sep), strings.Split(s, sep); !slices.Equal(got, want) {
		t.Errorf("Split(%q, %q) = %q, want %q", s, sep, got, want)
	}
	after, found := CutPrefix(s, sep)
	if want, is := strings.CutPrefix(s, sep); after != want || found != is || HasPrefix(s, sep) != is {
		t.Errorf("CutPrefix(%q, %q) = %q, %v", s, sep, after, found)
	}
	before, rest, found := Cut([]byte(s), sep)
	if b, r, is := bytes.Cut([]byte(s), []byte(sep)); !bytes.Equal(before, b) || !bytes.Equal(rest, r) || found != is {
		t.Errorf("Cut(%q, %q) = %q, %q, %v", s, sep, before, rest, found)
	}
}
