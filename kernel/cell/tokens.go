package cell

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"strings"
)

// tok is one token of a declaration, at its place in a file or in a cell.
type tok struct {
	kind      token.Token
	text      string
	offset    int   // in the file it was scanned from
	line, col int   // 1-based; col counts bytes
	inner     []int // the lines of a token of several lines, from its second on
}

// same reports whether two tokens are the same whatever the layout. Literals
// may be respelled by a formatter (0XFF, `fmt`), so only their kind counts.
func (t tok) same(u tok) bool {
	return t.kind == u.kind && (t.kind != token.IDENT || t.text == u.text)
}

// end is the last line a token stands in.
func (t tok) end() int {
	if n := len(t.inner); n > 0 {
		return t.inner[n-1]
	}
	return t.line
}

// source is a parsed file with its tokens. place turns a line and column of the
// file into those the tokens shall carry.
type source struct {
	fset  *token.FileSet
	file  *token.File
	text  string
	toks  []tok
	place func(line, col int) (int, int)
}

// scan fills in the tokens of the file, without comments and semicolons: those
// are what reformatting adds and removes.
func (s *source) scan() {
	fset := token.NewFileSet()
	f := fset.AddFile("", fset.Base(), len(s.text))
	var sc scanner.Scanner
	sc.Init(f, []byte(s.text), func(token.Position, string) {}, 0)
	for {
		pos, kind, text := sc.Scan()
		if kind == token.EOF {
			return
		}
		if kind != token.SEMICOLON {
			s.toks = append(s.toks, s.tok(kind, text, f.Offset(pos)))
		}
	}
}

// tok makes a token at an offset of the file.
func (s *source) tok(kind token.Token, text string, offset int) tok {
	p := s.file.PositionFor(s.file.Pos(offset), false)
	line, col := s.place(p.Line, p.Column)
	var inner []int
	for i := range strings.Count(text, "\n") {
		l, _ := s.place(p.Line+1+i, 1)
		inner = append(inner, l)
	}
	return tok{kind, text, offset, line, col, inner}
}

// within returns the tokens of a node.
func (s *source) within(n ast.Node) []tok {
	from, to := s.file.Offset(n.Pos()), s.file.Offset(n.End())
	i := s.after(from)
	j := s.after(to)
	return s.toks[i:j:j]
}

// after returns the index of the first token at or after offset.
func (s *source) after(offset int) int {
	lo, hi := 0, len(s.toks)
	for lo < hi {
		if mid := (lo + hi) / 2; s.toks[mid].offset < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// content returns the text of a node.
func (s *source) content(n ast.Node) string {
	return s.text[s.file.Offset(n.Pos()):s.file.Offset(n.End())]
}

// align pairs the tokens of a with those of b in order: to[i] is the index in b
// of the partner of a[i], or -1. Where the two differ it looks for the nearest
// place at which they agree again.
func align(a, b []tok) []int {
	to := make([]int, len(a))
	i, j := 0, 0
	for i < len(a) {
		if j < len(b) && a[i].same(b[j]) {
			to[i] = j
			i, j = i+1, j+1
			continue
		}
		di, dj := resume(a[i:], b[j:])
		for range di {
			to[i] = -1
			i++
		}
		j += dj
	}
	return to
}

// window is how many tokens a difference may be long on either side.
const window = 40

// resume returns how many tokens to leave out of a and of b so that the next
// two of both agree, the fewest in all; all of a if there is no such place.
func resume(a, b []tok) (int, int) {
	for skip := 1; skip <= 2*window; skip++ {
		for di := max(0, skip-window); di <= min(skip, window); di++ {
			dj := skip - di
			if agree(a, b, di, dj) {
				return di, dj
			}
		}
	}
	return len(a), len(b)
}

// agree reports whether a from i and b from j have two tokens in common, or
// both come to their end after one.
func agree(a, b []tok, i, j int) bool {
	if i >= len(a) || j >= len(b) || !a[i].same(b[j]) {
		return false
	}
	if i+1 == len(a) || j+1 == len(b) {
		return i+1 == len(a) && j+1 == len(b)
	}
	return a[i+1].same(b[j+1])
}
