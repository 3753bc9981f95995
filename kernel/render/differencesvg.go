package render

import (
	"strconv"
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
	canvas
	d      *difference
	half   int
	numW   int
	whereW int
}

func (d *difference) svg() []byte {
	c := &diffCanvas{canvas: canvas{w: diffWide}, d: d, half: (diffWide - 2*pad - diffGutter) / 2, numW: 24}
	for r := range d.rows {
		for i := range d.rows[r].cells {
			c.numW = max(c.numW, pixels(strconv.Itoa(d.rows[r].cells[i].n))+2)
			c.whereW = max(c.whereW, pixels(d.rows[r].cells[i].where))
		}
	}
	c.head()
	for i := range d.sides {
		c.tracks(i)
	}
	for r := range d.rows {
		c.row(r)
	}
	height := c.more() + pad
	return c.seal(c.id(), frame{height, d.head, d.description(), len(d.names)})
}

// left is where a side begins.
func (c *diffCanvas) left(i int) int { return pad + i*(c.half+diffGutter) }

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
	y := pad + 10
	for _, line := range wrap(c.d.head, (c.w-2*pad)*3/4) {
		c.text(pad, y, "t", line)
		y += 19
	}
	x := pad
	for l, name := range c.d.names {
		if w := 24 + bold(name) + 10; x+w > c.w-pad {
			x, y = pad, y+18
		}
		c.rect(x, y-9, barW, barW, "bar s"+c.tone(l), c.fill(l, 'p'))
		c.text(x+16, y, "b f"+c.tone(l), name)
		x += 24 + bold(name) + 10
	}
	y += 26
	bottom := y
	for i := range c.d.sides {
		at := y
		c.text(c.left(i), at, "b", c.d.sides[i].label)
		for _, line := range wrap(c.d.sides[i].made, c.half) {
			at += 17
			c.text(c.left(i), at, "m", line)
		}
		bottom = max(bottom, at)
	}
	c.line("rule", pad, bottom+8, c.w-pad, bottom+8)
	c.top = bottom + 26
}

// tracks draws the lanes of a side.
func (c *diffCanvas) tracks(i int) {
	for l := range c.d.names {
		if from, to, ok := c.d.reach(i, l); ok {
			c.rect(c.track(i, l)-3, c.y(from)-6, 6, c.y(to)-c.y(from)+12, "bar s"+c.tone(l), c.fill(l, 'p'))
		}
	}
}

func (c *diffCanvas) row(r int) {
	row, y := &c.d.rows[r], c.y(r)
	switch row.kind {
	case diffAlike:
		c.rect(pad, y-9, c.w-2*pad, 18, "bg", "")
		c.line("rule", pad, y-9, c.w-pad, y-9)
		c.line("rule", pad, y+9, c.w-pad, y+9)
		c.text(c.says(0), y+4, "m", row.says)
	case diffParts:
		c.line("part", pad, y, c.w-pad, y)
		says := "≠ " + row.says
		c.back((c.w-bold(says))/2, (c.w+bold(says))/2, y)
		c.text((c.w-bold(says))/2, y+4, "h w", says)
	default:
		for i := range row.cells {
			c.cell(i, &row.cells[i], row.first, y)
		}
	}
}

func (c *diffCanvas) cell(i int, cell *diffCell, first bool, y int) {
	if cell.ended {
		c.text(c.says(i), y+4, "m", words.DiffEnded)
	}
	if !cell.shown {
		return
	}
	c.begin("r", cell.title)
	c.rect(c.left(i)-4, y-rowH/2, c.half+8, rowH, "z", "")
	c.text(c.left(i)+c.numW, y+4, "n", strconv.Itoa(cell.n))
	if c.whereW > 0 {
		c.text(c.left(i)+c.numW+10+c.whereW, y+4, "n", cell.where)
	}
	x, class := c.says(i), "h"
	if first {
		class = "h b"
	}
	room := c.left(i) + c.half - x
	name := fit(cell.name, room/2)
	if cell.lane >= 0 {
		c.circle(c.track(i, cell.lane), y, 4, "dot s"+c.tone(cell.lane))
		if cell.waits {
			c.line("wait s"+c.tone(cell.lane), c.track(i, cell.lane)-3, y, c.track(i, cell.lane)+3, y)
		}
		c.text(x, y+4, "h b f"+c.tone(cell.lane), name)
	} else {
		c.text(x, y+4, "h b", name)
	}
	x += bold(name) + 4
	width := pixels(cell.does)
	if cell.prints || len(cell.marks) > 0 {
		class = "h b"
	}
	if class != "h" {
		width = bold(cell.does)
	}
	room = c.left(i) + c.half - x
	marks := cell.marked(func(marks []string) bool { return width+tags(marks) <= room })
	room -= tags(marks)
	fits := room
	if class != "h" {
		fits = room * 8 / 9
	}
	c.text(x, y+4, class, fit(cell.does, fits))
	x += min(width, room) + 12
	for _, m := range marks {
		c.badge(x, y, m)
		x += bold(m) + 20
	}
	c.end()
}

// tags is how wide warnings are.
func tags(marks []string) int {
	w := 0
	for _, m := range marks {
		w += bold(m) + 26
	}
	return w
}

// more counts the steps that follow, and returns where the picture ends.
func (c *diffCanvas) more() int {
	y := c.y(len(c.d.rows))
	if c.d.more[0] == 0 && c.d.more[1] == 0 {
		return y - rowH/2
	}
	for i, n := range c.d.more {
		if n > 0 {
			c.text(c.says(i), y+4, "m", words.NotShown(n))
		}
	}
	return y + rowH/2
}

// description is the picture for those who cannot see it.
func (d *difference) description() string {
	return d.sides[0].label + ": " + d.sides[0].made + ". " + d.sides[1].label + ": " + d.sides[1].made + "."
}
