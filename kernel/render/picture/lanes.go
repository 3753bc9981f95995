package picture

import (
	"slices"

	"threading101/kernel/render/walk"
)

// chooseLanes picks the goroutines that get a lane: all of them if they are
// few; else main, and those that matter most.
func (p *Picture) chooseLanes(most int) {
	p.laneOf = slices.Repeat([]int{-1}, len(p.Execution.Goroutines))
	for i, g := range p.Foremost(most, walk.InCircle) {
		p.laneOf[g] = i
		p.lanes = append(p.lanes, lane{g: g, name: p.Name(g), created: -1, first: -1})
	}
}
