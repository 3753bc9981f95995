package picture

// mostRaceLines is how many races are connected in the picture. All of them are
// marked at their steps.
const mostRaceLines = 6

// chooseRaces connects the two accesses of each race.
func (p *Picture) chooseRaces() {
	n := 0
	for _, r := range p.Execution.Races {
		a, b := p.rowAt(r.A.Event), p.rowAt(r.B.Event)
		if a < 0 || b < 0 || n == mostRaceLines {
			continue
		}
		n++
		p.arrow(min(a, b), max(a, b), raced)
	}
}

// rowAt is the row that shows event i, -1 if none does.
func (p *Picture) rowAt(i int) int {
	if s := p.StepOf(i); s >= 0 {
		return p.rowOf[s]
	}
	return -1
}
