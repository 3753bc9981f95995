package picture

import (
	"slices"
	"strings"
	"unicode/utf8"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// Player is a run as data for who steps through it: the picture in parts, and for each
// row what it says. The rows are those of the picture, so both look the same. Schema 1;
// fields are only ever added.
type Player struct {
	Schema      int          `json:"schema"`
	Status      string       `json:"status"`
	Bad         bool         `json:"bad,omitempty"`
	Made        string       `json:"made"` // how the run was made, and its size
	Explanation []string     `json:"explanation,omitempty"`
	Note        string       `json:"note,omitempty"`
	Token       string       `json:"token,omitempty"`
	Lanes       []PlayerLane `json:"lanes"`
	Locks       []string     `json:"locks,omitempty"`
	Values      []string     `json:"values,omitempty"` // the names of the shared variables
	Rows        []PlayerRow  `json:"rows"`
	Start       int          `json:"start"` // the row that it opens at: where it failed, else the first
	Sources     []Source     `json:"sources,omitempty"`
	SVG         PlayerSVG    `json:"svg"`
}

// PlayerLane is a goroutine that has a lane.
type PlayerLane struct {
	Name   string `json:"name"`
	Letter string `json:"letter"` // for the margin of the source: as short as it can be without being another's
	Tone   int    `json:"tone"`
	X      int    `json:"x"`             // of the middle of its lane
	End    string `json:"end,omitempty"` // what stands at its end, if it did not return
}

// Source is a text that the learner wrote, of which the run executes something.
type Source struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// PlayerRow is a row: a step, or what stands for several. Places, lanes and rows are
// indices from 0; lines begin with 1.
type PlayerRow struct {
	Step     int       `json:"step,omitempty"` // its number, 0 if it is no step
	Lane     int       `json:"lane"`           // -1 if it is no step
	Does     string    `json:"does"`
	Says     string    `json:"says"` // the row as a sentence
	Where    string    `json:"where,omitempty"`
	Marks    []string  `json:"marks,omitempty"` // warnings
	Stop     string    `json:"stop,omitempty"`  // ⚠ ✖ ≠: nobody should miss it
	Source   int       `json:"source"`          // -1 if its place is not known
	Line     int       `json:"line,omitempty"`
	Met      *PlayerAt `json:"met,omitempty"` // the receiver, of a send that is its receive, too
	States   string    `json:"states"`        // a letter for each lane, see stateLetters
	Held     []string  `json:"held,omitempty"`
	Values   []string  `json:"values,omitempty"`
	Partners []int     `json:"partners,omitempty"` // rows that belong to it: the lock to the unlock
}

// PlayerAt is where another goroutine does its part of a step.
type PlayerAt struct {
	Lane   int `json:"lane"`
	Source int `json:"source"`
	Line   int `json:"line,omitempty"`
}

// PlayerSVG is the picture in parts, each a drawing of its own. The middle of row i is
// at First + i·Row.
type PlayerSVG struct {
	Heads string `json:"heads"` // of the columns
	Steps string `json:"steps"`
	Key   string `json:"key"` // the legend
	First int    `json:"first"`
	Row   int    `json:"row"`
}

// stateLetters are the states of a lane in [PlayerRow].
const stateLetters = "-rxwzc."

// playerRows is how many rows a player has at most.
const playerRows = 600

// NewPlayer lays a run out to be stepped through; nil without a run.
// source is the text that a place is in, "" if it is not known.
func NewPlayer(ex *model.Execution, o Options, source func(model.Pos) string) *Player {
	if ex == nil || len(ex.Goroutines) == 0 {
		return nil
	}
	if o.Rows == 0 {
		o.Rows = playerRows
	}
	before := o.Folded
	o.Folded = 0 // earlier cells can be stepped through, too
	p := newPicture(ex, o)
	p.alone = o.Alone
	a := &Player{
		Schema: 1, Status: p.Status, Bad: p.Bad, Made: p.Mode + " · " + p.Size, Explanation: p.Explanation,
		Note: p.note, Token: p.Token,
	}
	w := playerWriter{Picture: p, out: a, source: source, sources: map[model.Pos]int{}}
	w.columns()
	w.rows()
	w.drawings()
	a.Start = w.start(before)
	return a
}

type playerWriter struct {
	*Picture
	out     *Player
	source  func(model.Pos) string
	sources map[model.Pos]int // by cell and file
	partner [][]int           // of each row
}

// drawings draws the parts.
func (w *playerWriter) drawings() {
	heads := &drawing{p: w.Picture, slim: len(w.out.Sources) > 0 || w.alone}
	heads.measure()
	steps, key := *heads, *heads
	heads.Top = 54
	heads.heads()
	w.out.SVG.Heads = heads.part(38, len(w.lanes))
	steps.Top = 14
	steps.steps()
	w.out.SVG.Steps = steps.part(steps.foundation+14, len(w.lanes))
	key.foundation = -12
	w.out.SVG.Key = key.part(key.foot()+4, len(w.lanes))
	w.out.SVG.First, w.out.SVG.Row = steps.Top, ink.RowHeight
	letters := w.letters()
	for i, l := range w.lanes {
		w.out.Lanes = append(w.out.Lanes, PlayerLane{l.name, letters[i], i % ink.Textures, steps.laneX[i], w.ends[i].text})
	}
}

// letters tell the lanes apart in a few characters: by the beginning of their names, or
// else by the last word, as in "worker 3".
func (w *playerWriter) letters() []string {
	out := make([]string, len(w.lanes))
	for i, l := range w.lanes {
		out[i] = words.Short(l.name, 6)
		for _, part := range []func(string) string{firstLetter, lastWord} {
			others := func(o lane) bool { return o.g != l.g && part(o.name) == part(l.name) }
			if short := part(l.name); words.Width(short) <= 3 && !slices.ContainsFunc(w.lanes, others) && !slices.Contains(out, short) {
				out[i] = short
				break
			}
		}
	}
	return out
}

func firstLetter(name string) string {
	_, n := utf8.DecodeRuneInString(name)
	return name[:n]
}

func lastWord(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// part seals a drawing that is a part of a page, where others say what it shows.
func (c *drawing) part(height, lanes int) string {
	return string(c.Seal(c.ID(), ink.Frame{Height: height, Lanes: lanes, Bare: !c.p.alone}))
}

// columns names what is beside the lanes.
func (w *playerWriter) columns() {
	for _, l := range w.locks {
		w.out.Locks = append(w.out.Locks, l.name)
	}
	for _, v := range w.vars {
		if v.object < 0 {
			v.name = words.HeadSees + " " + v.name
		}
		w.out.Values = append(w.out.Values, v.name)
	}
}

func (w *playerWriter) rows() {
	w.partners()
	for i := range w.Picture.rows {
		w.out.Rows = append(w.out.Rows, w.row(i))
	}
}

func (w *playerWriter) row(i int) PlayerRow {
	r := &w.Picture.rows[i]
	out := PlayerRow{Lane: -1, Source: -1, Does: r.Does, Says: r.Does, States: states(r.state), Values: r.values, Partners: w.partner[i]}
	for _, h := range r.held {
		out.Held = append(out.Held, h.who)
	}
	if r.kind == isStep {
		out.Step, out.Lane, out.Where, out.Marks = r.n, r.lane, r.where, r.Marks
		out.Says = words.LiveStep(r.n, w.lanes[r.lane].name, r.Does, r.Marks)
		out.Source, out.Line = w.at(w.Execution.Events[r.event].Pos)
		if r.met >= 0 {
			met := PlayerAt{Lane: r.met}
			met.Source, met.Line = w.at(w.Execution.Events[w.Steps.List[r.from].Met].Pos)
			out.Met = &met
		}
	}
	out.Stop = w.stop(i)
	return out
}

func states(all []walk.State) string {
	b := make([]byte, len(all))
	for i, s := range all {
		b[i] = stateLetters[s]
	}
	return string(b)
}

// stop is the sign of a row that nobody should miss, "" for most.
func (w *playerWriter) stop(i int) string {
	switch r := &w.Picture.rows[i]; {
	case r.kind == isParting:
		return "≠"
	case r.Crash || i == len(w.Picture.rows)-1 && w.ForGood() && !w.Bare:
		return "✖"
	case len(r.Marks) > 0:
		return "⚠"
	}
	return ""
}

// start is the row that shows the failure: the crash, the end of a deadlock, the last
// warning. Where nothing failed it is the first step, of a program of several cells the
// first of what the last cell did; so many cells did what they did before.
func (w *playerWriter) start(before int) int {
	for _, sign := range []string{"✖", "⚠"} {
		for i, r := range slices.Backward(w.out.Rows) {
			if r.Stop == sign {
				return i
			}
		}
	}
	first := 0
	if before < len(w.heads) {
		first = w.heads[before].from
	}
	return max(0, slices.IndexFunc(w.Picture.rows, func(r row) bool { return r.kind == isStep && r.from >= first }))
}

// at is a place as the index of its source and its line.
func (w *playerWriter) at(pos model.Pos) (source, line int) {
	if pos.Line <= 0 {
		return -1, 0
	}
	key := model.Pos{Cell: pos.Cell, File: pos.File}
	if pos.Cell > 0 {
		key.File = ""
	}
	i, known := w.sources[key]
	if !known {
		i = -1
		if text := w.source(pos); text != "" {
			i = len(w.out.Sources)
			w.out.Sources = append(w.out.Sources, Source{sourceName(pos), text})
		}
		w.sources[key] = i
	}
	return i, pos.Line
}

func sourceName(pos model.Pos) string {
	if pos.Cell > 0 {
		return words.BandOf(pos.Cell)
	}
	return words.Plain(ink.FileName(pos.File), 40)
}

// partners finds the rows that belong together: those of events that are linked, those
// that an arrow joins, and a goroutine's first step with the go statement.
func (w *playerWriter) partners() {
	w.partner = make([][]int, len(w.Picture.rows))
	for i := range w.Execution.Events {
		if link := w.Execution.Events[i].Link; link >= 0 {
			w.pair(w.rowAt(i), w.rowAt(link))
		}
	}
	for _, a := range w.arrows {
		w.pair(a.from, a.to)
	}
	for _, l := range w.lanes {
		w.pair(l.created, l.first)
	}
}

// mostPartners is how many rows are lit at once.
const mostPartners = 8

func (w *playerWriter) pair(a, b int) {
	if a < 0 || b < 0 || a == b || slices.Contains(w.partner[a], b) || len(w.partner[a]) == mostPartners || len(w.partner[b]) == mostPartners {
		return
	}
	w.partner[a], w.partner[b] = append(w.partner[a], b), append(w.partner[b], a)
}

// Named is the name of the picture in a bundle, by which its page knows it; "" if the
// bundle has none.
func Named(bundle map[string]any) string {
	if svg, ok := bundle["image/svg+xml"].(string); ok {
		return ink.Named([]byte(svg))
	}
	return ""
}
