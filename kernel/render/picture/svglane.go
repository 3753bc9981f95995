package picture

import (
	"threading101/kernel/render/ink"
	"threading101/kernel/render/walk"
)

// The lanes of the SVG form: bars, hatching, arrows and ends.

// lane draws what a goroutine is doing between the rows.
func (c *drawing) lane(i int) {
	from, now := c.Top-12, walk.Absent
	if c.p.lanes[i].g == 0 {
		now = walk.Running
	}
	for r := range c.p.rows {
		next := c.p.rows[r].state[i]
		if next == now {
			continue
		}
		at := c.Y(r)
		c.segment(i, now, from, at)
		if next == walk.Gone && c.p.rows[r].lane == i && !c.ownEnd(r) && !c.p.rows[r].Crash {
			c.segment(i, walk.Running, at, at+9)
		}
		from, now = at, next
	}
	c.segment(i, now, from, c.bottom)
}

// ownEnd reports whether a row shows nothing but that its goroutine ends.
func (c *drawing) ownEnd(r int) bool {
	return c.p.rows[r].ends && c.p.Steps.List[c.p.rows[r].from].End < 0
}

// segment draws a stretch of a lane.
func (c *drawing) segment(i int, s walk.State, from, to int) {
	x, tone := c.laneX[i], c.Tone(i)
	if to <= from {
		return
	}
	switch s {
	case walk.Running:
		c.Rect(x-ink.BarWidth/2, from, ink.BarWidth, to-from, "bar s"+tone, c.Fill(i, 'p'))
	case walk.Computing:
		c.Rect(x-ink.BarWidth/2-computeW, from, ink.BarWidth+2*computeW, to-from, "bar s"+tone, c.Fill(i, 'p'))
	case walk.Waiting:
		c.Rect(x-ink.BarWidth/2, from, ink.BarWidth, to-from, "bar s"+tone, c.Fill(i, 'h'))
	case walk.Sleeping:
		c.Line("zz s"+tone, x, from+7, x, to-5)
	case walk.Ready:
		c.Line("ready s"+tone, x, from+9, x, to-8)
	}
}

// lock draws who holds a lock.
func (c *drawing) lock(i int) {
	start := 0
	var now holding
	for r := 0; r <= len(c.p.rows); r++ {
		var next holding
		if r < len(c.p.rows) {
			next = c.p.rows[r].held[i]
		}
		if r < len(c.p.rows) && next == now {
			continue
		}
		if !now.free() {
			to := c.bottom
			if r < len(c.p.rows) {
				to = c.Y(r)
			}
			c.held(i, now, c.Y(start), to)
		}
		start, now = r, next
	}
}

// held draws one stretch of a lock being held.
func (c *drawing) held(i int, h holding, from, to int) {
	x := c.lockX[i]
	if h.lane < 0 {
		c.Rect(x, from, ink.BarWidth, to-from, "none", "")
	} else {
		c.Rect(x, from, ink.BarWidth, to-from, "bar s"+c.Tone(h.lane), c.Fill(h.lane, 'p'))
	}
	kind := "h m"
	if h.lane >= 0 {
		kind = "h b f" + c.Tone(h.lane)
	}
	c.Text(x+ink.BarWidth+5, from+min(16, (to-from)/2+4), kind, ink.FitName(h.who, 80))
}

// start draws the way from the go statement to a goroutine's lane.
func (c *drawing) start(i int) {
	l := c.p.lanes[i]
	if l.created < 0 {
		return
	}
	from := c.laneX[c.p.rows[l.created].lane]
	x, y := c.laneX[i], c.Y(l.created)+9
	class := "go s" + c.Tone(i)
	if from < x {
		c.Path(class, "M", from+ink.BarWidth/2, y, "H", x-5, "Q", x, y, x, y+5)
	} else {
		c.Path(class, "M", from-ink.BarWidth/2, y, "H", x+5, "Q", x, y, x, y+5)
	}
	if l.first >= 0 {
		tip := c.Y(l.first) - 6
		if l.first == l.created+1 {
			c.Line("go s"+c.Tone(i), x, y+5, x, tip)
		}
		c.tip(x, tip, i, 'v')
	}
}

