package splice

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSpliceNests(t *testing.T) {
	s := &Edits{Src: []byte("a.b + c")}
	s.Before(0, "outer(")
	s.After(7, ")")
	s.Before(0, "inner(&")
	s.After(3, ")")
	s.Replace(4, 5, "-")
	if got, want := string(s.Apply()), "outer(inner(&a.b) - c)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSpliceOverlap(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("overlapping changes were accepted")
		}
	}()
	s := &Edits{Src: []byte("abcdef")}
	s.Replace(1, 4, "x")
	s.Replace(3, 5, "y")
	s.Apply()
}

// TestSpliceProperties: what is not replaced comes out in order, each text that
// was asked for is there once, and pairs nest.
func TestSpliceProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := rapid.StringMatching(`[a-z]{1,30}`).Draw(t, "src")
		s := &Edits{Src: []byte(src)}
		pairs := nest(t, s, 0, len(src), 0)
		out := string(s.Apply())
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
func nest(t *rapid.T, s *Edits, lo, hi, depth int) (pairs int) {
	for range rapid.IntRange(0, 2).Draw(t, "here") {
		s.Before(lo, "(")
		s.After(hi, ")")
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
		kept := Trivia([]byte(src))
		if again := Trivia([]byte(kept)); strings.Join(strings.Fields(again), " ") != strings.Join(strings.Fields(kept), " ") {
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
		s := &Edits{Src: src}
		for i, b := range where {
			off := int(b) % (len(src) + 1)
			if i%2 == 0 {
				s.Before(off, "<")
			} else {
				s.After(off, ">")
			}
		}
		out := s.Apply()
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
