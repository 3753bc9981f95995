package rt

import (
	"runtime"
	"unsafe"

	"threading101/kernel/event"
)

// goroutine is one that the program starts: what the wrapper of its function
// calls, whether Go or a scheduler has the goroutine.
type goroutine struct{ *routine }

// body returns what the go statement runs, nil if there is nothing left for it
// to do.
func (g goroutine) body(f func()) func() {
	if ctl != nil {
		return ctl.hold.body(of(g.routine), f)
	}
	return f
}

// started notes a go statement and returns the new goroutine.
//
//go:norace
func started(s uint32) goroutine {
	if ctl != nil {
		return goroutine{&ctl.started(s).routine}
	}
	child, me := newG(0), cur()
	t := lock()
	child.id = nextID()
	me.children++
	put(t, me, event.Go, 0, s, uintptr(me.children), uint64(child.id))
	recordNames(t, child, me.more.offered(s))
	unlock()
	return goroutine{child}
}

// enter is the first thing a goroutine does.
//
//go:norace
func (g goroutine) enter(s uint32) {
	g.enterWith(s, value{flags: event.FlagNoValue})
}

// enterWith is enter with the first argument's value, from which the
// goroutine's name may be made.
//
//go:norace
func (g goroutine) enterWith(s uint32, v value) {
	if ctl != nil {
		ctl.born(of(g.routine), s, v)
		return
	}
	adopt(g.routine)
	t := lock()
	enlist(g.routine)
	flags, aux := v.put()
	put(t, g.routine, event.Start, flags, s, 0, aux)
	unlock()
}

// returned says that the goroutine's function returned.
//
//go:norace
func (g goroutine) returned() { g.done = true }

// leave is deferred by the goroutine's outermost function. It does not recover:
// a panic goes on to end the program as it would.
//
//go:norace
func (g goroutine) leave(s uint32) {
	if ctl != nil && ctl.dying {
		return
	}
	op := event.End
	if ctl != nil && of(g.routine).exiting {
		op = event.Goexit
	} else if !g.done {
		op = unwinding(event.End)
	}
	g.last(op, s)
}

// last notes the goroutine's end: at the call of Goexit, if rt knows it.
//
//go:norace
func (g goroutine) last(op event.Op, s uint32) {
	if op == event.Goexit && g.exit != 0 {
		s = g.exit
	}
	if ctl != nil {
		ctl.ended(of(g.routine), op, s)
		return
	}
	t := lock()
	put(t, g.routine, op, 0, s, 0, 0)
	if slot, ok := event.EndedSlot(g.id); ok {
		*(*event.Op)(unsafe.Add(ring, slot)) = op
	}
	delist(g.routine)
	unlock()
	g.self = nil
}

//go:norace
func (g goroutine) exitAt(s uint32) { g.exit = s }

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
