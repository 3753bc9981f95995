package rt

import (
	"runtime"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// goroutine is one that the program starts: what the wrapper of its function
// calls, whether Go or a scheduler has the goroutine.
type goroutine struct{ *record.G }

// body returns what the go statement runs, nil if there is nothing left for it
// to do.
func (g goroutine) body(f func()) func() {
	if ctl != nil {
		return ctl.hold.body(of(g.G), f)
	}
	return f
}

// started notes a go statement and returns the new goroutine.
//
//go:norace
func started(s uint32) goroutine {
	if ctl != nil {
		return goroutine{&ctl.started(s).G}
	}
	child, me := record.New(0), record.Current()
	t := record.Lock()
	child.ID = record.NextID()
	me.Children++
	record.Put(t, me, event.Go, 0, s, uintptr(me.Children), uint64(child.ID))
	record.PutNames(t, child, me.Extra.OfferedNames(s))
	record.Unlock()
	return goroutine{child}
}

// enter is the first thing a goroutine does.
//
//go:norace
func (g goroutine) enter(s uint32) {
	g.enterWith(s, record.Value{Flags: event.FlagNoValue})
}

// enterWith is enter with the first argument's value, from which the
// goroutine's name may be made.
//
//go:norace
func (g goroutine) enterWith(s uint32, v record.Value) {
	if ctl != nil {
		ctl.born(of(g.G), s, v)
		return
	}
	record.Adopt(g.G)
	t := record.Lock()
	record.Enlist(g.G)
	flags, aux := v.Put()
	record.Put(t, g.G, event.Start, flags, s, 0, aux)
	record.Unlock()
}

// returned says that the goroutine's function returned.
//
//go:norace
func (g goroutine) returned() { g.Done = true }

// leave is deferred by the goroutine's outermost function. It does not recover:
// a panic goes on to end the program as it would.
//
//go:norace
func (g goroutine) leave(s uint32) {
	if ctl != nil && ctl.dying {
		return
	}
	op := event.End
	if ctl != nil && of(g.G).exiting {
		op = event.Goexit
	} else if !g.Done {
		op = unwinding(event.End)
	}
	g.last(op, s)
}

// last notes the goroutine's end: at the call of Goexit, if rt knows it.
//
//go:norace
func (g goroutine) last(op event.Op, s uint32) {
	if op == event.Goexit && g.Exit != 0 {
		s = g.Exit
	}
	if ctl != nil {
		ctl.ended(of(g.G), op, s)
		return
	}
	t := record.Lock()
	record.Put(t, g.G, op, 0, s, 0, 0)
	if slot, ok := event.EndedSlot(g.ID); ok {
		*(*event.Op)(unsafe.Add(record.Ring, slot)) = op
	}
	record.Delist(g.G)
	record.Unlock()
	g.Self = nil
}

//go:norace
func (g goroutine) exitAt(s uint32) { g.Exit = s }

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
