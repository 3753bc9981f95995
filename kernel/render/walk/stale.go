package walk

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// findStale pairs each write that lost another's update with the read it was
// based on, both as events, in both directions.
func (t *Run) findStale() {
	if !slices.ContainsFunc(t.Execution.Events, func(e model.Event) bool { return e.Stale }) {
		return
	}
	type who struct{ g, object int }
	read := map[who]int{}
	t.Stale = map[int]int{}
	for i := range t.Execution.Events {
		e := &t.Execution.Events[i]
		if event.Table[e.Op].Reads() {
			read[who{e.G, e.Object}] = i
		}
		if j, ok := read[who{e.G, e.Object}]; ok && e.Stale {
			t.Stale[j], t.Stale[i] = i, j
		}
	}
}
