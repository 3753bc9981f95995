package splice

import (
	"bytes"
	"cmp"
	"slices"
)

// Edits collects changes to a text by byte offset and applies them once.
//
// Where several insertions meet at one offset, those that end something there
// come before those that begin something. Of those that begin, the first asked
// for is outermost, so it comes first; of those that end, it comes last. Asking
// from the outside inwards therefore nests.
type Edits struct {
	Src   []byte
	edits []edit
	Asked int // how many edits were ever asked for
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

// Before inserts text that belongs to what begins at off.
func (s *Edits) Before(off int, text string) { s.add(edit{off, off, text, begins, 0}) }

// After inserts text that belongs to what ends at off.
func (s *Edits) After(off int, text string) { s.add(edit{off, off, text, ends, 0}) }

// Replace puts text in the place of src[lo:hi], which must hold no line break.
func (s *Edits) Replace(lo, hi int, text string) { s.add(edit{lo, hi, text, cut, 0}) }

// AfterAll is after, outside of all that is still to be asked for. The text is
// given to the function it returns.
func (s *Edits) AfterAll(off int) (fill func(text string)) {
	n := s.Asked
	s.After(off, "")
	return func(text string) {
		i := slices.IndexFunc(s.edits, func(e edit) bool { return e.order == n })
		s.edits[i].text = text
	}
}

// None reports whether nothing changes.
func (s *Edits) None() bool {
	return !slices.ContainsFunc(s.edits, func(e edit) bool { return e.lo < e.hi || e.text != "" })
}

// Part returns src[lo:hi] with the changes made that belong to it.
func (s *Edits) Part(lo, hi int) []byte {
	p := &Edits{Src: s.Src[lo:hi]}
	for _, e := range s.edits {
		if e.lo < lo || e.hi > hi || e.lo == lo && e.side == ends || e.hi == hi && e.side == begins {
			continue
		}
		p.add(edit{e.lo - lo, e.hi - lo, e.text, e.side, 0})
	}
	return p.Apply()
}

// Take forgets the changes to src[lo:hi] that were asked for since then, and
// returns what it would have become by them.
func (s *Edits) Take(lo, hi, since int) []byte {
	p := &Edits{Src: s.Src[lo:hi]}
	s.edits = slices.DeleteFunc(s.edits, func(e edit) bool {
		ours := e.order >= since && e.lo >= lo && e.hi <= hi
		if ours {
			p.add(edit{e.lo - lo, e.hi - lo, e.text, e.side, 0})
		}
		return ours
	})
	return p.Apply()
}

// Join replaces src[lo:hi], which lies between two operands, by sep. Comments
// and line breaks in it are kept; after a line break Go's grammar wants a comma,
// so then sep must be "" or begin with one. closing comes last.
func (s *Edits) Join(lo, hi int, sep, closing string) {
	if kept := Trivia(s.Src[lo:hi]); kept != "" {
		sep = "," + kept
	}
	s.Replace(lo, hi, sep+closing)
}

func (s *Edits) add(e edit) {
	e.order = s.Asked
	s.Asked++
	s.edits = append(s.edits, e)
}

// Apply returns the text with all changes made. Replacements must not overlap
// each other, nor an insertion lie inside one.
func (s *Edits) Apply() []byte {
	slices.SortStableFunc(s.edits, compareEdits)
	var out bytes.Buffer
	out.Grow(len(s.Src) + 32*len(s.edits))
	at := 0
	for _, e := range s.edits {
		if e.lo < at {
			panic("instrument: overlapping changes at offset " + string(s.Src[e.lo:at]))
		}
		out.Write(s.Src[at:e.lo])
		out.WriteString(e.text)
		at = e.hi
	}
	out.Write(s.Src[at:])
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
