package trace

import "threading101/kernel/event"

// memoryState is a variable at one point of the run.
type memoryState struct {
	loaded map[int]int // lanes: index of the last load not followed by a store of their own
	stored int         // index of the last store, -1
	blind  bool        // accesses are missing: nothing can be said any more
}

// pairMemory marks lost updates: a store of a goroutine that had read the
// variable before another goroutine wrote to it. That write is overwritten by
// one that never saw it.
func (b *builder) pairMemory(i int, e *Event) {
	if e.Object < 0 {
		return
	}
	m := b.memory[e.Object]
	if m == nil {
		m = &memoryState{loaded: map[int]int{}, stored: -1}
		b.memory[e.Object] = m
	}
	site := b.log.Entries[i].Site % event.SeenSites
	b.accesses[site]++
	m.blind = m.blind || b.accesses[site] >= event.MemoryBound
	switch e.Op {
	case event.Load:
		m.loaded[e.G] = i
	case event.Store:
		read, ok := m.loaded[e.G]
		if ok && !m.blind && m.stored > read && b.x.Events[m.stored].G != e.G {
			e.Stale, e.Partner = true, b.x.Events[m.stored].G
		}
		delete(m.loaded, e.G)
		m.stored = i
	}
}
