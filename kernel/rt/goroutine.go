package rt

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Go0 … Go8R3, GoV1 … GoV8R3 (generated): go f(a, b) becomes
//
//	if run := rt.Go2(site, f)(a, b); run != nil { go run() }
//
// so that Go evaluates and converts the arguments as ever, before the new
// goroutine is known to anyone.

// Main is deferred by main's first statement: defer rt.Main(site)().
func Main(s uint32) func() {
	if record.Ring == nil {
		return func() {}
	}
	record.Note(event.Start, event.FlagNoValue, s, 0, 0)
	return func() { control.Spawned{G: record.Current()}.Last(control.Unwinding(event.End), s) }
}

// Goexit is runtime.Goexit.
func Goexit(s uint32) {
	if control.Active != nil {
		g := control.Active.Enter()
		g.Exit, g.Exiting = s, true
		if g.ID == record.MainID && running == 0 {
			control.Active.Ended(g, event.Goexit, s) // in an init: nobody else would say so
		}
		control.Active.Backend.Goexit()
	} else if record.Ring != nil {
		control.Spawned{G: record.Current()}.ExitAt(s)
	}
	runtime.Goexit()
}

// Gosched is runtime.Gosched.
func Gosched(s uint32) {
	if control.Active != nil {
		goschedControlled(control.Active, s)
		return
	}
	if record.Ring != nil {
		record.Note(event.Gosched, 0, s, 0, 0)
	}
	runtime.Gosched()
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
