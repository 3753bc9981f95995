package columns

import (
	"slices"
	"strconv"

	"threading101/kernel/model"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

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
	sig := c.Signatures(kept, c.unfolded(), c.laneOf)
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
	for l := range c.lanes {
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
func (c *columns) stretch(t *columnTable, steps []int, sig []walk.Signature) {
	for i := 0; i < len(steps); {
		period, times := walk.Repetition(sig[i:])
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
	n := strconv.Itoa(c.Steps.List[first].N)
	if end := &c.cells[last]; last != first && end.act.Value != a.Value {
		a.Value = words.ColumnsBetween(a.Value, end.act.Value)
	}
	return columnRow{
		kind: columnStep, n: n, lane: cell.lane, says: words.ColumnsDoes(a, cell.holder, cell.itself),
		brief: cell.brief, title: cell.title, where: cell.where,
	}
}

// change adds the row that says why another goroutine continues. The reason is in the
// last step of the goroutine before it, which may not be among those shown.
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

// endings adds the row that says how the goroutines ended that did not return.
func (c *columns) endings(t *columnTable) {
	r := columnRow{kind: columnEnd, lane: -1, ends: make([]string, len(c.lanes))}
	any := false
	for l, lane := range c.lanes {
		switch g := &c.Execution.Goroutines[lane.g]; {
		case g.End == model.AtPrompt && c.Execution.Status != model.Asked:
			r.ends[l] = words.ColumnsWaits
		case g.End == model.WasBlocked && c.ForGood():
			r.ends[l] = words.ColumnsForever
		case g.End == model.WasCutOff || g.End == model.WasBlocked:
			r.ends[l] = words.ColumnsCut
		}
		any = any || r.ends[l] != ""
	}
	if any {
		t.rows = append(t.rows, r)
	}
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
