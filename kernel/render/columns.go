package render

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threading101/kernel/event"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// A run in columns, in the manner of Lincheck: one column for each goroutine, one
// row for each step, in the order of time. First the steps that matter, then all.
// It stands below the picture of the run, which says how it ended and why.

// Columns returns a run in columns, as text; "" without a run.
func Columns(x *trace.Execution) string { return ColumnsText(x, Options{}) }

// ColumnsText is Columns at another width.
func ColumnsText(x *trace.Execution, o Options) string {
	if x == nil || len(x.Goroutines) == 0 {
		return ""
	}
	o = o.filled()
	return newColumns(x, max(2, min(6, (o.Width-20)/14))).text(o)
}

// ColumnsHTML returns a run in columns as a piece of a page, without scripts.
func ColumnsHTML(x *trace.Execution) string {
	if x == nil || len(x.Goroutines) == 0 {
		return ""
	}
	return newColumns(x, textures).html()
}

// The most rows of the two tables.
const (
	mostShort = 60
	mostWhole = 400
)

// columns is a run in columns, laid out.
type columns struct {
	p     *picture
	cells []columnCell // by step
	short *columnTable // nil where it would be most of the whole
	whole *columnTable
}

// columnTable is one of the tables.
type columnTable struct {
	head   string
	lanes  []int // those that have a column
	rows   []columnRow
	free   bool // it has a switch without a reason
	folded bool
}

// columnCell is a step, before it is put into a table.
type columnCell struct {
	act    words.Act
	holder string // of the lock that it waits for
	itself bool
	lane   int
	waited bool
	over   bool // the goroutine had ended
	brief  string
	title  string
	where  string
}

type columnRow struct {
	kind  columnKind
	n     string // of a step: its number
	lane  int
	says  string
	brief string // a warning
	title string
	where string
	part  blockPart // of a block that stands for several rounds
	times int       // at its last row
	ends  []string  // how those ended that did not return, by lane
}

type columnKind uint8

const (
	columnStep columnKind = iota
	columnSwitch
	columnGap
	columnEnd
)

// blockPart is the place of a row in a block.
type blockPart uint8

const (
	noBlock blockPart = iota
	blockOnly
	blockFirst
	blockMiddle
	blockLast
)

func newColumns(x *trace.Execution, lanes int) *columns {
	c := &columns{p: &picture{ex: x, steps: x.Steps()}}
	c.p.places()
	c.p.findStale()
	c.p.chooseLanes(lanes)
	c.fill()
	all := make([]bool, len(c.cells))
	drawn := 0
	for i := range all {
		if all[i] = c.cells[i].lane >= 0; all[i] {
			drawn++
		}
	}
	c.whole = c.table(words.ColumnsWhole, all, mostWhole)
	if keep, n := c.matters(); n > 0 && n <= drawn*3/4 {
		c.short = c.table(words.ColumnsShort, keep, mostShort)
	}
	return c
}

// fill puts every step in words.
func (c *columns) fill() {
	f, list := newFollower(c.p), c.p.steps.List
	c.cells = make([]columnCell, len(list))
	for i := range list {
		c.cells[i] = c.cell(f, i)
		f.apply(&list[i])
	}
}

func (c *columns) cell(f *follower, i int) columnCell {
	x, step := c.p.ex, &c.p.steps.List[i]
	e := &x.Events[step.Event]
	r := row{kind: isStep, from: i, event: step.Event, waits: step.Waited, crash: e.Op == event.Panic || e.Op == event.Exit}
	f.describe(&r)
	cell := columnCell{
		act: x.Act(e, step.Waited), lane: c.p.laneOf[e.G], waited: step.Waited || e.Op == event.Sleep,
		where: c.p.where(e.Pos), brief: briefly(e, &r), title: words.StepTitle(step.N, c.p.name(e.G), r.does) + warned(r.marks),
	}
	cell.act.Ends = step.End >= 0
	cell.act.Value = words.Truncate(cell.act.Value, 44)
	switch e.Op {
	case event.End, event.Goexit, event.Panic, event.Exit, event.Never:
		cell.over = true
	}
	cell.over = cell.over || cell.act.Ends
	if step.Waited && e.Object >= 0 {
		cell.itself = slices.Equal(f.holders[e.Object], []int{e.G})
		if cell.holder = f.who(e.Object); cell.holder == "" && e.Partner >= 0 {
			cell.holder = c.p.name(e.Partner)
		}
	}
	return cell
}

