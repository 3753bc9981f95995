package render

// What the SVG form draws below the lanes of a deadlock.

// linkH is the height of a link from one who waits to one who holds.
const linkH = 24

// link draws link i below the ends of the lanes: a line from the lane of the one
// who waits to that of the one who holds, and its words.
func (c *drawing) link(i int) {
	l := c.p.links[i]
	x0, x1, y := c.laneX[l.from], c.laneX[l.to], c.bottom+34+i*linkH
	says := c.p.lanes[l.from].name + " " + l.says
	c.begin("", says)
	switch {
	case x0 == x1:
		c.path("needs", "M", x0+5, y-3, "C", x0+24, y-10, x0+24, y+10, x0+12, y+4)
		c.needle(x0+5, y+3, '<')
	case x0 < x1:
		c.line("needs", x0+5, y, x1-12, y)
		c.needle(x1-5, y, '>')
	default:
		c.line("needs", x0-5, y, x1+12, y)
		c.needle(x1+5, y, '<')
	}
	c.circle(x0, y, 4, "dot s"+c.tone(l.from))
	c.linkWords([]string{says, l.says, l.brief}, min(x0, x1), max(x0, x1), y)
	c.end()
}

// linkWords writes what a link means: the longest of its texts for which there is
// room, on its line if it fits there, else beside it.
func (c *drawing) linkWords(texts []string, left, right, y int) {
	after, before := c.w-pad-right-2*gapText, left-pad-gapText
	for i, says := range texts {
		w := bold(says)
		switch {
		case w <= right-left-44:
			x := left + (right-left-w)/2
			c.back(x, x+w, y)
			c.text(x, y+4, "h x", says)
		case w <= after:
			c.text(right+2*gapText, y+4, "h x", says)
		case w <= before:
			c.text(left-gapText, y+4, "h x e", says)
		case i < len(texts)-1:
			continue
		case after >= before:
			c.text(right+2*gapText, y+4, "h x", fit(says, after*8/9))
		default:
			c.text(left-gapText, y+4, "h x e", fit(says, before*8/9))
		}
		return
	}
}

// needle is the head of such a line, pointing left ('<') or right ('>').
func (c *drawing) needle(x, y int, to byte) {
	d := 8
	if to == '<' {
		d = -8
	}
	c.path("needle", "M", x-d, y-5, "L", x-d, y+5, "L", x, y, "Z")
}
