package rt

import (
	"sync/atomic"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// The methods of atomic.Value may panic, which none may under the recorder's
// lock: they are noted after they happened.

// ValueLoad is v.Load.
func ValueLoad(s uint32, v *atomic.Value) any {
	g := beginValue(event.AtomicLoad, s, v)
	x := v.Load()
	endValue(g, event.AtomicLoad, s, v, true)
	return x
}

// ValueStore is v.Store.
func ValueStore(s uint32, v *atomic.Value, x any) {
	g := beginValue(event.AtomicStore, s, v)
	v.Store(x)
	endValue(g, event.AtomicStore, s, v, true)
}

// ValueSwap is v.Swap.
func ValueSwap(s uint32, v *atomic.Value, x any) any {
	g := beginValue(event.AtomicSwap, s, v)
	old := v.Swap(x)
	endValue(g, event.AtomicSwap, s, v, true)
	return old
}

// ValueCAS is v.CompareAndSwap.
func ValueCAS(s uint32, v *atomic.Value, old, x any) bool {
	g := beginValue(event.AtomicCAS, s, v)
	ok := v.CompareAndSwap(old, x)
	endValue(g, event.AtomicCAS, s, v, ok)
	return ok
}

// beginValue waits, under a scheduler, until the operation is to be done.
func beginValue(op event.Op, s uint32, v *atomic.Value) *control.G {
	if control.Active == nil {
		return nil
	}
	g := control.Active.Enter()
	control.Active.Point(g, op, s, unsafe.Pointer(v))
	return g
}

// endValue notes the operation. A value has no text of its own in a picture.
func endValue(g *control.G, op event.Op, s uint32, v *atomic.Value, ok bool) {
	switch flags := untold(op, ok); {
	case control.Active != nil:
		if op == event.AtomicLoad || !ok {
			control.Look(control.Active, g, op, flags, s, unsafe.Pointer(v))
		} else {
			control.Change(control.Active, g, op, flags, s, unsafe.Pointer(v))
		}
		control.Active.Leave(g)
	case !quiet(s):
		record.Note(op, flags, s, record.Addr(v), 0)
	}
}

// untold is the flag of an atomic operation that tells no value. That of one which
// may fail says whether it did.
func untold(op event.Op, ok bool) uint8 {
	if event.Table[op].Fails && ok {
		return 0
	}
	return event.FlagNoValue
}

// Method values.

func ValueLoadFunc(s uint32, v *atomic.Value) func() any {
	return func() any { return ValueLoad(s, v) }
}

func ValueStoreFunc(s uint32, v *atomic.Value) func(any) {
	return func(x any) { ValueStore(s, v, x) }
}

func ValueSwapFunc(s uint32, v *atomic.Value) func(any) any {
	return func(x any) any { return ValueSwap(s, v, x) }
}

func ValueCASFunc(s uint32, v *atomic.Value) func(old, x any) bool {
	return func(old, x any) bool { return ValueCAS(s, v, old, x) }
}
