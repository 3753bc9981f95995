package picture

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// row draws a step: its number, its place, its mark on the lane and its words.
func (c *drawing) row(i int) {
	r, y := &c.p.rows[i], c.Y(i)
	c.Begin("r", c.p.title(r))
	c.Rect(ink.Pad/2, y-ink.RowHeight/2, c.Width-ink.Pad, ink.RowHeight, "z", "")
	if r.kind == isStep {
		c.here(r, y)
		c.Text(c.stepX, y+4, "n", strconv.Itoa(r.n))
		if r.where != "" && c.whereX > 0 {
			c.Text(c.whereX, y+4, "n", r.where)
		}
		c.mark(r, y)
		c.words(r, y)
		c.values(i, y)
	} else {
		c.fold(r, y)
	}
	c.End()
}

// here marks the step that is looked at: in one colour, which is seen on light and dark
// paper.
func (c *drawing) here(r *row, y int) {
	if c.p.here != 0 && r.n == c.p.here {
		c.Rect(ink.Pad/2, y-ink.RowHeight/2, c.Width-ink.Pad, ink.RowHeight, "", "#e0a80055")
		c.Rect(ink.Pad/2, y-ink.RowHeight/2, 5, ink.RowHeight, "", "#e0a800")
	}
}

// mark draws the step on the lane.
func (c *drawing) mark(r *row, y int) {
	x, tone, dot := c.laneX[r.lane], c.Tone(r.lane), c.p.dot(r)
	switch {
	case r.Crash:
		c.Path("cross", "M", x-5, y-5, "L", x+5, y+5, "M", x+5, y-5, "L", x-5, y+5)
	case c.p.Steps.List[r.from].End >= 0:
		c.Circle(x, y, dot, "dot s"+tone)
		c.Rect(x-5, y+7, 10, 8, "f"+tone, "")
	case r.ends:
		c.Rect(x-6, y-6, 12, 12, "f"+tone, "")
	case r.Waits:
		c.Circle(x, y, 4, "dot s"+tone)
		c.Line("wait s"+tone, x-3, y, x+3, y)
	default:
		c.Circle(x, y, dot, "dot s"+tone)
	}
}

// dot is the radius of a step's mark: small, in a run that somebody made step by step,
// where nothing was chosen.
func (p *Picture) dot(r *row) int {
	before := -1
	if r.from > 0 {
		before = p.Steps.List[r.from-1].Event
	}
	if len(p.Execution.Choices) > 0 && !p.Execution.Chosen(before, p.Steps.List[r.from].Event) {
		return 2
	}
	return 4
}

// words writes what the goroutine does: right of its lane, or left of it where
// that is the side with room.
func (c *drawing) words(r *row, y int) {
	x, gap, t := c.laneX[r.lane], c.gap[r.lane], c.place(r)
	all := t.w + tagsWidth(t.near)
	class := "h"
	if r.Bad {
		class = "h b"
	}
	if t.left {
		c.Back(x-gapText-all, x-gapText, y)
		c.does(r, x-gapText, y, class+" e", t.room)
		c.tags(t.near, x-gapText-t.w, y, true)
		c.tags(t.far, x+gap-tagEdge, y, false)
		return
	}
	c.does(r, x+gap, y, class, t.room)
	c.tags(t.near, x+gap+t.w, y, false)
	c.tags(t.far, x-gapText+tagEdge, y, true)
}

// does writes what a step does. What it prints stands out.
func (c *drawing) does(r *row, x, y int, class string, room int) {
	verb, text, printed := strings.Cut(r.Does, "“")
	if !printed || !r.prints || ink.Pixels(verb) > room {
		c.Text(x, y+4, class, ink.Fit(r.Does, room))
		return
	}
	said, after := quoted(ink.Fit("“"+text, (room-ink.Pixels(verb))*8/9))
	c.Quote(x, y+4, class, verb, said, after)
}

// quoted cuts a text after its closing quotation mark. A text that was cut short has
// no such mark and is quoted to its end.
func quoted(s string) (said, after string) {
	const closing = "”"
	if i := strings.LastIndex(s, closing); i >= 0 {
		return s[:i+len(closing)], s[i+len(closing):]
	}
	return s, ""
}

// doesWidth is the width of what a step does.
func (c *drawing) doesWidth(r *row) int {
	if r.Bad || r.prints {
		return ink.BoldPixels(r.Does)
	}
	return ink.Pixels(r.Does)
}

// values writes the shared variables: strong where the step touched one.
func (c *drawing) values(i, y int) {
	r := &c.p.rows[i]
	for v, value := range r.values {
		if value == "" {
			continue
		}
		switch before := c.valueBefore(i, v); {
		case r.wrote == v && r.Stale:
			c.Text(c.varX[v], y+4, "x", value)
		case r.wrote == v:
			c.Text(c.varX[v], y+4, "b", value)
		case value != before:
			c.Text(c.varX[v], y+4, "m", value)
		default:
			c.Line("rule", c.varX[v]+4, y-11, c.varX[v]+4, y+11)
		}
	}
}

func (c *drawing) valueBefore(i, v int) string {
	if i == 0 {
		return ""
	}
	return c.p.rows[i-1].values[v]
}

