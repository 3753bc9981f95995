package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// noOutcome stands for a value that nobody can tell.
const noOutcome = "?"

// Outcome notes n values of the program where main ends, each as look says. The
// instrumenter has it called before main's closing brace and before each of
// main's return statements:
//
//	rtfmt.Outcome(func() interface{} { return total })
//
// To look is no step of the run: it is the same with and without.
func Outcome(n int, look func(i int) string) {
	if record.Ring == nil || running > 1 { // main may call itself
		return
	}
	if control.Active != nil {
		outcomeControlled(control.Active, n, look)
		return
	}
	for i := range n {
		record.NoteValue(event.Value, 0, 0, 0, record.Value{Text: seen(i, look), Flags: event.FlagText})
	}
}

// outcomeControlled is Outcome in a controlled run.
func outcomeControlled(c *control.Scheduler, n int, look func(i int) string) {
	if c.Dying {
		return
	}
	g := c.Enter()
	c.Outcome = aside(c, n, look)
	c.Observer.Values(g)
	for _, text := range c.Outcome {
		c.Record(g, event.Value, 0, 0, 0, record.Value{Text: text, Flags: event.FlagText})
	}
	c.Leave(g)
}

// beside is set while values are looked at: then nobody would give back a lock
// that is held.
var beside bool

// aside looks at the values while nothing is recorded or controlled, so that
// methods called for that do what they do and leave no trace. Where others move
// that are not under control it has to be done as all else is.
func aside(c *control.Scheduler, n int, look func(i int) string) []string {
	texts := make([]string, n)
	if control.Alone(c) {
		mem, g := record.Ring, c.Running
		control.Active, record.Ring, c.Running, beside = nil, nil, nil, true
		defer func() { control.Active, record.Ring, c.Running, beside = c, mem, g, false }()
	}
	for i := range texts {
		texts[i] = seen(i, look)
	}
	return texts
}

// seen is value i. An expression that panics has none, and the run goes on.
func seen(i int, look func(i int) string) (text string) {
	defer func() {
		if v := recover(); v != nil {
			if control.OwnPanic(v) {
				panic(v)
			}
			text = noOutcome + panicked(v)
		}
	}()
	return look(i)
}

// panicked says what a value panicked with.
func panicked(v any) string {
	switch v := v.(type) {
	case held:
		return ""
	case error:
		return " (panic: " + v.Error() + ")"
	case string:
		return " (panic: " + v + ")"
	}
	return " (panic)"
}

// held is panicked with by who would wait for a lock while values are looked at.
type held struct{}

// got is called with what came of a try to lock then.
func got(ok bool) {
	if !ok {
		panic(held{})
	}
}

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

// spannedControlled is not the goroutine's first step even where nothing came before it:
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

// Conditions has n expressions looked at in a controlled run: the first always of them
// whenever no lock is held, the others when the run ends. tell says what was read to
// evaluate one that is not true. The instrumenter has it called where main begins:
//
//	rtfmt.Conditions(1, func() interface{} { return (rtfmt.Tell("total", (*rtfmt.See(&total))) >= 0) == (0 == 0) })
//
// To look is no step of the run: it is the same with and without.
func Conditions(always, n int, holds func(i int) bool, tell func(i int) string) {
	if c := control.Active; c != nil && running < 2 { // main may call itself
		c.Watch(control.Conditions{Always: always, N: n, Holds: holds, Tell: tell})
	}
}

// Saw is told of each read that is made to evaluate a condition: of n bytes at p.
func Saw(p unsafe.Pointer, n uintptr) {
	if c := control.Active; c != nil {
		c.Saw(p, n)
	}
}
