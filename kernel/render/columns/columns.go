package columns

import (
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// A run in columns, in the manner of Lincheck: one column for each goroutine, one
// row for each step, in the order of time. First the steps that matter, then all.
// They appear below the picture of the run, which says how the run ended and why.

// Text returns a run in columns, as text; "" without a run. Where no width is asked
// for, many goroutines get a wider table than few.
func Text(x *model.Execution, p ink.Paper) string {
	if x == nil || len(x.Goroutines) == 0 {
		return ""
	}
	wide := p.Width == 0
	p = p.Filled()
	if wide && len(x.Goroutines) > columnsAt(p.Width) {
		p.Width = wideColumns
	}
	return newColumns(x, columnsAt(p.Width), walk.IsMain).text(p)
}

// The most columns of a text, the least width of a column with the line beside it, and
// the width of a text with many columns.
const (
	mostColumns = 7
	leastColumn = 13
	wideColumns = 120
)

// columnsAt is how many goroutines have room at a width.
func columnsAt(width int) int { return max(2, min(mostColumns, (width-20)/leastColumn)) }

// HTML writes a run in columns into a piece of a page, as a fold. They have the lanes of
// the picture, and their colours.
func HTML(b *strings.Builder, x *model.Execution) {
	if x == nil || len(x.Goroutines) == 0 {
		return
	}
	newColumns(x, mostLanes, walk.InCircle).html(b)
}

// mostLanes is how many goroutines have a column in HTML.
const mostLanes = 8

// The most rows of the two tables.
const (
	mostShort = 60
	mostWhole = 400
)

// columns is a run in columns, laid out.
type columns struct {
	*walk.Run
	lanes  []columnLane
	laneOf []int        // for each goroutine its lane, -1 if it has none
	cells  []columnCell // by step
	short  *columnTable // nil if it would have most of the steps
	whole  *columnTable
}

// columnLane is the column of a goroutine.
type columnLane struct {
	g    int
	name string
}

// columnTable is one of the tables.
type columnTable struct {
	head   string
	lanes  []int // those that have a column
	rows   []columnRow
	free   bool // one of its switches has no reason but the scheduler
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
	ends  []string  // by lane: how a goroutine ended that did not return
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

// newColumns lays out a run in columns, for the goroutines that matter most, at most so
// many. Main gets at least the rank that is given.
func newColumns(x *model.Execution, most int, main walk.Rank) *columns {
	c := &columns{Run: walk.New(x), laneOf: slices.Repeat([]int{-1}, len(x.Goroutines))}
	for i, g := range c.Foremost(most, main) {
		c.laneOf[g] = i
		c.lanes = append(c.lanes, columnLane{g, c.Name(g)})
	}
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
	f, list := walk.Follow(c.Run), c.Steps.List
	c.cells = make([]columnCell, len(list))
	for i := range list {
		c.cells[i] = c.cell(f, i)
		f.Apply(&list[i])
	}
}

func (c *columns) cell(f *walk.Follower, i int) columnCell {
	x, step := c.Execution, &c.Steps.List[i]
	e := &x.Events[step.Event]
	d := f.Describe(i, step.Event)
	cell := columnCell{
		act: words.ActOfStep(x, step), lane: c.laneOf[e.G], waited: step.Waited || e.Op == event.Sleep,
		where: c.WhereStep(step), brief: d.Brief(e), title: words.StepTitle(step.N, c.Name(e.G), d.Does) + walk.Warned(d.Marks),
	}
	cell.act.Value = words.Truncate(cell.act.Value, 44)
	cell.over = event.Table[e.Op].Last || cell.act.Ends
	if step.Waited && e.Object >= 0 && !e.Behind {
		cell.itself = slices.Equal(f.Holders[e.Object], []int{e.G})
		if cell.holder = f.HeldBy(e.Object); cell.holder == "" && e.Partner >= 0 {
			cell.holder = c.Name(e.Partner)
		}
	}
	return cell
}

// hidden names the goroutines without a column, with the number of their steps.
func (c *columns) hidden() string {
	var names []string
	for g, l := range c.laneOf {
		if l < 0 {
			names = append(names, c.Name(g))
		}
	}
	n := 0
	for i := range c.cells {
		if c.cells[i].lane < 0 {
			n++
		}
	}
	if len(names) == 0 {
		return ""
	}
	return words.ColumnsNotDrawn(names, n)
}
