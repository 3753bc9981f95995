package render

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// text writes the two runs as two columns.
func (d *difference) text(o Paper) string {
	s := newSheet(o)
	s.paragraph(d.head, 0)
	for i := range d.sides {
		s.paragraph(d.sides[i].label+": "+d.sides[i].made, 2)
	}
	half := (o.Width - 3) / 2
	s.blank()
	g := s.line()
	for i := range d.sides {
		g.put(i*(half+3), d.sides[i].label, noColor)
	}
	g.put(half+1, "│", noColor)
	s.write(g)
	for r := range d.rows {
		d.textRow(s, &d.rows[r], half)
	}
	d.textMore(s, half)
	return s.written()
}

func (d *difference) textRow(s *sheet, r *diffRow, half int) {
	g := s.line()
	if r.kind != diffSteps {
		says := "⋯ " + r.says + " ⋯"
		if r.kind == diffParts {
			says = "≠ " + r.says + " " + strings.Repeat("┄", max(0, s.Width-4-words.Width(r.says)))
		}
		g.put(0, words.Truncate(says, s.Width), noColor)
		s.write(g)
		return
	}
	for i := range r.cells {
		d.textCell(g, &r.cells[i], i*(half+3), half)
	}
	g.put(half+1, "│", noColor)
	s.write(g)
}

func (d *difference) textCell(g *grid, c *diffCell, x, width int) {
	if c.ended {
		g.put(x+6, words.DiffEnded, noColor)
	}
	if !c.shown {
		return
	}
	number := strconv.Itoa(c.n)
	g.put(x+max(0, 4-len(number)), number, noColor)
	at := x + max(4, len(number)) + 1
	if d.where {
		g.put(at+max(0, 5-words.Width(c.where)), c.where, noColor)
		at += max(5, words.Width(c.where)) + 1
	}
	sign := "●"
	switch {
	case c.crash:
		sign = "✖"
	case c.waits:
		sign = "○"
	}
	g.put(at, sign, tint(c.lane))
	at += 2
	room := x + width - at
	says := c.name + " " + c.does
	marks := warned(c.marked(func(marks []string) bool { return words.Width(says)+words.Width(warned(marks)) <= room }))
	g.put(at, words.Truncate(says, room-words.Width(marks))+marks, tint(c.lane))
}

// textMore counts the steps that are not shown.
func (d *difference) textMore(s *sheet, half int) {
	if d.more[0] == 0 && d.more[1] == 0 {
		return
	}
	g := s.line()
	for i, n := range d.more {
		if n > 0 {
			g.put(i*(half+3), words.Truncate("⋮ "+words.NotShown(n), half), noColor)
		}
	}
	g.put(half+1, "│", noColor)
	s.write(g)
}
