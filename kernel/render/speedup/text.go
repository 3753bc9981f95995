package speedup

import (
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// text writes the table, a bar for each row, and the lanes.
func (p *product) text(paper ink.Paper) []byte {
	s := ink.NewSheet(paper)
	s.Paragraph(p.head, 2)
	s.Blank()
	p.textTable(s)
	s.Blank()
	p.textBars(s)
	for _, says := range append(append([]string{}, p.says...), p.notes...) {
		s.Paragraph("  "+says, 2)
	}
	s.Blank()
	if p.time == nil {
		s.Paragraph(p.none, 2)
		return []byte(s.String())
	}
	p.time.text(s)
	return []byte(s.String())
}

// textTable writes the numbers to the right of their columns.
func (p *product) textTable(s *ink.Sheet) {
	lines := [][]string{p.heads()}
	for i := range p.rows {
		lines = append(lines, p.rows[i].cells())
	}
	last := len(lines[0]) - 1
	wide := make([]int, last)
	for _, cells := range lines {
		for i := range wide {
			wide[i] = max(wide[i], words.Width(cells[i]))
		}
	}
	for _, cells := range lines {
		g := s.Line()
		x := 2
		for i, w := range wide {
			g.Put(x+w-words.Width(cells[i]), cells[i], ink.NoColor)
			x += w + 2
		}
		if x+words.Width(cells[last]) > s.Width {
			s.Write(g)
			g, x = s.Line(), 6
		}
		g.Put(x, cells[last], ink.NoColor)
		s.Write(g)
	}
}

// barWide is the width of the longest bar.
const barWide = 40

// textBars draws how many times as fast each row is, with a mark for the ideal.
func (p *product) textBars(s *ink.Sheet) {
	most := 1.0
	for _, r := range p.rows {
		most = max(most, r.Times, r.Ideal)
	}
	for i := range p.rows {
		r := &p.rows[i]
		g := s.Line()
		g.Put(6-len(r.procs), r.procs, ink.NoColor)
		n := max(1, int(r.Times/most*barWide+0.5))
		g.Put(8, strings.Repeat("█", n), int(ink.ToneFine))
		g.Put(8+int(r.Ideal/most*barWide+0.5), "│", ink.NoColor)
		g.Put(8+barWide+2, r.times, ink.NoColor)
		s.Write(g)
	}
	s.Paragraph("      │ "+words.SpeedPlotIdeal, 6)
	s.Blank()
}

// text writes a line for each lane.
func (a *timeAxis) text(s *ink.Sheet) {
	s.Paragraph(a.head, 2)
	wide, ran := 0, 0
	for _, l := range a.lanes {
		wide, ran = max(wide, words.Width(l.name)), max(ran, words.Width(l.ran))
	}
	wide = min(wide, 24)
	pieces := max(20, s.Width-wide-ran-6)
	for i := range a.lanes {
		l := &a.lanes[i]
		g := s.Line()
		g.Put(2, words.Short(l.name, wide), ink.Tint(i))
		g.Put(3+wide, strings.ReplaceAll(a.line(l, pieces), "\u00a0", " "), ink.Tint(i))
		g.Put(4+wide+pieces, l.ran, ink.NoColor)
		s.Write(g)
	}
	s.Paragraph("  "+words.TimelineText, 2)
	for _, says := range a.says {
		s.Paragraph("  "+says, 2)
	}
}
