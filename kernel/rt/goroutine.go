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

// body returns what the go statement runs, nil if there is nothing left for it
// to do.
func (g *g) body(f func()) func() {
	if ctl != nil {
		return ctl.hold.body(g, f)
	}
	return f
}

// Main is deferred by main's first statement: defer rt.Main(site)().
func Main(s uint32) func() {
	if ring == nil {
		return func() {}
	}
	note(event.Start, event.FlagNoValue, s, 0, 0)
	return func() { cur().last(unwinding(event.End), s) }
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
		cur().exitAt(s)
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

// started notes a go statement and returns the g of the new goroutine.
//
//go:norace
func started(s uint32) *g {
	if ctl != nil {
		return ctl.started(s)
	}
	child, me := newG(0), cur()
	t := lock()
	child.id = nextID()
	me.children++
	put(t, me, event.Go, 0, s, uintptr(me.children), uint64(child.id))
	recordNames(t, child, me.more.offered(s))
	unlock()
	return child
}

// enter is the first thing a goroutine does.
//
//go:norace
func (g *g) enter(s uint32) {
	g.enterWith(s, value{flags: event.FlagNoValue})
}

// enterWith is enter with the first argument's value, from which the
// goroutine's name may be made.
//
//go:norace
func (g *g) enterWith(s uint32, v value) {
	if ctl != nil {
		ctl.born(g, s, v)
		return
	}
	adopt(g)
	t := lock()
	enlist(g)
	flags, aux := v.put()
	put(t, g, event.Start, flags, s, 0, aux)
	unlock()
}

// returned says that the goroutine's function returned.
//
//go:norace
func (g *g) returned() { g.done = true }

// leave is deferred by the goroutine's outermost function. It does not recover:
// a panic goes on to end the program as it would.
//
//go:norace
func (g *g) leave(s uint32) {
	if ctl != nil && ctl.dying {
		return
	}
	op := event.End
	if ctl != nil && g.exiting {
		op = event.Goexit
	} else if !g.done {
		op = unwinding(event.End)
	}
	g.last(op, s)
}

// last notes the goroutine's end: at the call of Goexit, if rt knows it.
//
//go:norace
func (g *g) last(op event.Op, s uint32) {
	if op == event.Goexit && g.exit != 0 {
		s = g.exit
	}
	if ctl != nil {
		ctl.ended(g, op, s)
		return
	}
	t := lock()
	put(t, g, op, 0, s, 0, 0)
	if slot, ok := event.EndedSlot(g.id); ok {
		*(*event.Op)(unsafe.Add(ring, slot)) = op
	}
	delist(g)
	unlock()
	g.self = nil
}

//go:norace
func (g *g) exitAt(s uint32) { g.exit = s }

// unwinding says, in a deferred function, why it runs: Panic, Goexit, or
// otherwise because its function returned.
func unwinding(otherwise event.Op) event.Op {
	var pcs [8]uintptr
	for _, pc := range pcs[:runtime.Callers(2, pcs[:])] {
		f := runtime.FuncForPC(pc - 1)
		if f == nil {
			continue
		}
		switch f.Name() {
		case "runtime.gopanic":
			return event.Panic
		case "runtime.Goexit":
			return event.Goexit
		}
	}
	return otherwise
}

func addr[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }
