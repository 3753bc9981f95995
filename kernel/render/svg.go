package render

import (
	"hash/fnv"
	"strconv"

	"threading101/kernel/words"
)

// The measures of the picture, in pixels.
const (
	pad      = 16
	rowH     = 22
	barW     = 10 // of a lane
	gapText  = 14 // from the middle of a lane to its text
	mostWide = 960
	leastW   = 560
)

// canvas writes the SVG form of a picture.
type canvas struct {
	p   *picture
	b   []byte
	id  string // makes the names of patterns unique in a page
	w   int
	top int // y of the first row's middle

	stepX, whereX int
	laneX         []int // the middle of each lane
	laneRight     int   // where the lanes' texts must end
	lockX, varX   []int
	lockW         []int
	headH         int
	end           int // y of the end of the lanes
}

// svg draws the picture as SVG that stands alone.
func svg(p *picture) []byte {
	c := &canvas{p: p, b: make([]byte, 0, 12<<10+len(p.rows)*700)}
	c.measure()
	c.body()
	sum := fnv.New32a()
	sum.Write(c.b)
	return c.finish(strconv.FormatUint(uint64(sum.Sum32()), 36))
}

// y is the middle of a row.
func (c *canvas) y(row int) int { return c.top + row*rowH }

// measure places the columns.
func (c *canvas) measure() {
	x := pad + c.numberWidth()
	c.stepX = x
	if w := c.whereWidth(); w > 0 {
		x += 8 + w
		c.whereX = x
	}
	x += 20
	side := c.sideWidth()
	budget := max(mostWide-x-side-pad, 60*len(c.p.lanes))
	x = c.placeLanes(x, budget)
	c.laneRight = x
	x = c.placeSide(x)
	c.w = max(x+pad, leastW, min(mostWide, c.headWidth()))
	if c.w > x+pad {
		c.laneRight += 0
	}
}

func (c *canvas) numberWidth() int { return max(26, pixels(itoa(c.p.stepCount()))+2) }

func (c *canvas) whereWidth() int {
	w := 0
	for i := range c.p.rows {
		w = max(w, pixels(c.p.rows[i].where))
	}
	if w > 0 {
		w = max(w, pixels(c.whereHead())-6)
	}
	return w
}

func (c *canvas) whereHead() string {
	if c.p.inCell {
		return words.HeadCell
	}
	return words.HeadLine
}

func (c *canvas) headWidth() int {
	w := pixels(c.p.mode) + 2*pad + 24
	return max(w, pixels(c.p.status)*7/6+2*pad+24)
}

// placeLanes gives each lane the width its texts need, as far as there is room.
func (c *canvas) placeLanes(x, budget int) int {
	need := make([]int, len(c.p.lanes))
	for i, l := range c.p.lanes {
		need[i] = max(barW+pixels(l.name)*7/6, 56)
		if c.p.ends[i].kind != endNone {
			need[i] = max(need[i], gapText+pixels(c.p.ends[i].text)+24)
		}
	}
	for i := range c.p.rows {
		if r := &c.p.rows[i]; r.kind == isStep {
			need[r.lane] = max(need[r.lane], gapText+c.rowWidth(r)+barW+12)
		}
	}
	most := share(need, budget)
	c.laneX = make([]int, len(need))
	for i, n := range need {
		c.laneX[i] = x + barW/2
		x += min(n, most)
	}
	return x
}

// share finds the width that no column may exceed so that all fit the budget.
func share(need []int, budget int) int {
	most := budget
	for range 8 {
		total, over := 0, 0
		for _, n := range need {
			total += min(n, most)
			if n >= most {
				over++
			}
		}
		if total <= budget || over == 0 {
			break
		}
		most -= (total - budget + over - 1) / over
	}
	return max(most, 48)
}

// rowWidth is how wide the texts of a row are.
func (c *canvas) rowWidth(r *row) int {
	w := pixels(r.does)
	for _, m := range r.marks {
		w += pixels(m) + 26
	}
	return w
}

func (c *canvas) sideWidth() int {
	w := 0
	for i := range c.p.locks {
		w += c.lockWidth(i) + 12
	}
	for i := range c.p.vars {
		w += c.varWidth(i) + 12
	}
	return w
}