// briefly is the warning of a step that matters most, in few words.
func briefly(e *trace.Event, r *row) string {
	switch {
	case e.Stale:
		return words.LostBrief
	case r.stale:
		return words.StaleBrief
	case len(r.marks) > 0:
		return words.DataRace
	}
	return ""
}

// matters picks the steps of the short table: what the goroutines do to each
// other, of those and with those things that the explanation names; and what
// anyone sees of it.
func (c *columns) matters() (keep []bool, n int) {
	keep = make([]bool, len(c.cells))
	who, what := c.named()
	all := !slices.Contains(who, true) && !slices.Contains(what, true)
	for i := range c.cells {
		cell, e := &c.cells[i], &c.p.ex.Events[c.p.steps.List[i].Event]
		named := all || who[e.G] || e.Object >= 0 && what[e.Object]
		if cell.lane >= 0 && (seen(e.Op) || named && (cell.waited && e.Op != event.Sleep || interacts(e.Op) || cell.over)) {
			keep[i] = true
			n++
		}
	}
	return keep, n
}

// seen are the operations that can be seen from outside.
func seen(op event.Op) bool { return op == event.Print || op == event.Panic || op == event.Exit }

// interacts are those by which goroutines act on each other.
func interacts(op event.Op) bool {
	switch event.Table[op].Class {
	case event.ClassMutex, event.ClassRWMutex, event.ClassChannel, event.ClassSelect, event.ClassCond, event.ClassOnce, event.ClassMemory, event.ClassAtomic:
		return true
	}
	return false
}

// named are the goroutines and the objects that the explanation names.
func (c *columns) named() (who, what []bool) {
	said := strings.Join(c.p.ex.Explanation, " ")
	who, what = make([]bool, len(c.p.ex.Goroutines)), make([]bool, len(c.p.ex.Objects))
	for g := range who {
		who[g] = mentions(said, c.p.name(g))
	}
	for i := range what {
		what[i] = mentions(said, c.p.ex.Objects[i].Name)
	}
	return who, what
}

// mentions says whether a text holds a name as a word of its own.
func mentions(text, name string) bool {
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '·' }
	for from := 0; name != ""; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(name):])
		if !part(before) && !part(after) {
			return true
		}
		from = i + len(name)
	}
	return false
}

// table puts the steps that are kept into rows.
func (c *columns) table(head string, keep []bool, most int) *columnTable {
	t := &columnTable{}
	var kept []int
	for i, k := range keep {
		if k {
			kept = append(kept, i)
		}
	}
	t.head = head + " " + words.ColumnsSize(len(kept), len(c.cells))
	sig := c.p.signatures(kept, c.unfolded())
	for i := 0; i < len(kept); {
		end := i + 1
		for end < len(kept) && c.cells[kept[end]].lane == c.cells[kept[i]].lane {
			end++
		}
		c.stretch(t, kept[i:end], sig[i:end])
		if end < len(kept) {
			c.change(t, kept[end-1])
		}
		i = end
	}
	t.cut(most)
	c.endings(t)
	for l := range c.p.lanes {
		if slices.ContainsFunc(t.rows, func(r columnRow) bool {
			return r.kind != columnGap && r.kind != columnEnd && r.lane == l || r.kind == columnEnd && r.ends[l] != ""
		}) {
			t.lanes = append(t.lanes, l)
		}
	}
	return t
}

// unfolded are the steps that must not disappear in a loop.
func (c *columns) unfolded() []bool {
	all := make([]bool, len(c.cells))
	for i := range all {
		all[i] = c.cells[i].brief != "" || c.cells[i].waited
	}
	return all
}

