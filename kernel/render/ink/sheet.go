package ink

import (
	"strings"

	"threading101/kernel/words"
)

// Paper is what text is written on. The zero value is a good start.
type Paper struct {
	Width int  // columns; 0 means 100
	Color bool // ANSI colours may be used
}

// Filled returns the paper with what is not said replaced by what is usual.
func (p Paper) Filled() Paper {
	if p.Width == 0 {
		p.Width = 100
	}
	p.Width = max(p.Width, 40)
	return p
}

// Sheet is a text that is written line by line.
type Sheet struct {
	Paper
	b strings.Builder
}

// NewSheet is an empty text on that paper.
func NewSheet(p Paper) *Sheet { return &Sheet{Paper: p.Filled()} }

// String is the whole text.
func (s *Sheet) String() string { return s.b.String() }

// Blank writes an empty line.
func (s *Sheet) Blank() { s.b.WriteByte('\n') }

// Paragraph writes a text, wrapped.
func (s *Sheet) Paragraph(text string, indent int) {
	column := 0
	for i, word := range split(text) {
		w := words.Width(word)
		switch {
		case i > 0 && column+1+w > s.Width:
			s.b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		case i > 0:
			s.b.WriteByte(' ')
			column++
		}
		s.b.WriteString(word)
		column += w
	}
	s.b.WriteByte('\n')
}

// Line is an empty line, a little wider than the paper.
func (s *Sheet) Line() *Grid { return NewGrid(s.Width + 8) }

// Write ends a line.
func (s *Sheet) Write(g *Grid) {
	g.write(&s.b, s.Color)
	s.b.WriteByte('\n')
}

// Tinted colours a text for a terminal that may have colours.
func (s *Sheet) Tinted(text string, t Tone) string {
	if !s.Color {
		return text
	}
	return ansi[t+1] + text + ansi[0]
}

// Widest is the width to which columns must be cut so that all fit the budget, and at
// least the least one.
func Widest(need []int, budget, least int) int {
	for most := budget; most > least; most-- {
		total := 0
		for _, n := range need {
			total += min(n, most)
		}
		if total <= budget {
			return most
		}
	}
	return least
}
