package picture

import (
	"slices"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/trace"
)

// Calls that break a rule of %check, because they overlap or come too early, get a
// bracket beside the lane of their goroutine, from the first step of the call to the
// last.

// call is a call that the picture marks.
type call struct {
	lane     int
	from, to int // rows
	open     bool
	undone   bool // of a transaction: nothing of it stays
}

// chooseCalls finds the calls to mark.
func (p *Picture) chooseCalls() {
	for _, b := range p.Breaches {
		p.chooseCall(b.Before, b.Since)
		for _, other := range b.Others {
			p.chooseCall(other, b.Since)
		}
		p.chooseCall(b.After, b.Begins)
	}
}

func (p *Picture) chooseCall(s *model.Span, begins int) {
	first, last := trace.Stretch(p.Execution, s, p.Steps)
	lane := p.laneOf[s.G]
	if lane < 0 || first < 0 {
		return
	}
	c := call{lane: lane, from: p.rowWith(first), to: p.rowWith(last), open: s.Open}
	if c.from < 0 || c.to < 0 || slices.Contains(p.calls, c) {
		return
	}
	p.calls = append(p.calls, c)
	if site := p.Execution.Events[begins].Site; site != nil && site.Func != "" && !slices.Contains(p.called, site.Func) {
		p.called = append(p.called, site.Func)
	}
}

// rowWith is the row that shows a step, or stands for it; -1 if none does.
func (p *Picture) rowWith(step int) int {
	return slices.IndexFunc(p.rows, func(r row) bool { return r.from <= step && step <= r.to })
}

// call draws the bracket of a call in a picture.
func (c *drawing) call(one call) {
	x, top, bottom := c.laneX[one.lane]-ink.BarWidth/2-5, c.Y(one.from)-9, c.Y(one.to)+9
	class := "go s" + c.Tone(one.lane)
	c.Path(class, "M", x+4, top, "H", x, "V", bottom)
	switch {
	case one.undone:
		c.Path(class, "M", x-3, bottom-3, "L", x+3, bottom+3, "M", x+3, bottom-3, "L", x-3, bottom+3)
	case !one.open:
		c.Path(class, "M", x, bottom, "H", x+4)
	}
}

// bracket is what stands left of a lane in row i of the text form, "" for nothing.
func (p *Picture) bracket(lane, i int) string {
	for _, c := range slices.Concat(p.calls, p.transactions) {
		switch {
		case c.lane != lane || i < c.from || i > c.to:
		case c.from == c.to && !c.open:
			return "["
		case i == c.from:
			return "┌"
		case i == c.to && c.undone:
			return "x"
		case i == c.to && !c.open:
			return "└"
		default:
			return "│"
		}
	}
	return ""
}
