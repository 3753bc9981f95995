package speedup

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// The measures of the picture, in pixels.
const (
	svgWidth  = 820
	rowHigh   = 40 // of the table: the numbers, and the verdict below them
	plotX     = 560
	plotWide  = 230
	plotHigh  = 170
	nameWide  = 130 // of a lane's name
	ranWide   = 60
	laneHigh  = 24
	barHigh   = 16
	readyHigh = 8
)

// columnAt is where the columns of the table end.
var columnAt = []int{86, 166, 326, 426, 486}

// drawing draws a measurement, from top to bottom.
type drawing struct {
	ink.Canvas
	p *product
	y int
}

func (p *product) svg(ink.Paper) []byte {
	d := &drawing{Canvas: ink.Canvas{Width: svgWidth}, p: p, y: ink.Pad + 10}
	d.Text(ink.Pad, d.y, "t", p.head)
	d.y += 30
	top := d.y
	d.table()
	if len(p.rows) > 1 { // one is compared with nothing
		d.y = max(d.y, d.plot(top))
	}
	d.paragraphs("", p.says)
	d.paragraphs("m", p.notes)
	lanes := 2
	if p.time == nil {
		d.paragraphs("", []string{p.none})
	} else {
		lanes = max(lanes, len(p.time.lanes))
		d.timeAxis(p.time)
	}
	return d.Seal(d.ID(), ink.Frame{Height: d.y + ink.Pad - 10, Summary: p.head, Description: p.description(), Lanes: lanes})
}

// paragraphs writes texts, wrapped.
func (d *drawing) paragraphs(class string, all []string) {
	for _, text := range all {
		for _, line := range ink.Wrap(text, d.Width-2*ink.Pad) {
			d.Text(ink.Pad, d.y, class, line)
			d.y += 17
		}
		d.y += 4
	}
}

// right writes a text that ends at x.
func (d *drawing) right(x, y int, class, s string) { d.Text(x, y, strings.TrimSpace(class+" e"), s) }

func (d *drawing) table() {
	heads := d.p.heads()
	for i, x := range columnAt {
		d.right(x, d.y, "m", heads[i])
	}
	d.Line("rule", ink.Pad, d.y+8, columnAt[len(columnAt)-1], d.y+8)
	d.y += 26
	for i := range d.p.rows {
		r := &d.p.rows[i]
		d.Begin("r", r.says())
		for i, x := range columnAt {
			class := ""
			if i == 0 || i == 3 {
				class = "b"
			}
			d.right(x, d.y, class, r.cells()[i])
		}
		d.Text(columnAt[0]+14, d.y+17, verdictClass(r.Verdict), ink.Fit(verdictMark(r), columnAt[len(columnAt)-1]-columnAt[0]-14))
		d.End()
		d.y += rowHigh
	}
	d.y += 6
}

// verdictMark is a verdict with a sign before it.
func verdictMark(r *row) string {
	switch r.Verdict {
	case speed.Faster:
		return "▲ " + r.verdict
	case speed.Slower:
		return "▼ " + r.verdict
	case speed.First:
		return ""
	}
	return "? " + r.verdict
}

func verdictClass(v speed.Verdict) string {
	switch v {
	case speed.Faster:
		return "b f" + strconv.Itoa(int(ink.ToneGood))
	case speed.Slower:
		return "x"
	}
	return "w"
}

// plot draws how many times as fast each row is, and returns where it ends.
func (d *drawing) plot(top int) int {
	g := newGraph(d.p, top+14)
	d.Text(plotX-28, top, "m", words.HeadTimes)
	for _, n := range g.levels() {
		d.Line("rule", plotX, g.y(n), plotX+plotWide, g.y(n))
		d.Text(plotX-8, g.y(n)+4, "n", strconv.FormatFloat(n, 'f', -1, 64))
	}
	d.Line("go s0", plotX, g.bottom, plotX+plotWide, g.bottom)
	for _, r := range d.p.rows {
		x := g.x(float64(r.Procs))
		d.Line("go s0", x, g.bottom, x, g.bottom+4)
		d.right(x+4, g.bottom+17, "m", r.procs)
	}
	d.right(plotX+plotWide, g.bottom+34, "m", words.HeadProcessors)
	d.ideal(g)
	d.law(g)
	d.medians(g)
	return g.bottom + 60
}

func (d *drawing) ideal(g *graph) {
	var path []any
	for i, r := range d.p.rows {
		path = append(path, []string{"M", "L"}[min(i, 1)], g.x(float64(r.Procs)), g.y(r.Ideal))
	}
	d.Path("join s0", path...)
	if n := len(d.p.rows); n > 1 {
		r := d.p.rows[n-1]
		d.right(g.x(float64(r.Procs))-8, g.y(r.Ideal)-5, "m", words.SpeedPlotIdeal)
	}
}

// law draws Amdahl's law as far as it was fitted, and says below the plot which line that
// is: beside the line there are dots.
func (d *drawing) law(g *graph) {
	f := d.p.sum.Fit
	if f == nil {
		return
	}
	var path []any
	last := float64(d.p.rows[f.Points-1].Procs)
	const pieces = 24
	for i := range pieces + 1 {
		procs := 1 + (last-1)*float64(i)/pieces
		path = append(path, []string{"M", "L"}[min(i, 1)], g.x(procs), g.y(f.At(procs)))
	}
	d.Path("zz s2", path...)
	d.Path("zz s2", "M", plotX, g.bottom+30, "L", plotX+24, g.bottom+30)
	d.Text(plotX+32, g.bottom+34, "f2", words.SpeedPlotLaw)
}

