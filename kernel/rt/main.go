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
			control.Active.MainEnds(end)
		}
	}
	record.Note(event.Start, event.FlagNoValue, begin, 0, 0)
	return func() {
		running--
		control.Spawned{G: record.Current()}.Last(control.Unwinding(event.End), end)
	}
}
