package picture

import (
	"slices"
	"strconv"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// The measures of the picture, in pixels.
const (
	computeW = 2  // by how much it is wider on each side while its goroutine computes
	gapText  = 14 // from the middle of a lane to its text, without arrows between
	trackW   = 4  // between two arrows that run down beside a lane
	mostWide = 820
	wordsW   = 180 // of a lane and its words, which a picture of many lanes gets wider for
	slimWide = 560
	slimW    = 150 // the same of a slim one
	leastW   = 560
)

// drawing writes the SVG form of a picture.
type drawing struct {
	ink.Canvas
	p    *Picture
	slim bool // it is beside the source: without places, and no wider than it must be

	stepX, whereX int
	laneX         []int // the middle of each lane
	gap           []int // from there to its texts
	tracks        []int // for each arrow, how far beside its lane it runs
	laneRight     int   // where the lanes' texts must end
	lockX, varX   []int
	lockW         []int
	headH         int
	bottom        int // y of the end of the lanes
	foundation    int // y below which nothing belongs to the lanes
}

// svg draws the picture as SVG that stands alone.
func (p *Picture) svg(ink.Paper) []byte {
	if p.drawn == nil {
		p.drawn = p.draw()
	}
	return p.drawn
}

func (p *Picture) draw() []byte {
	c := &drawing{p: p}
	c.Grow(12<<10 + len(p.rows)*700)
	c.measure()
	c.body()
	id := c.ID()
	return c.Seal(id, ink.Frame{Height: c.foot() + ink.Pad - 8, Summary: p.summary(), Description: p.description(), Lanes: len(p.lanes)})
}

// measure places the columns.
func (c *drawing) measure() {
	x := ink.Pad + c.numberWidth()
	c.stepX = x
	if w := c.whereWidth(); w > 0 && !c.slim {
		x += 8 + w
		c.whereX = x
	}
	x = align(x + 20)
	c.assignTracks()
	budget := max(c.mostWide()-x-c.sideWidth()-ink.Pad, 60*len(c.p.lanes))
	x = c.placeLanes(x, budget)
	c.laneRight = x
	x = c.placeSide(x)
	c.Width = x + ink.Pad
	if !c.slim {
		c.Width = max(c.Width, leastW, min(c.mostWide(), c.headWidth()))
	}
}

// mostWide is how wide the picture may be. It gets more width for warnings, which stand
// beside the words of a step, for links, and for many columns beside the lanes.
func (c *drawing) mostWide() int {
	if c.slim {
		return slimWide
	}
	if len(c.p.links) > 0 || len(c.p.transactions) > 0 || len(c.p.locks)+len(c.p.vars) > 2 || slices.ContainsFunc(c.p.rows, func(r row) bool { return len(r.Marks) > 0 }) {
		return mostWide + 120
	}
	return mostWide
}

// align rounds up to where the tiles of textures begin, so that each bar shows
// whole ones.
func align(x int) int { return (x + 9) / 10 * 10 }

// assignTracks gives each arrow a track beside the lane it runs down: arrows that run
// down the same lane at the same height get different tracks, unless they end at the
// same step.
func (c *drawing) assignTracks() {
	const most = 3
	c.tracks = make([]int, len(c.p.arrows))
	c.gap = make([]int, len(c.p.lanes))
	for i := range c.gap {
		c.gap[i] = gapText
	}
	for i, a := range c.p.arrows {
		if a.from == a.to { // it runs along its row
			continue
		}
		used := [most]bool{}
		for j, b := range c.p.arrows[:i] {
			if b.from == b.to || b.toLane != a.toLane || (b.fromLane < b.toLane) != (a.fromLane < a.toLane) {
				continue
			}
			if b.to == a.to {
				used = [most]bool{}
				for t := range used {
					used[t] = t != c.tracks[j]
				}
				break
			}
			if b.to > a.from && a.to > b.from {
				used[c.tracks[j]] = true
			}
		}
		for c.tracks[i] < most-1 && used[c.tracks[i]] {
			c.tracks[i]++
		}
		if a.fromLane > a.toLane {
			c.gap[a.toLane] = max(c.gap[a.toLane], gapText+6+trackW*(c.tracks[i]+1))
		}
	}
}

func (c *drawing) numberWidth() int { return max(26, ink.Pixels(strconv.Itoa(c.p.StepCount()))+2) }

func (c *drawing) whereWidth() int {
	w := 0
	for i := range c.p.rows {
		w = max(w, ink.Pixels(c.p.rows[i].where))
	}
	if w > 0 {
		w = max(w, ink.Pixels(c.p.WhereHead())-6)
	}
	return w
}

func (c *drawing) headWidth() int {
	return max(ink.Pixels(c.p.Mode+" · "+c.p.Size), ink.Pixels(c.p.Status)*4/3) + 2*ink.Pad + 8
}

// placeLanes gives each lane the width its texts need, as far as there is room.
func (c *drawing) placeLanes(x, budget int) int {
	need := make([]int, len(c.p.lanes))
	for i, l := range c.p.lanes {
		need[i] = max(2*ink.BarWidth+ink.BoldPixels(l.name)+8, 56)
		if c.p.ends[i].kind != endNone {
			need[i] = max(need[i], 30+ink.BoldPixels(c.p.ends[i].text)+12)
		}
	}
	for i := range c.p.rows {
		if r := &c.p.rows[i]; r.kind == isStep {
			need[r.lane] = max(need[r.lane], c.gap[r.lane]+c.rowWidth(r)+ink.BarWidth+14-sum(need[r.lane+1:c.beside(r, 1)]))
		}
	}
	budget = max(budget, len(need)*c.wordsWidth())
	most := share(need, budget)
	if n := len(need) - 1; n > 0 && need[n] > most { // it has no neighbour to write over
		last := 240
		switch {
		case c.slim:
			last = wordsW
		case c.mostWide() > mostWide && len(c.p.transactions) == 0: // statements are long in every lane
			last = 390
		}
		if less := share(need[:n], budget-min(need[n], last)); less >= 90 {
			most, need[n] = less, min(need[n], last)
		} else {
			need[n] = max(most, 2*ink.BarWidth+ink.BoldPixels(c.p.lanes[n].name)+8)
		}
	}
	c.laneX = make([]int, len(need))
	for i, n := range need {
		c.laneX[i] = x + ink.BarWidth/2
		if i < len(need)-1 {
			n = min(n, most)
		}
		x = align(x + n)
	}
	return x
}

func (c *drawing) wordsWidth() int {
	if c.slim {
		return slimW
	}
	return wordsW
}

func sum(all []int) (total int) {
	for _, n := range all {
		total += n
	}
	return total
}

// share finds the width that no column may exceed so that all fit the budget.
func share(need []int, budget int) int {
	most := budget
	for ; most > 48; most -= 4 {
		total := 0
		for _, n := range need {
			total += align(min(n, most))
		}
		if total <= budget {
			break
		}
	}
	return most
}

// rowWidth is how wide the texts of a row are.
func (c *drawing) rowWidth(r *row) int {
	w := c.doesWidth(r)
	for _, m := range r.Marks {
		w += ink.BoldPixels(m) + 26
	}
	return w
}

func (c *drawing) sideWidth() int {
	w := 0
	for i := range c.p.locks {
		w += c.lockWidth(i) + 22
	}
	for i := range c.p.vars {
		w += c.varWidth(i) + 12
	}
	return w
}

func (c *drawing) lockWidth(i int) int {
	w := max(ink.BoldPixels(c.p.locks[i].name), 24)
	for r := range c.p.rows {
		w = max(w, 16+ink.BoldPixels(ink.Fit(c.p.rows[r].held[i].who, 80)))
	}
	return w
}

func (c *drawing) varWidth(i int) int {
	w := max(ink.BoldPixels(c.p.vars[i].name), 28)
	if head := c.p.headOf(c.p.vars[i]); head != words.HeadValue {
		w = max(w, ink.Pixels(head))
	}
	for r := range c.p.rows {
		w = max(w, ink.BoldPixels(c.p.rows[r].values[i])+6)
	}
	return w
}

func (c *drawing) placeSide(x int) int {
	for i := range c.p.locks {
		x = align(x + 12)
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
func (c *drawing) body() {
	c.head()
	c.heads()
	c.steps()
}

// steps draws the lanes with what happens on them.
func (c *drawing) steps() {
	c.bottom = c.Y(len(c.p.rows)) + 2
	if c.foundation = c.bottom; len(c.p.links) > 0 {
		c.foundation += len(c.p.links)*linkH + 8
	}
	if !c.p.keys.cut && !c.p.keys.blocked {
		c.bottom -= ink.RowHeight - 8
		c.foundation = c.bottom
	}
	c.edge()
	for i := range c.p.lanes {
		c.lane(i)
	}
	for _, one := range slices.Concat(c.p.calls, c.p.transactions) {
		c.call(one)
	}
	for i := range c.p.locks {
		c.lock(i)
	}
	for i := range c.p.lanes {
		c.start(i)
	}
	for i, a := range c.p.arrows {
		c.arrow(a, c.tracks[i])
	}
	for i := range c.p.rows {
		c.row(i)
	}
	for i := range c.p.lanes {
		c.ending(i)
	}
	for i := range c.p.links {
		c.link(i)
	}
}

// sentenceWidth is where sentences are broken: nobody has to scroll more than for the
// narrowest lanes to read them.
func (c *drawing) sentenceWidth() int { return min(c.Width, mostWide) - 2*ink.Pad }

// head writes how the run was made, and how it ended.
func (c *drawing) head() {
	y := ink.Pad + 10
	kind := "t"
	if c.p.Bad {
		kind = "t x"
	}
	for _, line := range ink.Wrap(c.p.Status, c.sentenceWidth()*3/4) {
		c.Text(ink.Pad, y, kind, line)
		y += 19
	}
	for _, sentence := range c.p.Explanation {
		for _, line := range ink.Wrap(sentence, c.sentenceWidth()) {
			c.Text(ink.Pad, y, "", line)
			y += 17
		}
		y += 3
	}
	for _, line := range ink.Wrap(c.p.Mode+" · "+c.p.Size, c.sentenceWidth()) {
		c.Text(ink.Pad, y, "m", line)
		y += 17
	}
	if c.p.note != "" {
		for _, line := range ink.Wrap(c.p.note, c.sentenceWidth()) {
			c.Text(ink.Pad, y, "m", line)
			y += 17
		}
	}
	c.headH = y
	c.Top = y + 52
}

// heads writes the heads of the columns.
func (c *drawing) heads() {
	y := c.Top - 26
	c.Text(c.stepX, y, "l e", words.HeadStep)
	if c.whereX > 0 {
		c.Text(c.whereX, y, "l e", c.p.WhereHead())
	}
	for i, l := range c.p.lanes {
		c.Rect(c.laneX[i]-ink.BarWidth/2, y-9, ink.BarWidth, ink.BarWidth, "bar s"+c.Tone(i), c.Fill(i, 'p'))
		room := c.laneRight - c.laneX[i] - ink.BarWidth
		if i+1 < len(c.laneX) {
			room = c.laneX[i+1] - c.laneX[i] - ink.BarWidth - 8
		}
		c.Text(c.laneX[i]+ink.BarWidth/2+5, y, "b f"+c.Tone(i), ink.FitName(l.name, room*8/9))
	}
	for i, l := range c.p.locks {
		c.Text(c.lockX[i], y-14, "l", c.p.headOfLock(l))
		c.Text(c.lockX[i], y, "b", l.name)
	}
	for i, v := range c.p.vars {
		c.Text(c.varX[i], y-14, "l", c.p.headOf(v))
		c.Text(c.varX[i], y, "b", v.name)
	}
	c.Line("rule", ink.Pad, y+8, c.Width-ink.Pad, y+8)
}
