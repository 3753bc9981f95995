package rt

import (
	"threading101/kernel/event"
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
	if ctl != nil {
		mainBegins(ctl, begin)
		return func() {
			running--
			ctl.mainEnds(end)
		}
	}
	record.Note(event.Start, event.FlagNoValue, begin, 0, 0)
	return func() {
		running--
		goroutine{record.Current()}.last(unwinding(event.End), end)
	}
}
