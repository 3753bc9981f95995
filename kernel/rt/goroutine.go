package rt

import (
	"runtime"
	"unsafe"

	"threading101/kernel/event"
)

// Go0 … Go8R3, GoV1 … GoV8R3 (generated): go f(a, b) becomes
//
//	if run := rt.Go2(site, f)(a, b); run != nil { go run() }
//
// so that Go evaluates and converts the arguments as ever, before the new
// goroutine is known to anyone.

// Main is deferred by main's first statement: defer rt.Main(site)().
func Main(s uint32) func() {
	if ring == nil {
		return func() {}
	}
	note(event.Start, event.FlagNoValue, s, 0, 0)
	return func() { goroutine{cur()}.last(unwinding(event.End), s) }
}

// Goexit is runtime.Goexit.
func Goexit(s uint32) {
	if ctl != nil {
		g := ctl.enter()
		g.exit, g.exiting = s, true
		if g.id == mainID && running == 0 {
			ctl.ended(g, event.Goexit, s) // in an init: nobody else would say so
		}
		ctl.hold.goexit()
	} else if ring != nil {
		goroutine{cur()}.exitAt(s)
	}
	runtime.Goexit()
}

// Gosched is runtime.Gosched.
func Gosched(s uint32) {
	if ctl != nil {
		ctl.gosched(s)
		return
	}
	if ring != nil {
		note(event.Gosched, 0, s, 0, 0)
	}
	runtime.Gosched()
}

// Exit notes the end of the program and returns code: os.Exit(rt.Exit(site, code)).
func Exit(s uint32, code int) int {
	if ctl != nil {
		ctl.exit(s, code)
		return code
	}
	if ring != nil {
		note(event.Exit, 0, s, 0, uint64(code))
	}
	return code
}

func addr[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }
