package instrument

import (
	"bytes"
	"cmp"
	"go/scanner"
	"go/token"
	"slices"
)

// splice collects changes to a text by byte offset and applies them once.
//
// Where several insertions meet at one offset, those that end something there
// come before those that begin something. Of those that begin, the first asked
// for is outermost, so it comes first; of those that end, it comes last. Asking
// from the outside inwards therefore nests.
type splice struct {
	src   []byte
	edits []edit
	asked int // how many edits were ever asked for
}

// edit replaces src[lo:hi] by text; lo == hi inserts.
type edit struct {
	lo, hi int
	text   string
	side   side
	order  int
}

type side uint8

const (
	ends   side = iota // an insertion that belongs to what lies before it
	begins             // an insertion that belongs to what lies after it
	cut                // a replacement
)

// before inserts text that belongs to what begins at off.
func (s *splice) before(off int, text string) { s.add(edit{off, off, text, begins, 0}) }

// after inserts text that belongs to what ends at off.
func (s *splice) after(off int, text string) { s.add(edit{off, off, text, ends, 0}) }

// replace puts text in the place of src[lo:hi], which must hold no line break.
func (s *splice) replace(lo, hi int, text string) { s.add(edit{lo, hi, text, cut, 0}) }

// afterAll is after, outside of all that is still to be asked for. The text is
// given to the function it returns.
func (s *splice) afterAll(off int) (fill func(text string)) {
	n := s.asked
	s.after(off, "")
	return func(text string) {
		i := slices.IndexFunc(s.edits, func(e edit) bool { return e.order == n })
		s.edits[i].text = text
	}
}

// none reports whether nothing changes.
func (s *splice) none() bool {
	return !slices.ContainsFunc(s.edits, func(e edit) bool { return e.lo < e.hi || e.text != "" })
}

// part returns src[lo:hi] with the changes made that belong to it.
func (s *splice) part(lo, hi int) []byte {
	p := &splice{src: s.src[lo:hi]}
	for _, e := range s.edits {
		if e.lo < lo || e.hi > hi || e.lo == lo && e.side == ends || e.hi == hi && e.side == begins {
			continue
		}
		p.add(edit{e.lo - lo, e.hi - lo, e.text, e.side, 0})
	}
	return p.apply()
}

// take forgets the changes to src[lo:hi] that were asked for since then, and
// returns what it would have become by them.
func (s *splice) take(lo, hi, since int) []byte {
	p := &splice{src: s.src[lo:hi]}
	s.edits = slices.DeleteFunc(s.edits, func(e edit) bool {
		ours := e.order >= since && e.lo >= lo && e.hi <= hi
		if ours {
			p.add(edit{e.lo - lo, e.hi - lo, e.text, e.side, 0})
		}
		return ours
	})
	return p.apply()
}

// join replaces src[lo:hi], which lies between two operands, by sep. Comments
// and line breaks in it are kept; after a line break Go's grammar wants a comma,
// so then sep must be "" or begin with one. closing comes last.
func (s *splice) join(lo, hi int, sep, closing string) {
	if kept := trivia(s.src[lo:hi]); kept != "" {
		sep = "," + kept
	}
	s.replace(lo, hi, sep+closing)
}

func (s *splice) add(e edit) {
	e.order = s.asked
	s.asked++
	s.edits = append(s.edits, e)
}

// apply returns the text with all changes made. Replacements must not overlap
// each other, nor an insertion lie inside one.
func (s *splice) apply() []byte {
	slices.SortStableFunc(s.edits, compareEdits)
	var out bytes.Buffer
	out.Grow(len(s.src) + 32*len(s.edits))
	at := 0
	for _, e := range s.edits {
		if e.lo < at {
			panic("instrument: overlapping changes at offset " + string(s.src[e.lo:at]))
		}
		out.Write(s.src[at:e.lo])
		out.WriteString(e.text)
		at = e.hi
	}
	out.Write(s.src[at:])
	return out.Bytes()
}

func compareEdits(a, b edit) int {
	if c := cmp.Compare(a.lo, b.lo); c != 0 {
		return c
	}
	if c := cmp.Compare(a.side, b.side); c != 0 {
		return c
	}
	if a.side == ends {
		return cmp.Compare(b.order, a.order)
	}
	return cmp.Compare(a.order, b.order)
}

// trivia returns the comments and line breaks of a piece of source. A comment
// that runs to the end of its line gets its line break back.
func trivia(src []byte) string {
	if !bytes.ContainsAny(src, "\n/") {
		return ""
	}
	var kept []byte
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var scan scanner.Scanner
	scan.Init(file, src, func(token.Position, string) {}, scanner.ScanComments)
	at := 0
	breaks := func(to int) { // line breaks between tokens
		for ; at < to; at++ {
			if src[at] == '\n' {
				kept = append(kept, '\n')
			}
		}
	}
	for {
		pos, tok, lit := scan.Scan()
		if tok == token.EOF {
			breaks(len(src))
			return string(kept)
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue
		}
		breaks(file.Offset(pos))
		if tok == token.COMMENT {
			kept = append(append(kept, ' '), lit...)
			at = file.Offset(pos) + len(lit)
		}
	}
}
