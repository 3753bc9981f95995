package difference

import (
	"strconv"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// The measures of two runs side by side, in pixels.
const (
	diffWide   = 920
	diffGutter = 24
	diffTrack  = 16 // between two lanes
)

// diffCanvas draws two runs side by side: on either side the lanes, close
// together, with a dot at each step, and beside them its words.
type diffCanvas struct {
	ink.Canvas
	d      *difference
	half   int
	numW   int
	whereW int
}

func (d *difference) svg(ink.Paper) []byte {
	c := &diffCanvas{Canvas: ink.Canvas{Width: diffWide}, d: d, half: (diffWide - 2*ink.Pad - diffGutter) / 2, numW: 24}
	for r := range d.rows {
		for i := range d.rows[r].cells {
			c.numW = max(c.numW, ink.Pixels(strconv.Itoa(d.rows[r].cells[i].n))+2)
			c.whereW = max(c.whereW, ink.Pixels(d.rows[r].cells[i].where))
		}
	}
	c.head()
	for i := range d.sides {
		c.tracks(i)
	}
	for r := range d.rows {
		c.row(r)
	}
	height := c.more() + ink.Pad
	return c.Seal(c.ID(), ink.Frame{Height: height, Summary: d.head, Description: d.description(), Lanes: len(d.names)})
}

// left is where a side begins.
func (c *diffCanvas) left(i int) int { return ink.Pad + i*(c.half+diffGutter) }

// track is the middle of a lane.
func (c *diffCanvas) track(i, lane int) int {
	x := c.left(i) + c.numW + 16
	if c.whereW > 0 {
		x += c.whereW + 10
	}
	return x + lane*diffTrack
}

// says is where the words of a side begin.
func (c *diffCanvas) says(i int) int { return c.track(i, len(c.d.names)-1) + 16 }

func (c *diffCanvas) head() {
	y := ink.Pad + 10
	for _, line := range ink.Wrap(c.d.head, (c.Width-2*ink.Pad)*3/4) {
		c.Text(ink.Pad, y, "t", line)
		y += 19
	}
	x := ink.Pad
	for l, name := range c.d.names {
		if w := 24 + ink.BoldPixels(name) + 10; x+w > c.Width-ink.Pad {
			x, y = ink.Pad, y+18
		}
		c.Rect(x, y-9, ink.BarWidth, ink.BarWidth, "bar s"+c.Tone(l), c.Fill(l, 'p'))
		c.Text(x+16, y, "b f"+c.Tone(l), name)
		x += 24 + ink.BoldPixels(name) + 10
	}
	y += 26
	bottom := y
	for i := range c.d.sides {
		at := y
		c.Text(c.left(i), at, "b", c.d.sides[i].label)
		for _, line := range ink.Wrap(c.d.sides[i].made, c.half) {
			at += 17
			c.Text(c.left(i), at, "m", line)
		}
		bottom = max(bottom, at)
	}
	c.Line("rule", ink.Pad, bottom+8, c.Width-ink.Pad, bottom+8)
	c.Top = bottom + 26
}

// tracks draws the lanes of a side.
func (c *diffCanvas) tracks(i int) {
	for l := range c.d.names {
		if from, to, ok := c.d.reach(i, l); ok {
			c.Rect(c.track(i, l)-3, c.Y(from)-6, 6, c.Y(to)-c.Y(from)+12, "bar s"+c.Tone(l), c.Fill(l, 'p'))
		}
	}
}

func (c *diffCanvas) row(r int) {
	row, y := &c.d.rows[r], c.Y(r)
	switch row.kind {
	case diffAlike:
		c.Rect(ink.Pad, y-9, c.Width-2*ink.Pad, 18, "bg", "")
		c.Line("rule", ink.Pad, y-9, c.Width-ink.Pad, y-9)
		c.Line("rule", ink.Pad, y+9, c.Width-ink.Pad, y+9)
		c.Text(c.says(0), y+4, "m", row.says)
	case diffParts:
		c.Line("part", ink.Pad, y, c.Width-ink.Pad, y)
		says := "≠ " + row.says
		c.Back((c.Width-ink.BoldPixels(says))/2, (c.Width+ink.BoldPixels(says))/2, y)
		c.Text((c.Width-ink.BoldPixels(says))/2, y+4, "h w", says)
	default:
		for i := range row.cells {
			c.cell(i, &row.cells[i], row.first, y)
		}
	}
}

func (c *diffCanvas) cell(i int, cell *diffCell, first bool, y int) {
	if cell.ended {
		c.Text(c.says(i), y+4, "m", words.DiffEnded)
	}
	if !cell.shown {
		return
	}
	c.Begin("r", cell.title)
	c.Rect(c.left(i)-4, y-ink.RowHeight/2, c.half+8, ink.RowHeight, "z", "")
	c.Text(c.left(i)+c.numW, y+4, "n", strconv.Itoa(cell.n))
	if c.whereW > 0 {
		c.Text(c.left(i)+c.numW+10+c.whereW, y+4, "n", cell.where)
	}
	x, class := c.says(i), "h"
	if first {
		class = "h b"
	}
	room := c.left(i) + c.half - x
	name := ink.Fit(cell.name, room/2)
	if cell.lane >= 0 {
		c.Circle(c.track(i, cell.lane), y, 4, "dot s"+c.Tone(cell.lane))
		if cell.Waits {
			c.Line("wait s"+c.Tone(cell.lane), c.track(i, cell.lane)-3, y, c.track(i, cell.lane)+3, y)
		}
		c.Text(x, y+4, "h b f"+c.Tone(cell.lane), name)
	} else {
		c.Text(x, y+4, "h b", name)
	}
	x += ink.BoldPixels(name) + 4
	width := ink.Pixels(cell.Does)
	if cell.prints || len(cell.Marks) > 0 {
		class = "h b"
	}
	if class != "h" {
		width = ink.BoldPixels(cell.Does)
	}
	room = c.left(i) + c.half - x
	marks := cell.marked(func(marks []string) bool { return width+tags(marks) <= room })
	room -= tags(marks)
	fits := room
	if class != "h" {
		fits = room * 8 / 9
	}
	c.Text(x, y+4, class, ink.Fit(cell.Does, fits))
	x += min(width, room) + 12
	for _, m := range marks {
		c.Badge(x, y, m)
		x += ink.BoldPixels(m) + 20
	}
	c.End()
}

// tags is how wide warnings are.
func tags(marks []string) int {
	w := 0
	for _, m := range marks {
		w += ink.BoldPixels(m) + 26
	}
	return w
}

// more counts the steps that follow, and returns where the picture ends.
func (c *diffCanvas) more() int {
	y := c.Y(len(c.d.rows))
	if c.d.more[0] == 0 && c.d.more[1] == 0 {
		return y - ink.RowHeight/2
	}
	for i, n := range c.d.more {
		if n > 0 {
			c.Text(c.says(i), y+4, "m", words.NotShown(n))
		}
	}
	return y + ink.RowHeight/2
}

// description is the picture for those who cannot see it.
func (d *difference) description() string {
	return d.sides[0].label + ": " + d.sides[0].made + ". " + d.sides[1].label + ": " + d.sides[1].made + "."
}
