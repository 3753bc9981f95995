package render

import (
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// chooseLanes picks the goroutines that get a lane: all of them if they are
// few; else main, the first ones, and those that matter most.
func (p *picture) chooseLanes(most int) {
	all := len(p.ex.Goroutines)
	chosen := make([]bool, all)
	for g := range min(all, most) {
		chosen[g] = all <= most || g < (most+1)/2
	}
	if all > most {
		p.chooseMatters(chosen, most)
	}
	p.laneOf = make([]int, all)
	for g := range p.laneOf {
		p.laneOf[g] = -1
		if chosen[g] {
			p.laneOf[g] = len(p.lanes)
			p.lanes = append(p.lanes, lane{g: g, name: p.name(g), created: -1, first: -1})
		}
	}
}

// chooseMatters fills up the lanes in the order of how much a goroutine matters.
func (p *picture) chooseMatters(chosen []bool, most int) {
	rank := p.matters()
	left := most - (most+1)/2
	for level := 0; level <= 3 && left > 0; level++ {
		for g := 0; g < len(rank) && left > 0; g++ {
			if rank[g] == level && !chosen[g] {
				chosen[g] = true
				left--
			}
		}
	}
}

// matters ranks goroutines: 0 for those at the heart of a fault, 3 for the rest.
func (p *picture) matters() []int {
	rank := make([]int, len(p.ex.Goroutines))
	better := func(g, level int) {
		if g >= 0 && g < len(rank) && rank[g] > level {
			rank[g] = level
		}
	}
	for g := range rank {
		rank[g] = 3
		switch p.ex.Goroutines[g].End {
		case trace.DidPanic, trace.DidExit:
			better(g, 0)
		case trace.WasBlocked:
			better(g, 1)
		case trace.WasCutOff:
			better(g, 2)
		}
	}
	for _, w := range p.ex.Waits() {
		for _, h := range w.For {
			if p.ex.Goroutines[w.G].End == trace.WasBlocked {
				better(h.G, 0)
			}
		}
	}
	for _, r := range p.ex.Races {
		for _, a := range []trace.Access{r.A, r.B} {
			if a.Event >= 0 && a.Event < len(p.ex.Events) {
				better(p.ex.Events[a.Event].G, 0)
			}
		}
	}
	for i := range p.ex.Events {
		if p.ex.Events[i].Stale {
			better(p.ex.Events[i].G, 1)
		}
	}
	return rank
}

// name is a goroutine's name as it may be shown.
func (p *picture) name(g int) string {
	if g < 0 || g >= len(p.ex.Goroutines) {
		return ""
	}
	name := words.Plain(p.ex.Goroutines[g].Name, 20)
	if name == "" {
		return words.Plain(p.ex.Goroutines[g].ID, 20)
	}
	return name
}
