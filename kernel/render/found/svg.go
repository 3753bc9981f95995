package found

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// The measures of the picture of an exploration, in pixels.
const (
	svgWidth     = 820
	svgRowHeight = 46
	svgTrack     = 220 // a bar that stands for all
	svgLeast     = 3   // the shortest bar
	svgBarHeight = 14
)

// drawing draws the outcomes: for each what comes out, a bar, and how often.
type drawing struct {
	ink.Canvas
	f    *found
	barX int
	sayX int
	y    int
}

func (f *found) svg(ink.Paper) []byte {
	c := &drawing{Canvas: ink.Canvas{Width: svgWidth}, f: f, y: ink.Pad + 10}
	c.measure()
	c.head()
	for i := range f.rows {
		c.row(&f.rows[i])
	}
	if f.more != "" {
		c.Text(ink.Pad+18, c.y, "m", "⋮ "+f.more)
		c.y += ink.RowHeight
	}
	c.races()
	if f.classes.head != "" {
		c.paragraph("", f.classes.head+".")
		c.y += 6
	}
	c.foot()
	return c.Seal(c.ID(), ink.Frame{Height: c.y + ink.Pad - 10, Summary: f.head, Description: f.description(), Lanes: 0})
}

// measure gives the words to the right of the bars the room that they need.
func (c *drawing) measure() {
	many := 0
	for i := range c.f.rows {
		many = max(many, ink.BoldPixels(c.f.rows[i].many))
	}
	c.sayX = max(c.Width-ink.Pad-many, c.Width/2)
	c.barX = c.sayX - 12 - svgTrack
}

func (c *drawing) head() {
	class := "t w"
	if c.f.complete {
		class = "t f" + strconv.Itoa(int(ink.ToneGood))
	}
	for i, line := range ink.Wrap(c.f.head, (c.Width-2*ink.Pad-18)*3/4) {
		if i == 0 {
			c.Text(ink.Pad, c.y, class, c.f.mark())
		}
		c.Text(ink.Pad+18, c.y, class, line)
		c.y += 19
	}
	for _, line := range c.f.lines {
		c.paragraph("", line)
	}
	c.Line("rule", ink.Pad, c.y-4, c.Width-ink.Pad, c.y-4)
	c.y += 18
}

// paragraph writes a text, wrapped.
func (c *drawing) paragraph(class, text string) {
	for _, line := range ink.Wrap(text, c.Width-2*ink.Pad-18) {
		c.Text(ink.Pad+18, c.y, class, line)
		c.y += 17
	}
}

// colour is the class that fills in the colour of a look.
func (l look) colour() string {
	return [...]string{looksFine: "f1", looksCut: "w", looksBad: "x"}[l]
}

func (c *drawing) row(row *outcomeRow) {
	c.Begin("r", c.f.title(row))
	c.Rect(ink.Pad-4, c.y-16, c.Width-2*ink.Pad+8, svgRowHeight-2, "z", "")
	c.Text(ink.Pad, c.y, "b "+row.look.colour(), row.sign)
	class, room := "b", c.barX-ink.Pad-18-12
	if row.empty {
		class = "m"
	}
	c.Text(ink.Pad+18, c.y, class, ink.Fit(row.value, room*8/9))
	c.bar(row)
	c.Text(c.sayX, c.y, "b", row.many)
	below := row.ends + " · " + row.switches
	if row.token != "" {
		below += " · " + words.ReplayIt + row.token
	}
	c.Text(ink.Pad+18, c.y+17, "m", ink.Fit(below, c.Width-2*ink.Pad-18))
	c.End()
	c.y += svgRowHeight
}

// bar draws a bar in its track. Lines over it tell the looks apart without colour.
func (c *drawing) bar(row *outcomeRow) {
	y := c.y - svgBarHeight + 3
	c.Rect(c.barX, y, svgTrack, svgBarHeight, "paper", "")
	w := c.f.length(row, svgTrack, svgLeast)
	if w == 0 {
		return
	}
	c.Rect(c.barX, y, w, svgBarHeight, row.look.colour(), "")
	switch row.look {
	case looksCut:
		for _, at := range []int{3, 7, 11} {
			c.Line("ov", c.barX, y+at, c.barX+w, y+at)
		}
	case looksBad:
		for x := 6; x+6 <= w; x += 10 {
			c.Line("ov", c.barX+x, y+svgBarHeight, c.barX+x+6, y)
		}
	}
}

// title is an outcome in one sentence.
func (f *found) title(row *outcomeRow) string {
	s := row.value + " · " + row.ends + " · " + row.many + " · " + row.switches
	if row.fewest {
		s += " · " + words.FoundFewest
	}
	return s
}

func (c *drawing) races() {
	if c.f.raceHead == "" {
		return
	}
	if len(c.f.races) == 0 {
		c.paragraph("", c.f.raceHead)
		c.y += 6
		return
	}
	c.Text(ink.Pad, c.y, "x", "⚠")
	c.paragraph("x", c.f.raceHead)
	for _, r := range c.f.races {
		c.paragraph("", r.says)
		if r.token != "" {
			c.paragraph("m", words.ReplayIt+r.token)
		}
	}
	if c.f.moreRace != "" {
		c.paragraph("m", c.f.moreRace)
	}
	c.y += 6
}

func (c *drawing) foot() {
	if len(c.f.notes) > 0 {
		c.paragraph("b", words.FoundNotes)
		for _, n := range c.f.notes {
			c.paragraph("", "– "+n)
		}
		c.y += 6
	}
	for _, m := range c.f.meaning {
		c.paragraph("m", m)
	}
}

// description is the picture for those who cannot see it.
func (f *found) description() string {
	all := append([]string{}, f.lines...)
	for i := range f.rows {
		all = append(all, f.title(&f.rows[i])+".")
	}
	return strings.Join(append(all, words.FoundPicture), " ")
}
