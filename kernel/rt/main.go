package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// running counts the calls of main that have not returned: main may call itself.
var running int

// MainFrom is Main for a main whose end has a site of its own: its closing
// brace. It is deferred by main's first statement: defer rt.MainFrom(1, 2)().
//
//go:norace
func MainFrom(begin, end uint32) func() {
	running++
	if record.Ring == nil || running > 1 {
		return func() { running-- }
	}
	if control.Active != nil {
		mainBegins(control.Active, begin)
		return func() {
			running--
			control.MainEnds(control.Active, end)
		}
	}
	record.Note(event.Start, event.FlagNoValue, begin, 0, 0)
	return func() {
		running--
		control.Spawned{G: record.Current()}.Last(control.Unwinding(event.End), end)
	}
}

// Main is deferred by main's first statement: defer rt.Main(site)().
func Main(s uint32) func() {
	if record.Ring == nil {
		return func() {}
	}
	record.Note(event.Start, event.FlagNoValue, s, 0, 0)
	return func() { control.Spawned{G: record.Current()}.Last(control.Unwinding(event.End), s) }
}

// Exit notes the end of the program and returns code: os.Exit(rt.Exit(site, code)).
func Exit(s uint32, code int) int {
	if control.Active != nil {
		exitControlled(control.Active, s, code)
		return code
	}
	if record.Ring != nil {
		record.Note(event.Exit, 0, s, 0, uint64(code))
	}
	return code
}

func mainBegins(c *control.Scheduler, s uint32) {
	c.Outcome = nil
	g := c.Enter()
	c.NoteAt(g, event.Start, event.FlagNoValue, s, 0, nil, record.Value{})
	c.Leave(g)
}

// exitControlled announces and notes the end of the program.
func exitControlled(c *control.Scheduler, s uint32, code int) {
	g := c.Enter()
	c.Point(g, event.Exit, s, nil)
	c.Note(g, event.Exit, 0, s, nil, uint64(code))
	c.LookAtEnd()
	c.Backend.Exit(c, code)
}
