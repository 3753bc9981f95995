package picture

import (
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/render/walk"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// parting is where a run first differs from the previous one.
type parting struct {
	step int    // the step before which the mark stands: one past the last at the end; -1 if there is none
	says string // what the previous run did there
}

// compare finds where the run first differs from the previous one, and says so.
func (p *Picture) compare(before *model.Execution) {
	p.parts.step = -1
	if before == nil || before.Mode != p.Execution.Mode {
		return
	}
	d := trace.Compare(before, p.Execution)
	p.note = strings.TrimSpace(p.note + " " + words.Plain(words.Difference(d, before, p.Execution), 500))
	switch {
	case d.Same:
	case d.Cur < 0:
		p.parts = parting{len(p.Steps.List), words.EndsEarlier(words.Did(before, d.Prev))}
	case d.Prev < 0:
		p.parts = parting{p.StepOf(d.Cur), words.PartsHere("")}
	default:
		p.parts = parting{p.StepOf(d.Cur), words.PartsHere(words.Did(before, d.Prev))}
	}
}

// partHere adds the row of the mark if it stands before step s.
func (p *Picture) partHere(s int) {
	if p.parts.step == s {
		p.rows = append(p.rows, row{kind: isParting, from: s, to: s - 1, lane: -1, wrote: -1, event: -1, Telling: walk.Telling{Does: p.parts.says}})
		p.keys.parts = true
	}
}
