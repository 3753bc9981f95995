package picture

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// item is what becomes a row: a step, or a stretch of steps left out.
type item struct {
	kind     rowKind
	from, to int // indices in the list of steps shown, inclusive
	period   int // of a repetition; of a band the number of its cell
}

// chooseRows picks the steps that get a row. A run that fits is shown whole. In a
// longer one repetitions are folded; if that is not enough, the beginning, the end and
// the steps that matter stay.
func (p *Picture) chooseRows(most int) {
	shown := make([]int, 0, len(p.Steps.List))
	for s := range p.Steps.List {
		if p.laneOfStep(s) >= 0 {
			shown = append(shown, s)
		}
	}
	important := p.important()
	folded, first := p.bands(shown)
	items, most := single(first, len(shown)), max(most-len(folded), 8)
	if len(items) > most {
		items = p.foldRepeats(shown, first, important)
	}
	if len(items) > most {
		items = cut(items, most, func(i int) bool { return important[shown[i]] })
	}
	p.makeRows(append(folded, items...), shown)
}

// single has a row for each step from first on.
func single(first, n int) []item {
	items := make([]item, n-first)
	for i := range items {
		items[i] = item{isStep, first + i, first + i, 0}
	}
	return items
}

// important tells which steps must not disappear in a fold: those with a
// warning, and those where a goroutine crashed.
func (p *Picture) important() []bool {
	out := make([]bool, len(p.Steps.List))
	for s := range p.Steps.List {
		e := &p.Execution.Events[p.Steps.List[s].Event]
		out[s] = e.Stale || e.Op == event.Panic || e.Op == event.Exit
	}
	if s := p.parts.step; s >= 0 && s < len(out) {
		out[s] = true
	}
	for i := range p.Stale {
		if s := p.StepOf(i); s >= 0 {
			out[s] = true
		}
	}
	for _, b := range p.Breaches {
		out[p.StepOf(b.Begins)], out[p.StepOf(b.Since)], out[p.StepOf(b.Until)] = true, true, true
	}
	for _, l := range p.Execution.Lost {
		if s := p.StepOf(l.Event); s >= 0 {
			out[s] = true
		}
	}
	for _, r := range p.Execution.Races {
		for _, a := range []model.Access{r.A, r.B} {
			if s := p.StepOf(a.Event); s >= 0 {
				out[s] = true
			}
		}
	}
	return out
}

// foldRepeats replaces what one goroutine does again and again, or several in turn, by
// one round and a row that counts the others, from the first step on.
func (p *Picture) foldRepeats(shown []int, first int, important []bool) []item {
	sig := p.Signatures(shown, important, p.laneOf)
	var items []item
	for i := first; i < len(sig); {
		period, times := walk.Repetition(sig[i:])
		if times < 3 {
			items = append(items, item{isStep, i, i, 0})
			i++
			continue
		}
		for j := range period {
			items = append(items, item{isStep, i + j, i + j, 0})
		}
		items = append(items, item{isAgain, i + period, i + period*times - 1, period})
		i += period * times
	}
	return items
}

// cut keeps the first rows, the last rows and up to a quarter of them in
// between that are important.
func cut(items []item, most int, important func(i int) bool) []item {
	head, tail := most*45/100, most*30/100
	room := (most - head - tail) / 2
	out := append([]item(nil), items[:head]...)
	gap := item{isGap, items[head].from, items[head].from - 1, 0}
	for _, it := range items[head : len(items)-tail] {
		if it.kind == isStep && room > 0 && important(it.from) {
			if gap.to >= gap.from {
				out = append(out, gap)
			}
			out = append(out, it)
			gap = item{isGap, it.to + 1, it.to, 0}
			room--
			continue
		}
		gap.to = it.to
	}
	if gap.to >= gap.from {
		out = append(out, gap)
	}
	return append(out, items[len(items)-tail:]...)
}

// makeRows turns the items into rows.
func (p *Picture) makeRows(items []item, shown []int) {
	p.rowOf = make([]int, len(p.Steps.List))
	for i := range p.rowOf {
		p.rowOf[i] = -1
	}
	p.rows = make([]row, 0, len(items)+1)
	lost, last := p.Execution.Dropped == 0, -1
	for _, it := range items {
		from, to := shown[it.from], shown[it.to]
		if hidden := from - last - 1; hidden >= max(20, len(p.Steps.List)/20) { // not for every short one
			p.rows = append(p.rows, row{kind: isGap, from: last + 1, to: from - 1, lane: -1, wrote: -1,
				event: -1, Telling: walk.Telling{Does: words.NotDrawn(hidden)}})
		}
		last = to
		if !lost && p.Steps.List[from].Event >= p.Execution.DroppedAt {
			lost = true
			p.rows = append(p.rows, row{kind: isGap, from: from, to: from - 1, lane: -1, wrote: -1,
				event: -1, Telling: walk.Telling{Does: words.NotKept(p.Execution.Dropped)}})
		}
		switch it.kind {
		case isBand:
			p.bandRow(from, to, it.period)
		case isStep:
			p.bandHere(from)
			p.partHere(from)
			p.stepRow(from)
		case isAgain:
			p.rows = append(p.rows, row{kind: isAgain, from: from, to: to, lane: -1, wrote: -1, event: -1,
				Telling: walk.Telling{Does: words.Again(it.period, (it.to-it.from+1)/it.period)}})
		case isGap:
			p.rows = append(p.rows, row{kind: isGap, from: from, to: to, lane: -1, wrote: -1, event: -1,
				Telling: walk.Telling{Does: words.NotShown(it.to - it.from + 1)}})
		}
	}
	p.partHere(len(p.Steps.List))
}

// laneOfStep is the lane on which a step is drawn, -1 if there is none. A step of two
// goroutines is drawn on the lane of the sender, or, if that has none, of the receiver.
func (p *Picture) laneOfStep(s int) int {
	if l := p.laneOf[p.Execution.Events[p.Steps.List[s].Event].G]; l >= 0 || p.Steps.List[s].Met < 0 {
		return l
	}
	return p.laneOf[p.Execution.Events[p.Steps.List[s].Met].G]
}

// metLane is the lane of the receiver, if the step is drawn on the lane of the sender;
// else -1.
func (p *Picture) metLane(s int) int {
	met := p.Steps.List[s].Met
	if met < 0 || p.laneOfStep(s) != p.laneOf[p.Execution.Events[p.Steps.List[s].Event].G] {
		return -1
	}
	return p.laneOf[p.Execution.Events[met].G]
}

// stepRow adds the row of a step.
func (p *Picture) stepRow(s int) {
	step, l := p.Steps.List[s], p.laneOfStep(s)
	if p.laneOf[p.Execution.Events[step.Event].G] < 0 {
		step.Event = step.Met
	}
	e := &p.Execution.Events[step.Event]
	r := row{
		kind: isStep, from: s, to: s, event: step.Event, n: step.N, lane: l, met: p.metLane(s), where: p.WhereStep(&step),
		prints: e.Op == event.Print, wrote: -1,
		ends: step.End >= 0 || e.Op == event.End || e.Op == event.Goexit || e.Op == event.Never,
	}
	p.rowOf[s] = len(p.rows)
	for _, l := range []int{l, r.met} {
		if l >= 0 && p.lanes[l].first < 0 {
			p.lanes[l].first = len(p.rows)
		}
	}
	if e.Op == event.Go && e.Partner >= 0 && p.laneOf[e.Partner] >= 0 {
		p.lanes[p.laneOf[e.Partner]].created = len(p.rows)
	}
	p.rows = append(p.rows, r)
}
