package render

import "slices"

// chooseLanes picks the goroutines that get a lane: all of them if they are
// few; else main, and those that matter most.
func (p *picture) chooseLanes(most int) {
	p.laneOf = slices.Repeat([]int{-1}, len(p.ex.Goroutines))
	for i, g := range p.foremost(most, inCircle) {
		p.laneOf[g] = i
		p.lanes = append(p.lanes, lane{g: g, name: p.name(g), created: -1, first: -1})
	}
}