func (c *canvas) lockWidth(i int) int {
	w := max(pixels(c.p.locks[i].name), 24)
	for r := range c.p.rows {
		w = max(w, 18+pixels(fit(c.holderText(c.p.rows[r].held[i]), 90)))
	}
	return w
}

func (c *canvas) holderText(h holding) string {
	if h.reads {
		return words.Reads + h.who
	}
	return h.who
}

func (c *canvas) varWidth(i int) int {
	w := max(pixels(c.p.vars[i].name), 28)
	for r := range c.p.rows {
		w = max(w, pixels(c.p.rows[r].values[i])+14)
	}
	return w
}

func (c *canvas) placeSide(x int) int {
	for i := range c.p.locks {
		x += 12
		c.lockX = append(c.lockX, x)
		c.lockW = append(c.lockW, c.lockWidth(i))
		x += c.lockWidth(i)
	}
	for i := range c.p.vars {
		x += 12
		c.varX = append(c.varX, x)
		x += c.varWidth(i)
	}
	return x
}

// body draws everything inside the frame.
func (c *canvas) body() {
	c.head()
	c.heads()
	c.end = c.y(len(c.p.rows)) + 2
	c.edge()
	for i := range c.p.lanes {
		c.lane(i)
	}
	for i := range c.p.locks {
		c.lock(i)
	}
	for i := range c.p.lanes {
		c.begin(i)
	}
	for _, a := range c.p.arrows {
		c.arrow(a)
	}
	for i := range c.p.rows {
		c.row(i)
	}
	for i := range c.p.lanes {
		c.ending(i)
	}
}

// head writes how the run was made, and how it ended.
func (c *canvas) head() {
	y := pad + 10
	kind := "t"
	if c.p.bad {
		kind = "t x"
	}
	for _, line := range wrap(c.p.status, (c.width()-2*pad)*6/7) {
		c.text(pad, y, kind, line)
		y += 19
	}
	for _, line := range wrap(c.p.mode+" · "+c.p.size, c.width()-2*pad) {
		c.text(pad, y, "m", line)
		y += 17
	}
	if c.p.note != "" {
		for _, line := range wrap(c.p.note, c.width()-2*pad) {
			c.text(pad, y, "m", line)
			y += 17
		}
	}
	c.headH = y
	c.top = y + 52
}

func (c *canvas) width() int { return c.w }

// heads writes the heads of the columns.
func (c *canvas) heads() {
	y := c.top - 26
	c.text(c.stepX, y, "l e", words.HeadStep)
	if c.whereX > 0 {
		c.text(c.whereX, y, "l e", c.whereHead())
	}
	for i, l := range c.p.lanes {
		c.rect(c.laneX[i]-barW/2, y-9, barW, barW, "bar s"+c.tone(i), c.fill(i, 'p'))
		room := c.laneRight - c.laneX[i] - barW
		if i+1 < len(c.laneX) {
			room = c.laneX[i+1] - c.laneX[i] - barW - 8
		}
		c.text(c.laneX[i]+barW/2+5, y, "b f"+c.tone(i), fit(l.name, room*6/7))
	}
	for i, l := range c.p.locks {
		c.text(c.lockX[i], y-14, "l", words.HeadLock)
		c.text(c.lockX[i], y, "b", l.name)
	}
	for i, v := range c.p.vars {
		c.text(c.varX[i], y-14, "l", words.HeadValue)
		c.text(c.varX[i], y, "b", v.name)
	}
	c.line("rule", pad, y+8, c.w-pad, y+8)
}

// tone is the number of a lane's colour and texture.
func (c *canvas) tone(lane int) string { return itoa(lane % textures) }

// wrap breaks a text into lines of a width in pixels.
func wrap(s string, width int) []string {
	var lines []string
	for pixels(s) > width {
		at, n := 0, 0
		for i, r := range s {
			n += pixels(string(r))
			if n > width && at > 0 {
				break
			}
			if r == ' ' {
				at = i
			}
		}
		if at == 0 {
			return append(lines, fit(s, width))
		}
		lines = append(lines, s[:at])
		s = s[at+1:]
	}
	return append(lines, s)
}
