package render

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// findStale pairs each write that lost another's update with the read it was
// based on, both as events, in both directions.
func (p *picture) findStale() {
	if !slices.ContainsFunc(p.ex.Events, func(e model.Event) bool { return e.Stale }) {
		return
	}
	type who struct{ g, object int }
	read := map[who]int{}
	p.stale = map[int]int{}
	for i := range p.ex.Events {
		e := &p.ex.Events[i]
		if event.Table[e.Op].Reads() {
			read[who{e.G, e.Object}] = i
		}
		if j, ok := read[who{e.G, e.Object}]; ok && e.Stale {
			p.stale[j], p.stale[i] = i, j
		}
	}
}
