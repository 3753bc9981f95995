package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Span is deferred by the first statement of a function that is watched: n is its
// index among those. It notes that the call begins, and that it is over.
//
//	defer rt.Span(0)()
//
// Neither is a step of the run: it is the same with and without.
//
//go:norace
func Span(n uint32) func() {
	if record.Ring == nil {
		return func() {}
	}
	spanned(event.Enter, n)
	return func() { spanned(event.Leave, n) }
}

// spanned notes the begin or the end of a call.
//
//go:norace
func spanned(op event.Op, n uint32) {
	switch {
	case control.Active != nil:
		spannedControlled(control.Active, op, n)
	case record.Ring != nil:
		record.Note(op, 0, 0, 0, uint64(n))
	}
}

// spanned is not the goroutine's first step even where nothing came before it:
// that it began is said when it makes one. What unwinds when the run is over
// does not end by itself.
func spannedControlled(c *control.Scheduler, op event.Op, n uint32) {
	if c.Dying {
		return
	}
	g := c.Enter()
	c.Observer.Span(g, op, n)
	c.Record(g, op, 0, 0, 0, record.Value{Bits: uint64(n)})
	c.Leave(g)
}
