package instrument

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSpliceNests(t *testing.T) {
	s := &splice{src: []byte("a.b + c")}
	s.before(0, "outer(")
	s.after(7, ")")
	s.before(0, "inner(&")
	s.after(3, ")")
	s.replace(4, 5, "-")
	if got, want := string(s.apply()), "outer(inner(&a.b) - c)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSpliceOverlap(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("overlapping changes were accepted")
		}
	}()
	s := &splice{src: []byte("abcdef")}
	s.replace(1, 4, "x")
	s.replace(3, 5, "y")
	s.apply()
}

// TestSpliceProperties: what is not replaced comes out in order, each text that
// was asked for is there once, and pairs nest.
func TestSpliceProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := rapid.StringMatching(`[a-z]{1,30}`).Draw(t, "src")
		s := &splice{src: []byte(src)}
		pairs := nest(t, s, 0, len(src), 0)
		out := string(s.apply())
		depth := 0
		for _, c := range out {
			switch c {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth < 0 {
				t.Fatalf("a pair closes before it opens: %q", out)
			}
		}
		if strings.Count(out, "(") != pairs || depth != 0 {
			t.Fatalf("%d pairs asked for, got %q", pairs, out)
		}
		if got := strings.NewReplacer("(", "", ")", "").Replace(out); got != src {
			t.Fatalf("%q became %q", src, got)
		}
	})
}

// nest asks for pairs round src[lo:hi] and parts of it, from the outside in.
func nest(t *rapid.T, s *splice, lo, hi, depth int) (pairs int) {
	for range rapid.IntRange(0, 2).Draw(t, "here") {
		s.before(lo, "(")
		s.after(hi, ")")
		pairs++
	}
	if depth == 4 || hi-lo < 2 {
		return pairs
	}
	cut := rapid.IntRange(lo+1, hi-1).Draw(t, "cut")
	return pairs + nest(t, s, lo, cut, depth+1) + nest(t, s, cut, hi, depth+1)
}

func FuzzTrivia(f *testing.F) {
	for _, s := range []string{"", ".", ". // c\n Lock(", "/* a\nb */ <-", "\n\n", "// end", `"//"`, "'/'", "`\n`", "\x00/\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		kept := trivia([]byte(src))
		if again := trivia([]byte(kept)); strings.Join(strings.Fields(again), " ") != strings.Join(strings.Fields(kept), " ") {
			t.Errorf("%q: %q, then %q", src, kept, again)
		}
		for _, tok := range tokens([]byte(kept)) {
			if tok != token.COMMENT {
				t.Errorf("%q: kept %q, with a token %s", src, kept, tok)
			}
		}
		if valid(src) && !strings.Contains(src, "`") && strings.Count(kept, "\n") != strings.Count(src, "\n") {
			t.Errorf("%q: lines lost in %q", src, kept)
		}
	})
}

// valid reports whether src scans without errors.
func valid(src string) bool {
	ok := true
	var scan scanner.Scanner
	fset := token.NewFileSet()
	scan.Init(fset.AddFile("", -1, len(src)), []byte(src), func(token.Position, string) { ok = false }, 0)
	for {
		if _, tok, _ := scan.Scan(); tok == token.EOF {
			return ok
		}
	}
}

func tokens(src []byte) (list []token.Token) {
	var scan scanner.Scanner
	scan.Init(token.NewFileSet().AddFile("", -1, len(src)), src, func(token.Position, string) {}, scanner.ScanComments)
	for {
		_, tok, lit := scan.Scan()
		if tok == token.EOF {
			return list
		}
		if tok != token.SEMICOLON || lit != "\n" {
			list = append(list, tok)
		}
	}
}

func FuzzSplice(f *testing.F) {
	f.Add([]byte("package main"), []byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, src, where []byte) {
		s := &splice{src: src}
		for i, b := range where {
			off := int(b) % (len(src) + 1)
			if i%2 == 0 {
				s.before(off, "<")
			} else {
				s.after(off, ">")
			}
		}
		out := s.apply()
		if len(out) != len(src)+len(where) {
			t.Fatalf("%d bytes and %d insertions made %d bytes", len(src), len(where), len(out))
		}
		if !bytes.ContainsAny(src, "<>") {
			if got := bytes.Map(func(r rune) rune {
				if r == '<' || r == '>' {
					return -1
				}
				return r
			}, out); !bytes.Equal(got, src) {
				t.Fatalf("%q became %q", src, got)
			}
		}
	})
}
