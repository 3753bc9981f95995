package picture

import (
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// A run may go through several cells, which continue each other: each has a band of the
// picture. What cells did as they did before is folded into a row.

// band is the steps of one cell.
type band struct {
	from, until int // steps
	cell        int // as people see it: by its execution
}

// cells are the bands of the run, nil if it is of one piece.
func (p *Picture) cells() (all []band) {
	from := 0
	for _, prompt := range p.Execution.Prompts {
		until := from
		for until < len(p.Steps.List) && p.Steps.List[until].Event < prompt.Event {
			until++
		}
		all = append(all, band{from, until, prompt.Pos.Cell})
		from = until
	}
	return all
}

// bands folds the cells that did what they did before. first is the first step, of
// those shown, that comes after them.
func (p *Picture) bands(shown []int) (folded []item, first int) {
	p.heads = p.cells()
	for _, b := range p.heads[:min(p.before, len(p.heads))] {
		from := first
		for first < len(shown) && shown[first] < b.until {
			first++
		}
		if from < first {
			folded = append(folded, item{isBand, from, first - 1, b.cell})
		}
	}
	return folded, first
}

// bandRow is the row of a band that is folded.
func (p *Picture) bandRow(from, to, cell int) {
	p.rows = append(p.rows, row{kind: isGap, from: from, to: to, lane: -1, wrote: -1, event: -1,
		Telling: walk.Telling{Does: words.BandAgain(cell, to-from+1)}})
}

// bandHere heads the band that begins with a step.
func (p *Picture) bandHere(step int) {
	for _, b := range p.heads {
		if b.from == step && b.until > b.from {
			p.rows = append(p.rows, row{kind: isGap, from: step, to: step - 1, lane: -1, wrote: -1, event: -1,
				Telling: walk.Telling{Does: words.BandOf(b.cell)}})
		}
	}
}
