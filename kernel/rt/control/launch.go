package control

import (
	"runtime"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Spawned is one that the program starts: what the wrapper of its function
// calls, whether Go or a scheduler has the goroutine.
type Spawned struct{ *record.G }

// Body returns what the go statement runs, nil if there is nothing left for it
// to do.
func (g Spawned) Body(f func()) func() {
	if Active != nil {
		return Active.Backend.body(Of(g.G), f)
	}
	return f
}

// Spawn notes a go statement and returns the new goroutine.
//
//go:norace
func Spawn(s uint32) Spawned {
	if Active != nil {
		return Spawned{&spawned(Active, s).G}
	}
	child, me := record.New(0), record.Current()
	t := record.Lock()
	child.ID = record.NextID()
	me.Children++
	record.Put(t, me, event.Go, 0, s, uintptr(me.Children), uint64(child.ID))
	record.PutNames(t, child, me.Extra.OfferedNames(s))
	record.Unlock()
	return Spawned{child}
}

// Enter is the first thing a goroutine does.
//
//go:norace
func (g Spawned) Enter(s uint32) {
	g.EnterWith(s, record.Value{Flags: event.FlagNoValue})
}

// EnterWith is enter with the first argument's value, from which the
// goroutine's name may be made.
//
//go:norace
func (g Spawned) EnterWith(s uint32, v record.Value) {
	if Active != nil {
		Of(g.G).born(Active, s, v)
		return
	}
	record.Adopt(g.G)
	t := record.Lock()
	record.Enlist(g.G)
	flags, aux := v.Put()
	record.Put(t, g.G, event.Start, flags, s, 0, aux)
	record.Unlock()
}

// Returned says that the goroutine's function returned.
//
//go:norace
func (g Spawned) Returned() { g.Done = true }

// Leave is deferred by the goroutine's outermost function. It does not recover:
// a panic goes on to end the program as it would.
//
//go:norace
func (g Spawned) Leave(s uint32) {
	if Active != nil && Active.Dying {
		return
	}
	op := event.End
	if Active != nil && Of(g.G).Exiting {
		op = event.Goexit
	} else if !g.Done {
		op = Unwinding(event.End)
	}
	g.Last(op, s)
}

// Last notes the goroutine's end: at the call of Goexit, if rt knows it.
//
//go:norace
func (g Spawned) Last(op event.Op, s uint32) {
	if op == event.Goexit && g.Exit != 0 {
		s = g.Exit
	}
	if Active != nil {
		Active.Ended(Of(g.G), op, s)
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
func (g Spawned) ExitAt(s uint32) { g.Exit = s }

// Unwinding says, in a deferred function, why it runs: Panic, Goexit, or
// otherwise because its function returned.
func Unwinding(otherwise event.Op) event.Op {
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
