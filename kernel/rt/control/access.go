package control

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Loaded notes a read.
func (c *Scheduler) Loaded(g *G, op event.Op, s uint32, l *Variable, v record.Value) {
	c.NoteAt(g, op, 0, s, l.Ord, l.Ptr, v)
	g.Read(l.Ord, l.version)
	c.Leave(g)
}

// Stored notes a write, or an atomic change.
func (c *Scheduler) Stored(g *G, op event.Op, s uint32, l *Variable, v record.Value) {
	c.NoteAt(g, op, 0, s, l.Ord, l.Ptr, v)
	l.version++
	for _, other := range l.overlap {
		other.version++
	}
	c.Acted(g)
	c.Leave(g)
}
