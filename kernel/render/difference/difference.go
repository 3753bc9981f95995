package difference

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/walk"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// Forms are the forms of two runs side by side.
var Forms = ink.Forms[*difference]{
	{Name: "text", MIME: "text/plain", Write: (*difference).text},
	{Name: "svg", MIME: "image/svg+xml", Write: (*difference).svg},
	{Name: "html", MIME: "text/html", Write: (*difference).html},
}

// Bundle returns the MIME bundle of two runs side by side, from shortly
// before the first step at which they part, and its metadata; nil where one of
// them is missing.
func Bundle(a, b *model.Execution, p ink.Paper) (data, metadata map[string]any) {
	d := newDifference(a, b)
	if d == nil {
		return nil, nil
	}
	return Forms.Bundle(d, p)
}

// SVG returns two runs side by side, nil where one of them is missing.
func SVG(a, b *model.Execution, p ink.Paper) []byte {
	if d := newDifference(a, b); d != nil {
		return d.svg(p)
	}
	return nil
}

// The bounds of a difference: the rows before and after the step at which two
// runs part, and the goroutines with a lane.
const (
	diffBefore = 3
	diffAfter  = 40
	diffLanes  = ink.Textures
)

// difference is two runs side by side, laid out.
type difference struct {
	head  string
	same  bool
	sides [2]diffSide
	names []string // of the lanes; a lane is the same goroutine in both runs, by its identifier
	rows  []diffRow
	more  [2]int // steps that follow the last row
	where bool   // places are known
}

// diffSide is one of the two.
type diffSide struct {
	*walk.Run
	walk.Head
	label  string // "first run"
	made   string // how the run was made, and its size
	lane   []int  // of each goroutine, -1 if it has none
	order  []model.Step
	parted int // index in steps of the first step that is not in the other run
	f      *walk.Follower
	told   int // how many steps f has followed
}

type diffKind uint8

const (
	diffSteps diffKind = iota // a step on either side
	diffAlike                 // stands for steps that are the same
	diffParts                 // here they part
)

// diffRow is a row of both.
type diffRow struct {
	kind  diffKind
	says  string
	cells [2]diffCell
	first bool // the first in which they differ
}

// diffCell is one step of one run.
type diffCell struct {
	shown       bool
	ended       bool // the run had ended
	n, lane     int
	where, name string
	walk.Telling
	prints bool
	short  string // the warning that matters most, in few words
	title  string
}

func newDifference(a, b *model.Execution) *difference {
	if a == nil || b == nil || len(a.Goroutines) == 0 || len(b.Goroutines) == 0 {
		return nil
	}
	parts := trace.Compare(a, b)
	d := &difference{same: parts.Same}
	for i, ex := range []*model.Execution{a, b} {
		s := &d.sides[i]
		s.Run, s.order, s.label = walk.New(ex), trace.Order(ex), []string{words.DiffFirst, words.DiffSecond}[i]
		s.Head = s.Run.Head()
		s.f = walk.Follow(s.Run)
		s.made = s.Mode + " · " + s.Size
	}
	d.sides[0].parted, d.sides[1].parted = d.sides[0].step(parts.Prev), d.sides[1].step(parts.Cur)
	d.chooseLanes()
	d.chooseRows(parts)
	d.say(parts)
	return d
}

// step is the index of the step that shows event i; one past the last for none.
func (s *diffSide) step(i int) int {
	if i < 0 {
		return len(s.Steps.List)
	}
	return s.Steps.Of[i]
}

// say words what stands above the two.
func (d *difference) say(parts model.Difference) {
	if d.same {
		d.head = words.DiffSame(d.sides[0].StepCount())
		return
	}
	did := func(s *diffSide, i int) string {
		if i < 0 {
			return ""
		}
		return words.Did(s.Execution, i)
	}
	d.head = words.DiffParts(parts.Step, did(&d.sides[0], parts.Prev), did(&d.sides[1], parts.Cur))
	d.head += " " + words.Prints(parts)
	if d.sides[0].Execution.Dropped > 0 || d.sides[1].Execution.Dropped > 0 {
		d.head += " " + words.NotAllCompared
	}
}

// chooseLanes gives lanes to main, to the goroutines that take the steps at which the
// runs part, and to the others in the order of their creation.
func (d *difference) chooseLanes() {
	index := map[string]int{}
	add := func(s *diffSide, g int) {
		id := s.Execution.Goroutines[g].ID
		if _, ok := index[id]; !ok && len(d.names) < diffLanes {
			index[id] = len(d.names)
			d.names = append(d.names, s.Name(g))
		}
	}
	add(&d.sides[0], 0)
	crowded := len(d.sides[0].Execution.Goroutines) > diffLanes || len(d.sides[1].Execution.Goroutines) > diffLanes
	for k := 0; crowded && k < diffAfter; k++ {
		for i := range d.sides {
			if s := &d.sides[i]; s.parted+k < len(s.Steps.List) {
				add(s, s.Execution.Events[s.Steps.List[s.parted+k].Event].G)
			}
		}
	}
	for i := range d.sides {
		for g := range d.sides[i].Execution.Goroutines {
			add(&d.sides[i], g)
		}
	}
	for i := range d.sides {
		s := &d.sides[i]
		s.lane = make([]int, len(s.Execution.Goroutines))
		for g := range s.lane {
			s.lane[g] = -1
			if n, ok := index[s.Execution.Goroutines[g].ID]; ok {
				s.lane[g] = n
			}
		}
	}
}

