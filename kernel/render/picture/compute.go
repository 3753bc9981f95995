package picture

import "threading101/kernel/render/walk"

// compute shows which goroutines compute between two rows: they run although none of
// their operations says so.
func (p *Picture) compute() {
	for _, t := range p.Execution.Computed {
		lane, r := p.laneOf[t.G], p.rowBefore(t.Before)
		if lane < 0 || r < 0 {
			continue
		}
		if s := &p.rows[r].state[lane]; *s == walk.Ready || *s == walk.Running {
			*s = walk.Computing
			p.begun(lane, r+1)
		}
	}
}

// begun shows a goroutine as running, from a row on, where it was shown as not begun:
// it has begun without an operation.
func (p *Picture) begun(lane, from int) {
	for r := from; r < len(p.rows) && p.rows[r].state[lane] == walk.Ready; r++ {
		p.rows[r].state[lane] = walk.Running
	}
}

// rowBefore is the last row with steps that came before an event, -1 if there is none.
func (p *Picture) rowBefore(event int) int {
	for r := len(p.rows) - 1; r >= 0; r-- {
		if from := p.rows[r].from; from < len(p.Steps.List) && p.Steps.List[from].Event < event {
			return r
		}
	}
	return -1
}