// medians draws a box for the middle half of each row, and a dot for its median.
func (d *drawing) medians(g *graph) {
	base := d.p.rows[0].Median
	for i := range d.p.rows {
		r := &d.p.rows[i]
		x := g.x(float64(r.Procs))
		high, low := g.y(float64(base)/float64(max(r.Low, 1))), g.y(float64(base)/float64(max(r.High, 1)))
		d.Begin("r", r.says())
		d.Rect(x-6, high, 12, max(low-high, 2), "bar s1", d.Fill(1, 'h'))
		d.Circle(x, g.y(r.Times), 4, "dot s1")
		d.End()
	}
}

// graph is where the plot's values are drawn.
type graph struct {
	top, bottom int
	procs       float64 // at the right edge
	times       float64 // at the top
}

func newGraph(p *product, top int) *graph {
	g := &graph{top: top, bottom: top + plotHigh, procs: 1, times: 1}
	base := float64(p.rows[0].Median)
	for _, r := range p.rows {
		g.procs = max(g.procs, float64(r.Procs))
		g.times = max(g.times, r.Ideal, r.Times, min(base/float64(max(r.Low, 1)), 2*r.Times))
	}
	g.times *= 1.1
	return g
}

func (g *graph) x(procs float64) int { return plotX + int(procs/g.procs*(plotWide-20)+0.5) }

// y is where so many times as fast is; what is above the top is drawn there.
func (g *graph) y(times float64) int {
	return max(g.top, g.bottom-int(times/g.times*plotHigh+0.5))
}

// levels are the round numbers of the axis, ten at most.
func (g *graph) levels() (all []float64) {
	step := 0.5
	for g.times/step > 8 {
		step *= 2
	}
	for n := step; n <= g.times; n += step {
		all = append(all, n)
	}
	return all
}

// timeAxis draws the lanes.
func (d *drawing) timeAxis(a *timeAxis) {
	d.Line("rule", ink.Pad, d.y-4, d.Width-ink.Pad, d.y-4)
	d.y += 18
	d.Text(ink.Pad, d.y, "t", a.head)
	d.y += 18
	d.legend(a)
	left, wide := ink.Pad+nameWide, d.Width-2*ink.Pad-nameWide-ranWide
	top := d.y
	bottom := top + len(a.lanes)*laneHigh + 4
	for _, t := range a.ticks {
		x := left + int(t.at*float64(wide)+0.5)
		d.Line("rule", x, top, x, bottom)
		d.Text(x-ink.Pixels(t.says)/2, bottom+14, "l", t.says)
	}
	d.Text(d.Width-ink.Pad-ranWide+8, top-6, "l", words.HeadRan)
	for i := range a.lanes {
		d.lane(a, i, left, wide)
		d.y += laneHigh
	}
	d.y = bottom + 36
	d.paragraphs("m", a.says)
}

// legend says what the three looks of a lane mean.
func (d *drawing) legend(a *timeAxis) {
	x, y := ink.Pad, d.y
	sample := func(says string, draw func(x int)) {
		draw(x)
		d.Text(x+24, y+4, "m", says)
		x += 24 + ink.Pixels(says) + 20
	}
	sample(words.TimelineRunning, func(x int) { d.Rect(x, y-barHigh/2, 18, barHigh, "bar s1", d.Fill(1, 'p')) })
	if a.Columns == 0 {
		sample(words.TimelineReady, func(x int) { d.Rect(x, y-readyHigh/2, 18, readyHigh, "bar s1", d.Fill(1, 'h')) })
		sample(words.TimelineWaiting, func(x int) { d.Line("wait s1", x, y, x+18, y) })
	}
	d.y += 30
}

func (d *drawing) lane(a *timeAxis, i, left, wide int) {
	l := &a.lanes[i]
	middle := d.y + laneHigh/2
	d.Begin("r", l.name+": "+words.HeadRan+" "+l.ran+", "+l.part)
	d.Text(ink.Pad, middle+4, "b f"+d.Tone(i), ink.FitName(l.name, nameWide-14))
	looks := map[speed.State][]ink.Box{}
	x := func(at float64) float64 { return float64(left) + at/float64(max(a.Length, 1))*float64(wide) }
	box := func(from, to, high float64) ink.Box {
		return ink.Box{X: x(from), Y: float64(middle) - high/2, W: x(to) - x(from), H: high}
	}
	for _, s := range l.Spans {
		high := map[speed.State]float64{speed.Running: barHigh, speed.Ready: readyHigh, speed.Waiting: 1.5}[s.State]
		looks[s.State] = append(looks[s.State], box(float64(s.From), float64(s.To), high))
	}
	for c, share := range l.Shares {
		if column := float64(a.Length) / float64(len(l.Shares)); share > 0 {
			b := box(float64(c)*column, float64(c+1)*column, barHigh*share)
			b.Y = float64(middle) + barHigh/2 - b.H
			looks[speed.Running] = append(looks[speed.Running], b)
		}
	}
	d.Boxes("f"+d.Tone(i), "", looks[speed.Waiting])
	d.Boxes("", d.Fill(i, 'h'), looks[speed.Ready])
	d.Boxes("", d.Fill(i, 'p'), looks[speed.Running])
	d.right(d.Width-ink.Pad, middle+4, "m", l.ran)
	d.End()
}

// description is the picture for those who cannot see it.
func (p *product) description() string {
	var all []string
	for i := range p.rows {
		all = append(all, p.rows[i].says())
	}
	all = append(all, p.says...)
	if p.time != nil {
		all = append(all, p.time.head+".")
		for _, l := range p.time.lanes {
			all = append(all, l.name+": "+words.HeadRan+" "+l.ran+", "+l.part+".")
		}
		all = append(all, p.time.says[0])
	}
	return strings.Join(all, " ")
}
