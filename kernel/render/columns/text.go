package columns

import (
	"slices"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// text writes the two tables, one below the other.
func (c *columns) text(o ink.Paper) string {
	s := ink.NewSheet(o)
	tables := []*columnTable{c.whole}
	if c.short != nil {
		tables = []*columnTable{c.short, c.whole}
	}
	for i, t := range tables {
		if i > 0 {
			s.Blank()
		}
		c.textTable(s, t)
	}
	for _, n := range c.whole.notes() {
		s.Paragraph(n, 0)
	}
	if hidden := c.hidden(); hidden != "" {
		s.Paragraph(hidden, 0)
	}
	return s.String()
}

// columnSheet is where the columns of a table stand.
type columnSheet struct {
	*ink.Sheet
	number, where int   // widths
	x, w          []int // of the lanes
	right         int   // where the places begin
	total         int
}

// brackets join the rows of a block.
var brackets = [...]string{noBlock: "", blockOnly: "", blockFirst: "┌ ", blockMiddle: "│ ", blockLast: "└ "}

func (c *columns) textTable(s *ink.Sheet, t *columnTable) {
	s.Paragraph(t.head, 0)
	m := c.measure(s, t)
	head := m.line()
	head.Put(m.number-len(words.HeadStep), words.HeadStep, ink.NoColor)
	for i, l := range t.lanes {
		head.Put(m.x[i], words.Short(c.lanes[l].name, m.w[i]), ink.Tint(l))
	}
	if m.where > 0 {
		head.Put(m.right, c.WhereHead(), ink.NoColor)
	}
	m.rules(head)
	s.Write(head)
	m.ruler()
	for i := range t.rows {
		c.textRow(m, t, &t.rows[i])
	}
}

// measure shares the width: cells that are too long for their column are broken.
func (c *columns) measure(s *ink.Sheet, t *columnTable) *columnSheet {
	m := &columnSheet{Sheet: s, number: len(words.HeadStep)}
	need := make([]int, len(t.lanes))
	for i, l := range t.lanes {
		need[i] = words.Width(c.lanes[l].name)
	}
	for i := range t.rows {
		r := &t.rows[i]
		m.number, m.where = max(m.number, len(r.n)), max(m.where, words.Width(r.where))
		for j, l := range t.lanes {
			if r.kind == columnEnd {
				need[j] = max(need[j], words.Width(r.ends[l]))
			} else if r.lane == l {
				need[j] = max(need[j], words.Width(brackets[r.part]+r.whole()))
			}
		}
	}
	if m.where > 0 {
		m.where = max(m.where, len(c.WhereHead()))
	}
	most := ink.Widest(need, s.Width-m.number-m.where-3*len(need)-3, 8)
	x := m.number + 3
	for _, n := range need {
		m.x, m.w = append(m.x, x), append(m.w, min(n, most))
		x += min(n, most) + 3
	}
	m.right, m.total = x, x+m.where
	return m
}

func (m *columnSheet) line() *ink.Grid { return ink.NewGrid(m.total + 1) }

// edges are the columns of the lines between the columns.
func (m *columnSheet) edges() []int {
	var all []int
	for _, x := range m.x {
		all = append(all, x-2)
	}
	if m.where > 0 {
		all = append(all, m.right-2)
	}
	return all
}

func (m *columnSheet) rules(g *ink.Grid) {
	for _, x := range m.edges() {
		g.Put(x, "│", ink.NoColor)
	}
}

// ruler is the line below the heads.
func (m *columnSheet) ruler() {
	g := m.line()
	g.Put(0, strings.Repeat("─", max(m.total, 0)), ink.NoColor)
	for _, x := range m.edges() {
		g.Put(x, "┼", ink.NoColor)
	}
	m.Write(g)
}

func (c *columns) textRow(m *columnSheet, t *columnTable, r *columnRow) {
	switch r.kind {
	case columnGap:
		g := m.line()
		g.Put(m.number-1, "⋮", ink.NoColor)
		g.Put(m.number+3, words.Truncate(r.says, max(m.total-m.number-3, 1)), ink.NoColor)
		m.Write(g)
		return
	case columnEnd:
		c.textEnds(m, t, r)
		return
	}
	at := slices.Index(t.lanes, r.lane)
	bracket := brackets[r.part]
	for i, line := range ink.Broken(r.whole(), m.w[at]-words.Width(bracket)) {
		g := m.line()
		if i == 0 {
			g.Put(m.number-len(r.n), r.n, ink.NoColor)
			g.Put(m.right+m.where-words.Width(r.where), r.where, ink.NoColor)
		} else if r.part == blockFirst || r.part == blockMiddle {
			bracket = brackets[blockMiddle]
		} else {
			bracket = strings.Repeat(" ", words.Width(bracket))
		}
		m.rules(g)
		g.Put(m.x[at], bracket+line, ink.Tint(r.lane))
		m.Write(g)
	}
}

func (c *columns) textEnds(m *columnSheet, t *columnTable, r *columnRow) {
	var cells [][]string
	high := 0
	for i, l := range t.lanes {
		cells = append(cells, ink.Broken(r.ends[l], m.w[i]))
		high = max(high, len(cells[i]))
	}
	for line := range high {
		g := m.line()
		m.rules(g)
		for i, l := range t.lanes {
			if line < len(cells[i]) {
				g.Put(m.x[i], cells[i][line], ink.Tint(l))
			}
		}
		m.Write(g)
	}
}