// tip draws the head of an arrow, pointing down ('v'), left ('<') or right ('>').
func (c *drawing) tip(x, y, lane int, to byte) {
	class := "f" + c.Tone(lane)
	switch to {
	case 'v':
		c.Path(class, "M", x-4, y-6, "L", x+4, y-6, "L", x, y, "Z")
	case '<':
		c.Path(class, "M", x+6, y-4, "L", x+6, y+4, "L", x, y, "Z")
	case '>':
		c.Path(class, "M", x-6, y-4, "L", x-6, y+4, "L", x, y, "Z")
	}
}

// arrow leads from a step to a later step of another goroutine that gets a value or
// stops waiting because of it. It runs along the edge of the row and then down beside
// the other lane, so that it crosses no words.
func (c *drawing) arrow(a arrow, track int) {
	x0, y0 := c.laneX[a.fromLane], c.Y(a.from)
	x1, y1 := c.laneX[a.toLane], c.Y(a.to)
	side, to := 1, byte('<')
	if x0 < x1 {
		side, to = -1, '>'
	}
	end := x1 + side*(ink.BarWidth/2+2)
	class := "msg s" + c.Tone(a.fromLane)
	switch a.kind {
	case joins:
		class = "join s" + c.Tone(a.fromLane)
	case raced:
		class = "race"
	}
	switch {
	case a.from == a.to:
		c.Path(class, "M", c.besides(a.from, side), y0, "H", end+side*4)
	case y1 > y0:
		bus := x1 + side*(ink.BarWidth/2+10+track*trackW)
		c.Path(class, "M", x0+side*ink.BarWidth/2, y0+9, "H", bus+side*4, "Q", bus, y0+9, bus, y0+13, "V", y1-4, "Q", bus, y1, bus-side*4, y1, "H", end+side*4)
	default:
		c.Path(class, "M", x0+side*(ink.BarWidth/2+2), y0, "L", end+side*5, y1)
	}
	if a.kind == raced {
		c.Circle(end, y1, 3, "racy")
		return
	}
	c.tip(end, y1, a.fromLane, to)
}

// besides is where an arrow along a row begins: at the lane, or behind the words that
// stand on that side. side is 1 where the arrow goes left, and -1 where it goes right.
func (c *drawing) besides(row, side int) int {
	r := &c.p.rows[row]
	x, t := c.laneX[r.lane], c.place(r)
	switch {
	case t.left && side > 0:
		return x - gapText - t.w - tagsWidth(t.near) - 6
	case !t.left && side < 0:
		return x + c.gap[r.lane] + t.w + tagsWidth(t.near) + 6
	}
	return x - side*(ink.BarWidth/2+2)
}

// edge draws the line at which main's return, or a crash, cut everyone off.
func (c *drawing) edge() {
	for _, e := range c.p.ends {
		if e.kind == endCut {
			c.Line("edge", ink.Pad, c.bottom-4, c.Width-ink.Pad, c.bottom-4)
			return
		}
	}
}

// ending draws the end of a lane.
func (c *drawing) ending(i int) {
	x, y := c.laneX[i], c.bottom
	room := c.Width - ink.Pad/2 - x - gapText
	if i+1 < len(c.laneX) {
		room = c.laneX[i+1] - x - gapText - 10
	}
	switch e := c.p.ends[i]; e.kind {
	case endCut:
		c.Rect(x-7, y-6, 14, 8, "bg", "")
		c.Path("cut", "M", x-7, y-6, "L", x-3, y-2, "L", x, y-6, "L", x+3, y-2, "L", x+7, y-6)
		c.scissors(x+16, y+6)
		c.Text(x+28, y+10, "h x", e.that(func(t string) bool { return ink.BoldPixels(t)*7/8 <= room-gapText }))
	case endPrompt:
		c.Path("stays s"+c.Tone(i), "M", x-7, y+6, "Q", x-3, y, x, y+6, "T", x+7, y+6)
		c.Text(x+gapText, y+11, "h m", e.that(func(t string) bool { return ink.BoldPixels(t)*7/8 <= room }))
	case endBlocked, endFatal:
		c.Path("cross", "M", x-5, y+2, "L", x+5, y+12, "M", x+5, y+2, "L", x-5, y+12)
		c.Text(x+gapText, y+11, "h x", e.that(func(t string) bool { return ink.BoldPixels(t)*7/8 <= room }))
	}
}

// scissors draws a pair of scissors that open to the left.
func (c *drawing) scissors(x, y int) {
	c.Path("cut", "M", x-7, y-4, "L", x+3, y+2, "M", x-7, y+4, "L", x+3, y-2)
	c.Circle(x+5, y-3, 2, "cut")
	c.Circle(x+5, y+3, 2, "cut")
}
