package speedup

import (
	"strconv"
	"time"

	"threading101/kernel/render/ink"
	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// Type is the MIME type of a measurement, as data.
const Type = "application/vnd.threading101.speed+json"

// Forms are the forms of a measurement.
var Forms = ink.Forms[*product]{
	{Name: "text", MIME: "text/plain", Write: (*product).text},
	{Name: "svg", MIME: "image/svg+xml", Write: (*product).svg},
	{Name: "html", MIME: "text/html", Write: (*product).html},
	{Name: "page", Write: (*product).page},
	{Name: "markdown", Write: (*product).markdown},
	{Name: "json", MIME: Type, Write: (*product).json},
}

// Bundle returns the MIME bundle of a measurement, and its metadata.
func Bundle(m *speed.Measured, p ink.Paper) (data, metadata map[string]any) {
	return Forms.Bundle(newProduct(m), p)
}

// In writes a measurement in the form of that name.
func In(name string, m *speed.Measured, p ink.Paper) []byte { return Forms.In(name, newProduct(m), p) }

// product is a measurement, laid out: everything the forms need to know, nothing of how
// they show it.
type product struct {
	m     *speed.Measured
	sum   speed.Sum
	head  string
	rows  []row
	says  []string // what is concluded
	notes []string // how it was measured
	time  *timeAxis
	none  string // why there is no time axis, "" if there is one
}

// row is one number of processors, in words.
type row struct {
	*speed.Row
	procs, median, middle, times, ideal, verdict string
}

// cells are the row's, in the order of the heads.
func (r *row) cells() []string {
	return []string{r.procs, r.median, r.middle, r.times, r.ideal, r.verdict}
}

// says is the row in a sentence.
func (r *row) says() string {
	return words.SpeedRow(r.Procs, r.Median, r.Low, r.High, r.Times, r.Ideal, r.verdict)
}

func (p *product) heads() []string {
	middle := words.HeadMiddle
	if !p.sum.Halves {
		middle = words.HeadFastest
	}
	return []string{words.HeadProcessors, words.HeadMedian, middle, words.HeadTimes, words.HeadIdeal, words.HeadVerdict}
}

func newProduct(m *speed.Measured) *product {
	p := &product{m: m, sum: m.Sum(), head: words.SpeedHead(m.Procs, m.Repeat)}
	for i := range p.sum.Rows {
		p.rows = append(p.rows, newRow(&p.sum.Rows[i]))
	}
	p.conclude()
	p.note()
	if m.Timeline != nil {
		p.time = newTimeAxis(m.Timeline)
	} else {
		p.none = words.Untimed(string(m.Untimed))
	}
	return p
}

func newRow(r *speed.Row) row {
	return row{
		Row: r, procs: strconv.Itoa(r.Procs), median: words.Elapsed(r.Median), middle: words.SpeedRange(r.Low, r.High),
		times: words.SpeedTimes(r.Times), ideal: words.SpeedTimes(r.Ideal), verdict: verdict(r),
	}
}

func verdict(r *speed.Row) string {
	switch r.Verdict {
	case speed.Faster:
		return words.SpeedFaster(r.Quicker, r.Compared)
	case speed.Slower:
		return words.SpeedSlower(r.Tardier, r.Compared)
	case speed.Unclear:
		if r.Effect > r.Noise {
			return words.SpeedMixed
		}
		return words.SpeedUnclear
	case speed.TooFew:
		return words.SpeedTooFew
	}
	return words.SpeedFirst
}

// conclude says what follows from the times, and what does not.
func (p *product) conclude() {
	few, noisy := false, false
	for i := range p.sum.Rows {
		switch r := &p.sum.Rows[i]; r.Verdict {
		case speed.Unclear:
			noisy = noisy || r.Effect <= r.Noise
			p.says = append(p.says, words.SpeedNoise(r.Procs, r.Effect, r.Noise))
		case speed.TooFew:
			few = true
		}
	}
	if noisy {
		p.says = append(p.says, words.SpeedNothingConcluded)
	}
	switch f := p.sum.Fit; {
	case few:
		p.says = append(p.says, words.SpeedMore(speed.Fewest))
	case f != nil:
		p.says = append(p.says, words.SpeedFit(f.Serial, f.Low, f.High, f.Most(), f.Points))
	case len(p.rows) > 1 && p.rows[0].Procs == 1:
		p.says = append(p.says, words.SpeedNoFit)
	}
}

// note says what must be known of how it was measured.
func (p *product) note() {
	m := p.m
	add := func(is bool, says string) {
		if is {
			p.notes = append(p.notes, says)
		}
	}
	most := m.Procs[len(m.Procs)-1]
	add(m.Cut != "", words.SpeedCut(m.Cut == speed.CutByHand, speed.MostTime, m.Runs(), m.Repeat*len(m.Procs)))
	add(most > m.Machine, words.SpeedMachine(m.Machine, most))
	add(m.Busy(), words.SpeedBusy(m.Others, m.Machine))
	add(m.Differ > 0, words.SpeedDiffer(m.Differ, m.Runs()))
	add(m.Input, words.SpeedInput)
	add(m.Printed, words.SpeedFirstRun)
	add(!p.sum.Halves, words.SpeedWhole)
	add(p.sum.Halves, words.SpeedMiddle)
}

// timeAxis is when which goroutine ran, in words.
type timeAxis struct {
	*speed.Timeline
	head  string
	lanes []lane
	says  []string
	ticks []tick
}

type lane struct {
	*speed.Lane
	name string
	ran  string
	part string // of the whole time
}

// tick is a place on the axis.
type tick struct {
	at   float64 // of the whole time, 0…1
	says string
}

func newTimeAxis(t *speed.Timeline) *timeAxis {
	a := &timeAxis{Timeline: t, head: words.TimelineHead(t.Procs, t.Length), ticks: ticks(t.Length)}
	for i := range t.Lanes {
		l := &t.Lanes[i]
		a.lanes = append(a.lanes, lane{l, words.Plain(l.Name, 40), words.Elapsed(l.Ran), words.SpeedShare(l.Ran, t.Length)})
	}
	a.says = append(a.says, words.TimelineTogether(t.Together, t.Alone, t.Length))
	if t.Columns > 0 {
		a.says = append(a.says, words.TimelineColumns(t.Length/time.Duration(t.Columns)))
	}
	if t.Left > 0 {
		a.says = append(a.says, words.TimelineLeft(t.Left, t.LeftRan))
	}
	a.says = append(a.says, words.TimelineMeans)
	return a
}

// ticks are round times, five to ten of them.
func ticks(length time.Duration) (all []tick) {
	step := time.Duration(1)
	for i := 0; length/step > 10; i++ {
		step *= []time.Duration{2, 5, 2}[i%3]
		if i%3 == 1 {
			step /= 2
		}
	}
	for at := time.Duration(0); at <= length; at += step {
		says := words.Elapsed(at)
		if at == 0 {
			says = "0"
		}
		all = append(all, tick{float64(at) / float64(max(length, 1)), says})
	}
	return all
}

// share is the part of a piece of the axis in which a lane ran; there is false where the
// goroutine was not there at all. The axis is cut into so many pieces.
func (a *timeAxis) share(l *lane, piece, pieces int) (share float64, there bool) {
	wide := float64(a.Length) / float64(pieces)
	from, to := float64(piece)*wide, float64(piece+1)*wide
	if from >= float64(l.End) || to <= float64(l.Begin) {
		return 0, false
	}
	for c, s := range l.Shares {
		column := float64(a.Length) / float64(len(l.Shares))
		share += s * max(0, min(to, float64(c+1)*column)-max(from, float64(c)*column)) / wide
	}
	for _, s := range l.Spans {
		if s.State == speed.Running {
			share += max(0, min(to, float64(s.To))-max(from, float64(s.From))) / wide
		}
	}
	return share, true
}

// line is a lane as text, one sign for each piece.
func (a *timeAxis) line(l *lane, pieces int) string {
	var b []rune
	for i := range pieces {
		switch share, there := a.share(l, i, pieces); {
		case !there:
			b = append(b, '\u00a0')
		case share > 0.999:
			b = append(b, '█')
		case share >= 0.5:
			b = append(b, '▓')
		case share > 0:
			b = append(b, '░')
		default:
			b = append(b, '·')
		}
	}
	return string(b)
}
