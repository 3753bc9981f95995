package render

import (
	"strings"

	"threading101/kernel/words"
)

// Paper is what text is written on. The zero value is a good start.
type Paper struct {
	Width int  // columns; 0 means 100
	Color bool // ANSI colours may be used
}

func (p Paper) filled() Paper {
	if p.Width == 0 {
		p.Width = 100
	}
	p.Width = max(p.Width, 40)
	return p
}

// sheet is a text that is written line by line.
type sheet struct {
	Paper
	b strings.Builder
}

func newSheet(p Paper) *sheet { return &sheet{Paper: p.filled()} }

// written is the whole text.
func (s *sheet) written() string { return s.b.String() }

// blank writes an empty line.
func (s *sheet) blank() { s.b.WriteByte('\n') }

// paragraph writes a text, wrapped.
func (s *sheet) paragraph(text string, indent int) {
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

// line is a line as wide as the sheet, and a little more: what is cut is cut in sight.
func (s *sheet) line() *grid { return newGrid(s.Width + 8) }

// write ends a line.
func (s *sheet) write(g *grid) {
	g.write(&s.b, s.Color)
	s.b.WriteByte('\n')
}

// tinted colours a text for a terminal that may have colours.
func (s *sheet) tinted(text string, t tone) string {
	if !s.Color {
		return text
	}
	return ansi[t+1] + text + ansi[0]
}

// largest is the width that no column may exceed so that all fit, or least.
func largest(need []int, budget, least int) int {
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
