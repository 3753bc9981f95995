package difference

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// text writes the two runs as two columns.
func (d *difference) text(paper ink.Paper) []byte {
	s := ink.NewSheet(paper)
	s.Paragraph(d.head, 0)
	for i := range d.sides {
		s.Paragraph(d.sides[i].label+": "+d.sides[i].made, 2)
	}
	half := (s.Width - 3) / 2
	s.Blank()
	g := s.Line()
	for i := range d.sides {
		g.Put(i*(half+3), d.sides[i].label, ink.NoColor)
	}
	g.Put(half+1, "│", ink.NoColor)
	s.Write(g)
	for r := range d.rows {
		d.textRow(s, &d.rows[r], half)
	}
	d.textMore(s, half)
	return []byte(s.String())
}

func (d *difference) textRow(s *ink.Sheet, r *diffRow, half int) {
	g := s.Line()
	if r.kind != diffSteps {
		says := "⋯ " + r.says + " ⋯"
		if r.kind == diffParts {
			says = "≠ " + r.says + " " + strings.Repeat("┄", max(0, s.Width-4-words.Width(r.says)))
		}
		g.Put(0, words.Truncate(says, s.Width), ink.NoColor)
		s.Write(g)
		return
	}
	for i := range r.cells {
		d.textCell(g, &r.cells[i], i*(half+3), half)
	}
	g.Put(half+1, "│", ink.NoColor)
	s.Write(g)
}

func (d *difference) textCell(g *ink.Grid, c *diffCell, x, width int) {
	if c.ended {
		g.Put(x+6, words.DiffEnded, ink.NoColor)
	}
	if !c.shown {
		return
	}
	number := strconv.Itoa(c.n)
	g.Put(x+max(0, 4-len(number)), number, ink.NoColor)
	at := x + max(4, len(number)) + 1
	if d.where {
		g.Put(at+max(0, 5-words.Width(c.where)), c.where, ink.NoColor)
		at += max(5, words.Width(c.where)) + 1
	}
	sign := "●"
	switch {
	case c.Crash:
		sign = "✖"
	case c.Waits:
		sign = "○"
	}
	g.Put(at, sign, ink.Tint(c.lane))
	at += 2
	room := x + width - at
	says := c.name + " " + c.Does
	marks := walk.Warned(c.marked(func(marks []string) bool { return words.Width(says)+words.Width(walk.Warned(marks)) <= room }))
	g.Put(at, words.Truncate(says, room-words.Width(marks))+marks, ink.Tint(c.lane))
}

// textMore counts the steps that are not shown.
func (d *difference) textMore(s *ink.Sheet, half int) {
	if d.more[0] == 0 && d.more[1] == 0 {
		return
	}
	g := s.Line()
	for i, n := range d.more {
		if n > 0 {
			g.Put(i*(half+3), words.Truncate("⋮ "+words.NotShown(n), half), ink.NoColor)
		}
	}
	g.Put(half+1, "│", ink.NoColor)
	s.Write(g)
}
