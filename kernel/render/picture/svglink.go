package picture

import "threading101/kernel/render/ink"

// What the SVG form draws below the lanes of a deadlock.

// linkH is the height of a link.
const linkH = 24

// link draws link i below the ends of the lanes: a line from the goroutine that waits
// to the one that holds the lock, and its words.
func (c *drawing) link(i int) {
	l := c.p.links[i]
	x0, x1, y := c.laneX[l.from], c.laneX[l.to], c.bottom+34+i*linkH
	texts := c.p.texts(&l)
	c.Begin("", texts[0])
	switch {
	case x0 == x1:
		c.Path("needs", "M", x0+5, y-3, "C", x0+24, y-10, x0+24, y+10, x0+12, y+4)
		c.needle(x0+5, y+3, '<')
	case x0 < x1:
		c.Line("needs", x0+5, y, x1-12, y)
		c.needle(x1-5, y, '>')
	default:
		c.Line("needs", x0-5, y, x1+12, y)
		c.needle(x1+5, y, '<')
	}
	c.Circle(x0, y, 4, "dot s"+c.Tone(l.from))
	c.linkWords(texts, min(x0, x1), max(x0, x1), y)
	c.End()
}

// linkWords writes what a link means: the longest of its texts for which there is
// room, on its line if it fits there, else beside it.
func (c *drawing) linkWords(texts []string, left, right, y int) {
	after, before := c.Width-ink.Pad-right-2*gapText, left-ink.Pad-gapText
	for i, says := range texts {
		w := ink.BoldPixels(says)
		switch {
		case w <= right-left-44:
			x := left + (right-left-w)/2
			c.Back(x, x+w, y)
			c.Text(x, y+4, "h x", says)
		case w <= after:
			c.Text(right+2*gapText, y+4, "h x", says)
		case w <= before:
			c.Text(left-gapText, y+4, "h x e", says)
		case i < len(texts)-1:
			continue
		case after >= before:
			c.Text(right+2*gapText, y+4, "h x", ink.Fit(says, after*8/9))
		default:
			c.Text(left-gapText, y+4, "h x e", ink.Fit(says, before*8/9))
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
	c.Path("needle", "M", x-d, y-5, "L", x-d, y+5, "L", x, y, "Z")
}
