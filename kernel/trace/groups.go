package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// groupState is a WaitGroup at one point of the run.
type groupState struct {
	count int   // of those still to be waited for
	done  []int // indices of the wg-done events that no wait has seen yet
	last  int   // index of the last of them, -1
}

func (b *builder) group(object int) *groupState {
	g := b.groups[object]
	if g == nil {
		g = &groupState{last: -1}
		b.groups[object] = g
	}
	return g
}

func (b *builder) pairGroup(i int, e *model.Event) {
	if e.Object < 0 {
		return
	}
	g := b.group(e.Object)
	switch e.Op {
	case event.WGAdd:
		delta := int(b.log.Entries[i].Aux)
		g.count += delta
		if delta < 0 {
			g.isDone(i)
		}
	case event.WGDone:
		g.count--
		g.isDone(i)
	case event.Wait:
		b.join(i, g)
	}
}

func (g *groupState) isDone(i int) {
	g.done = append(g.done, i)
	g.last = i
}

// join links a wait with all that it waited for: each wg-done, and each end of
// a goroutine that came before the wait returned.
func (b *builder) join(wait int, g *groupState) {
	for _, d := range g.done {
		b.link(d, wait)
		lane := b.x.Events[d].G
		if over := b.rows[lane].over; over > d && lane != b.x.Events[wait].G {
			b.linkEnd(over, wait)
		}
	}
	g.done = nil
	if g.last >= 0 {
		b.link(wait, g.last)
	}
}

// linkEnd links the end of a goroutine with the event by which another learned of it.
func (b *builder) linkEnd(over, by int) {
	if b.x.Events[over].Op == event.End && b.x.Events[over].Link < 0 {
		b.link(over, by)
	}
}

// pairOnce links a Do that found the work done with the Do that did it.
func (b *builder) pairOnce(i int, e *model.Event) {
	if e.Object < 0 {
		return
	}
	did, ok := b.onces[e.Object]
	switch {
	case e.Op == event.OnceDo:
		b.onces[e.Object] = i
	case e.Op == event.Once && ok && b.x.Events[did].G != e.G:
		b.link(i, did)
	}
}