// fold draws a row that stands for steps left out as a cut through the paper, and the
// row where the run first differs from the previous one as a dashed line.
func (c *drawing) fold(r *row, y int) {
	x := c.laneX[0]
	if r.kind == isParting {
		c.Line("part", c.stepX+8, y, c.Width-ink.Pad, y)
		c.Back(x+c.gap[0], x+c.gap[0]+ink.BoldPixels(ink.Fit(r.Does, c.Width-2*ink.Pad-x)), y)
		c.Text(x+c.gap[0], y+4, "h w", ink.Fit(r.Does, c.Width-2*ink.Pad-x))
		c.Text(c.stepX, y+4, "w e", "≠")
		return
	}
	c.Rect(ink.Pad, y-9, c.Width-2*ink.Pad, 18, "bg", "")
	c.Line("rule", ink.Pad, y-9, c.Width-ink.Pad, y-9)
	c.Line("rule", ink.Pad, y+9, c.Width-ink.Pad, y+9)
	c.Text(x+c.gap[0], y+4, "m", r.Does)
}

// foot writes the legend and what there is to add in words.
func (c *drawing) foot() int {
	y := c.foundation + 34
	c.Line("rule", ink.Pad, y-14, c.Width-ink.Pad, y-14)
	for _, note := range c.p.notes {
		for _, line := range ink.Wrap(note, c.sentenceWidth()) {
			y += 4
			c.Text(ink.Pad, y, "", line)
			y += 14
		}
	}
	return c.legend(y + 6)
}

// legend explains the signs that the picture uses.
func (c *drawing) legend(y int) int {
	x := ink.Pad
	entry := func(show bool, label string, draw func(x, y int)) {
		if !show {
			return
		}
		if w := 24 + ink.Pixels(label) + 14; x+w > c.Width-ink.Pad {
			x, y = ink.Pad, y+18
		}
		draw(x+8, y)
		c.Text(x+22, y+4, "m", label)
		x += 24 + ink.Pixels(label) + 14
	}
	k, tone := &c.p.keys, c.Tone(min(1, len(c.p.lanes)-1))
	lane := min(1, len(c.p.lanes)-1)
	entry(k.holds, words.KeyHolds, func(x, y int) { c.Rect(x-6, y-6, 12, 12, "bar s"+tone, c.Fill(lane, 'p')) })
	entry(k.waits, words.KeyWaits, func(x, y int) { c.Rect(x-5, y-6, 10, 12, "bar s"+tone, c.Fill(lane, 'h')) })
	entry(k.sleeps, words.KeySleeps, func(x, y int) { c.Line("zz s"+tone, x, y-6, x, y+7) })
	entry(k.computes, words.KeyComputes, func(x, y int) { c.Rect(x-7, y-6, 14, 12, "bar s"+tone, c.Fill(lane, 'p')) })
	entry(k.ready, words.KeyReady, func(x, y int) { c.Line("ready s"+tone, x, y-7, x, y+7) })
	entry(k.message, words.KeyMessage, func(x, y int) { c.Line("msg s"+tone, x-8, y-4, x+4, y+3); c.tip(x+8, y+4, lane, '>') })
	entry(k.join, words.KeyJoin, func(x, y int) { c.Line("join s"+tone, x-3, y, x+9, y); c.tip(x-8, y, lane, '<') })
	entry(k.returned, words.KeyReturned, func(x, y int) { c.Rect(x-5, y-5, 10, 10, "f"+tone, "") })
	entry(k.crash, words.KeyCrash, func(x, y int) {
		c.Path("cross", "M", x-5, y-5, "L", x+5, y+5, "M", x+5, y-5, "L", x-5, y+5)
	})
	entry(k.race, words.KeyRace, func(x, y int) {
		c.Line("race", x-8, y, x+8, y)
		c.Circle(x-8, y, 3, "racy")
		c.Circle(x+8, y, 3, "racy")
	})
	entry(k.waitsFor, words.KeyWaitsFor, func(x, y int) { c.Line("needs", x-9, y, x+3, y); c.needle(x+9, y, '>') })
	entry(k.parts, words.KeyParts, func(x, y int) { c.Line("part", x-9, y, x+9, y) })
	entry(len(c.p.calls) > 0, words.KeyCalls(c.p.called), func(x, y int) { c.Path("go s"+tone, "M", x+2, y-6, "H", x-2, "V", y+6, "H", x+2) })
	entry(k.commits, words.KeyTransaction, func(x, y int) { c.Path("go s"+tone, "M", x+2, y-6, "H", x-2, "V", y+6, "H", x+2) })
	entry(k.undone, words.KeyUndone, func(x, y int) {
		c.Path("go s"+tone, "M", x+2, y-6, "H", x-2, "V", y+5, "M", x-5, y+2, "L", x+1, y+8, "M", x+1, y+2, "L", x-5, y+8)
	})
	entry(k.world, words.KeyWorld, func(x, y int) { c.Text(x-3, y+4, "b", "4") })
	entry(k.cut, words.KeyCut, func(x, y int) { c.scissors(x, y) })
	entry(k.blocked, words.EndBlocked, func(x, y int) {
		c.Path("cross", "M", x-5, y-5, "L", x+5, y+5, "M", x+5, y-5, "L", x-5, y+5)
	})
	return y + 18
}
