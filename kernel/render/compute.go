package render

// compute shows who computes between two rows: it runs, though no operation of it
// says so.
func (p *picture) compute() {
	for _, t := range p.ex.Computed {
		lane, r := p.laneOf[t.G], p.rowBefore(t.Before)
		if lane < 0 || r < 0 {
			continue
		}
		if s := &p.rows[r].state[lane]; *s == ready || *s == running {
			*s = computing
			p.begun(lane, r+1)
		}
	}
}

// begun shows a lane's goroutine as running from a row on, where it was shown as one
// that had not begun: it has, without an operation.
func (p *picture) begun(lane, from int) {
	for r := from; r < len(p.rows) && p.rows[r].state[lane] == ready; r++ {
		p.rows[r].state[lane] = running
	}
}

// rowBefore is the last row with steps that came before an event, -1 if there is none.
func (p *picture) rowBefore(event int) int {
	for r := len(p.rows) - 1; r >= 0; r-- {
		if from := p.rows[r].from; from < len(p.steps.List) && p.steps.List[from].Event < event {
			return r
		}
	}
	return -1
}