// chooseRows takes the last steps that are the same, and what follows on either
// side.
func (d *difference) chooseRows(parts model.Difference) {
	a, b := &d.sides[0], &d.sides[1]
	d.rows = d.alike(parts.Common)
	if d.same {
		return
	}
	d.rows = append(d.rows, diffRow{kind: diffParts, says: words.DiffHere})
	rest := max(len(a.Steps.List)-a.parted, len(b.Steps.List)-b.parted)
	for i := range min(rest, diffAfter) {
		d.rows = append(d.rows, diffRow{cells: [2]diffCell{d.after(a, i), d.after(b, i)}, first: i == 0})
	}
	for i := range d.sides {
		d.more[i] = max(0, len(d.sides[i].Steps.List)-d.sides[i].parted-diffAfter)
	}
}

// alike are the rows before the two runs part: the n steps they have in common, and
// between them the steps that [trace.Compare] does not count, such as waiting. The last
// of them are shown.
func (d *difference) alike(n int) []diffRow {
	type pair [2]int // steps, -1 where a side has none
	var all []pair
	next := [2]int{}
	until := func(to [2]int) {
		for next[0] < to[0] || next[1] < to[1] {
			at := pair{-1, -1}
			for i := range at {
				if next[i] < to[i] {
					at[i] = next[i]
					next[i]++
				}
			}
			all = append(all, at)
		}
	}
	for k := range n {
		common := [2]int{d.sides[0].step(d.sides[0].order[k].Event), d.sides[1].step(d.sides[1].order[k].Event)}
		until(common)
		all = append(all, common)
		next = [2]int{common[0] + 1, common[1] + 1}
	}
	until([2]int{d.sides[0].parted, d.sides[1].parted})
	from := max(0, len(all)-diffBefore)
	var rows []diffRow
	if from == 1 { // it takes no more room than to say that it is left out
		from = 0
	} else if from > 1 {
		rows = append(rows, diffRow{kind: diffAlike, says: words.DiffAlike})
	}
	for _, at := range all[from:] {
		r := diffRow{cells: [2]diffCell{{lane: -1}, {lane: -1}}}
		for i, k := range at {
			if k >= 0 {
				r.cells[i] = d.cell(&d.sides[i], k)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// after is the i-th step since they parted.
func (d *difference) after(s *diffSide, i int) diffCell {
	k := s.parted + i
	if k >= len(s.Steps.List) {
		return diffCell{ended: k == len(s.Steps.List), lane: -1}
	}
	return d.cell(s, k)
}

// cell is step k of a side, described as things stood before it. It must be asked for
// in the order of the steps.
func (d *difference) cell(s *diffSide, k int) diffCell {
	for ; s.told < k; s.told++ {
		s.f.Apply(&s.Steps.List[s.told])
	}
	step := s.Steps.List[k]
	e := &s.Execution.Events[step.Event]
	c := diffCell{
		Telling: s.f.Describe(k, step.Event), shown: true, n: step.N, lane: s.lane[e.G], name: s.Name(e.G), where: s.WhereStep(&step),
		prints: e.Op == event.Print,
	}
	c.short = c.Brief(e)
	c.title = words.StepTitle(c.n, c.name, c.Does)
	for _, m := range c.Marks {
		c.title += " · ⚠ " + m
	}
	if at := s.Place(e.Pos); at != "" {
		c.title += " · " + at
	}
	d.where = d.where || c.where != ""
	return c
}

// marked are the warnings of a step, or the most important one in brief if not all fit.
func (c *diffCell) marked(fits func(marks []string) bool) []string {
	if len(c.Marks) == 0 || fits(c.Marks) {
		return c.Marks
	}
	return []string{c.short}
}

// reach is the part of the rows, from … to, in which lane l of side i is drawn: from its
// goroutine's first step to its last, or to the edge if those lie outside. A goroutine
// that had not ended is drawn until the end of its run.
func (d *difference) reach(i, l int) (from, to int, ok bool) {
	s := &d.sides[i]
	g := slices.Index(s.lane, l)
	if g < 0 {
		return 0, 0, false
	}
	first, last := s.life(g)
	top, bottom := d.window(i)
	if first < 0 || top < 0 || first > d.rows[bottom].cells[i].n {
		return 0, 0, false
	}
	from, to = top, bottom
	for r := top; r <= bottom; r++ {
		if c := &d.rows[r].cells[i]; c.shown && c.n <= first {
			from = r
		}
	}
	if s.Execution.Goroutines[g].End == model.Returned {
		for r := bottom; r >= top; r-- {
			if c := &d.rows[r].cells[i]; c.shown && c.n >= last {
				to = r
			}
		}
		ok = last >= d.rows[top].cells[i].n
		return from, to, ok
	}
	return from, to, true
}

// window is the first and the last row that shows a step of side i, -1 if none does.
func (d *difference) window(i int) (top, bottom int) {
	top = -1
	for r := range d.rows {
		if d.rows[r].cells[i].shown {
			if top < 0 {
				top = r
			}
			bottom = r
		}
	}
	return top, bottom
}

// life returns the numbers of a goroutine's first and last step, -1 if it has none.
func (s *diffSide) life(g int) (first, last int) {
	first = -1
	for _, step := range s.Steps.List {
		if s.Execution.Events[step.Event].G == g {
			if first < 0 {
				first = step.N
			}
			last = step.N
		}
	}
	return first, last
}
