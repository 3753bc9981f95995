package picture

import (
	"threading101/kernel/render/ink"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// The warnings of a step stand beside its words as tags. They must stay in the area of
// the lanes: left of it are the places, right of it the locks.

// tagSpace is what a tag needs beside its text, its edges and some air; tagEdge
// is the part of it before the text.
const tagSpace, tagEdge = 20, 12

// leastWords is the least width that a row keeps for its words when a warning takes
// their room.
const leastWords = 48

// placing says on which side of its lane each text of a row stands.
type placing struct {
	left bool     // where the words stand
	room int      // for the words
	w    int      // how much of it they take
	near []string // the warnings behind them, from the lane outwards
	far  []string // those on the other side of the lane
}

// place chooses the side for a row's words, and places for its warnings: after the
// words; else on the other side of the lane, up to the next lane; else the same in fewer
// words. The first warning matters most, and the words make room for it. A warning
// without any room is still in the row's title.
func (c *drawing) place(r *row) placing {
	w, right, left := c.doesWidth(r), c.room(r, 1), c.room(r, -1)
	t := placing{left: c.rowWidth(r) > right && left > right, room: right}
	near, far := right-w, min(left-ink.BarWidth, c.clear(r.lane, -1))
	if t.left {
		t.room, near, far = left, left-ink.BarWidth-w, min(right, c.clear(r.lane, 1))
	}
	for i, m := range r.Marks {
		short := words.MarkBrief(m)
		switch full, brief := ink.BoldPixels(m)+tagSpace, ink.BoldPixels(short)+tagSpace; {
		case full <= near:
			t.near, near = append(t.near, m), near-full
		case full <= far:
			t.far, far = append(t.far, m), far-full
		case brief <= near:
			t.near, near = append(t.near, short), near-brief
		case brief <= far:
			t.far, far = append(t.far, short), far-brief
		case i == 0 && brief+leastWords <= t.room:
			t.near, near = append(t.near, short), 0
		}
	}
	t.room -= tagsWidth(t.near)
	t.w = min(w, t.room)
	return t
}

// room is how wide a row's texts may be on one side of its lane, 1 for the right and -1
// for the left: up to the next lane that is drawn beside the row, or to where the lanes
// end.
func (c *drawing) room(r *row, side int) int {
	x, next := c.laneX[r.lane], c.beside(r, side)
	switch {
	case side < 0 && next < 0:
		return x - c.laneX[0] - gapText
	case side < 0:
		return x - c.laneX[next] - gapText - ink.BarWidth
	case next >= len(c.laneX):
		return c.laneRight - x - c.gap[r.lane]
	}
	return c.laneX[next] - x - c.gap[r.lane] - ink.BarWidth
}

// beside is the next lane on a side that is drawn beside a row; one past the last, or -1,
// if there is none.
func (c *drawing) beside(r *row, side int) int {
	next := r.lane + side
	for next >= 0 && next < len(c.p.lanes) && !c.alive(r, next) {
		next += side
	}
	return next
}

// alive reports whether a lane is drawn beside a row: no text must hide it.
func (c *drawing) alive(r *row, lane int) bool {
	i := c.p.rowOf[r.from]
	drawn := func(i int) bool {
		if i < 0 {
			return c.p.lanes[lane].g == 0
		}
		return c.p.rows[i].state[lane] != walk.Absent && c.p.rows[i].state[lane] != walk.Gone
	}
	begins := i >= 0 && c.p.lanes[lane].created == i // below the words
	return i >= 0 && (drawn(i) && !begins || drawn(i-1))
}

// clear is the room between a lane and the next one on a side, 1 for the right and -1
// for the left: a warning on the other side of the words must not cross that one.
func (c *drawing) clear(lane, side int) int {
	next := lane + side
	if next < 0 || next >= len(c.laneX) {
		return mostWide // nothing to cross
	}
	return side*(c.laneX[next]-c.laneX[lane]) - gapText - ink.BarWidth
}

// tags draws warnings from x on: to the right, or to the left.
func (c *drawing) tags(marks []string, x, y int, left bool) {
	for _, m := range marks {
		if left {
			c.Badge(x-tagEdge-ink.BoldPixels(m), y, m)
			x -= ink.BoldPixels(m) + tagSpace
		} else {
			c.Badge(x+tagEdge, y, m)
			x += ink.BoldPixels(m) + tagSpace
		}
	}
}

// tagsWidth is how much room they take.
func tagsWidth(marks []string) int {
	w := 0
	for _, m := range marks {
		w += ink.BoldPixels(m) + tagSpace
	}
	return w
}