// stretch adds the steps that one goroutine makes in a row. What it does again
// and again is one block.
func (c *columns) stretch(t *columnTable, steps []int, sig []signature) {
	for i := 0; i < len(steps); {
		period, times := repetition(sig[i:])
		if times < 3 {
			t.rows = append(t.rows, c.row(steps[i], steps[i]))
			i++
			continue
		}
		t.folded = true
		for j := range period {
			r := c.row(steps[i+j], steps[i+j+period*(times-1)])
			r.part = blockMiddle
			switch {
			case period == 1:
				r.part = blockOnly
			case j == 0:
				r.part = blockFirst
			case j == period-1:
				r.part = blockLast
			}
			if j == period-1 {
				r.times = times
			}
			t.rows = append(t.rows, r)
		}
		i += period * times
	}
}

// row is a step, with the values from its first round to its last.
func (c *columns) row(first, last int) columnRow {
	cell := &c.cells[first]
	a := cell.act
	n := itoa(c.p.steps.List[first].N)
	if end := &c.cells[last]; last != first && end.act.Value != a.Value {
		a.Value = words.ColumnsBetween(a.Value, end.act.Value)
	}
	return columnRow{
		kind: columnStep, n: n, lane: cell.lane, says: words.ColumnsDoes(a, cell.holder, cell.itself),
		brief: cell.brief, title: cell.title, where: cell.where,
	}
}

// change adds the row in which another goroutine goes on. The one whose step it
// was may have done more that is not shown: why it stopped, its last step knows.
func (c *columns) change(t *columnTable, step int) {
	for step+1 < len(c.cells) && c.cells[step+1].lane == c.cells[step].lane {
		step++
	}
	cell := &c.cells[step]
	if cell.over {
		return
	}
	reason := ""
	if cell.waited {
		reason = words.ColumnsReason(cell.act, cell.holder, cell.itself)
	}
	t.free = t.free || reason == ""
	t.rows = append(t.rows, columnRow{kind: columnSwitch, lane: cell.lane, says: words.ColumnsSwitch(reason)})
}

// cut leaves out the middle of a table that is too long.
func (t *columnTable) cut(most int) {
	if len(t.rows) <= most {
		return
	}
	from, to := most*3/5, len(t.rows)-most*2/5
	steps := 0
	for _, r := range t.rows[from:to] {
		if r.kind == columnStep {
			steps++
		}
	}
	gap := columnRow{kind: columnGap, lane: -1, says: words.NotShown(steps)}
	t.rows = slices.Concat(t.rows[:from], []columnRow{gap}, t.rows[to:])
}

// endings adds the row that says how those ended that did not return.
func (c *columns) endings(t *columnTable) {
	r := columnRow{kind: columnEnd, lane: -1, ends: make([]string, len(c.p.lanes))}
	any := false
	for l, lane := range c.p.lanes {
		switch g := &c.p.ex.Goroutines[lane.g]; {
		case g.End == trace.WasBlocked && c.p.forGood():
			r.ends[l] = words.ColumnsForever
		case g.End == trace.WasCutOff || g.End == trace.WasBlocked:
			r.ends[l] = words.ColumnsCut
		}
		any = any || r.ends[l] != ""
	}
	if any {
		t.rows = append(t.rows, r)
	}
}

// hidden counts the steps of goroutines without a column.
func (c *columns) hidden() string {
	n := 0
	for i := range c.cells {
		if c.cells[i].lane < 0 {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return words.NotDrawn(n)
}

// notes explain what a table holds.
func (t *columnTable) notes() []string {
	var all []string
	if t.free {
		all = append(all, words.ColumnsScheduler)
	}
	if t.folded {
		all = append(all, words.ColumnsFolded)
	}
	return all
}

// whole is a row's text with its warning and the count of its rounds.
func (r *columnRow) whole() string {
	s := r.says
	if r.brief != "" {
		s += " ⚠ " + r.brief
	}
	if r.times > 0 {
		s += " " + words.ColumnsTimes(r.times)
	}
	return s
}
