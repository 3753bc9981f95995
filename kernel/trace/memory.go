package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// place is a variable, or an element of a map: updates of two elements are never
// lost to each other, though they race.
type place struct {
	object  int
	element int // 0 if it is none
}

// memoryState is a variable at one point of the run.
type memoryState struct {
	loaded map[int]int // lanes: index of the last load not followed by a store of their own
	stored int         // index of the last store, -1
	blind  bool        // accesses are missing: nothing can be said any more
}

// pairMemory marks lost updates: a store of a goroutine that had read the
// variable before another goroutine wrote to it. That write is overwritten by
// one that never saw it.
func (b *builder) pairMemory(i int, e *model.Event) {
	if e.Object < 0 {
		return
	}
	at := place{object: e.Object}
	if e.OfMap() {
		if e.Element = int(b.log.Entries[i].Aux); e.Element <= 0 {
			e.Element = 0
			return // which element it was is not known
		}
		at.element = e.Element
	}
	m := b.memory[at]
	if m == nil {
		m = &memoryState{loaded: map[int]int{}, stored: -1}
		b.memory[at] = m
	}
	site := b.log.Entries[i].Site % event.SeenSites
	b.accesses[site]++
	m.blind = m.blind || b.accesses[site] >= event.MemoryBound
	switch e.Op {
	case event.Load:
		m.loaded[e.G] = i
	case event.Store:
		read, ok := m.loaded[e.G]
		if ok && !m.blind && !e.Blind() && m.stored > read && b.x.Events[m.stored].G != e.G {
			e.Stale, e.Partner = true, b.x.Events[m.stored].G
		}
		delete(m.loaded, e.G)
		m.stored = i
	}
}
