package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// A sync.Map is noted as one atomic variable. Which of its elements an operation
// is about is not recorded. (So the orders between goroutines that a race is
// judged by are a little more than those that Go promises.)

// SyncMapLoad is m.Load.
func SyncMapLoad(s uint32, m *sync.Map, key any) (v any, ok bool) {
	g := beginMap(event.AtomicLoad, s, m)
	v, ok = m.Load(key)
	endMap(g, event.AtomicLoad, s, m, false)
	return v, ok
}

// SyncMapStore is m.Store.
func SyncMapStore(s uint32, m *sync.Map, key, v any) {
	g := beginMap(event.AtomicStore, s, m)
	m.Store(key, v)
	added(m, key)
	endMap(g, event.AtomicStore, s, m, true)
}

// SyncMapLoadOrStore is m.LoadOrStore.
func SyncMapLoadOrStore(s uint32, m *sync.Map, key, v any) (actual any, loaded bool) {
	g := beginMap(event.AtomicPut, s, m)
	actual, loaded = m.LoadOrStore(key, v)
	if !loaded {
		added(m, key)
	}
	endMap(g, event.AtomicPut, s, m, !loaded)
	return actual, loaded
}

// SyncMapLoadAndDelete is m.LoadAndDelete.
func SyncMapLoadAndDelete(s uint32, m *sync.Map, key any) (v any, loaded bool) {
	g := beginMap(event.AtomicSwap, s, m)
	v, loaded = m.LoadAndDelete(key)
	removed(m, key)
	endMap(g, event.AtomicSwap, s, m, loaded)
	return v, loaded
}

// SyncMapDelete is m.Delete.
func SyncMapDelete(s uint32, m *sync.Map, key any) {
	g := beginMap(event.AtomicStore, s, m)
	m.Delete(key)
	removed(m, key)
	endMap(g, event.AtomicStore, s, m, true)
}

// SyncMapSwap is m.Swap.
func SyncMapSwap(s uint32, m *sync.Map, key, v any) (previous any, loaded bool) {
	g := beginMap(event.AtomicSwap, s, m)
	previous, loaded = m.Swap(key, v)
	added(m, key)
	endMap(g, event.AtomicSwap, s, m, true)
	return previous, loaded
}

// SyncMapCAS is m.CompareAndSwap.
func SyncMapCAS(s uint32, m *sync.Map, key, old, v any) bool {
	g := beginMap(event.AtomicCAS, s, m)
	ok := m.CompareAndSwap(key, old, v)
	endMap(g, event.AtomicCAS, s, m, ok)
	return ok
}

// SyncMapCompareAndDelete is m.CompareAndDelete.
func SyncMapCompareAndDelete(s uint32, m *sync.Map, key, old any) bool {
	g := beginMap(event.AtomicCAS, s, m)
	ok := m.CompareAndDelete(key, old)
	if ok {
		removed(m, key)
	}
	endMap(g, event.AtomicCAS, s, m, ok)
	return ok
}

// SyncMapClear is m.Clear.
func SyncMapClear(s uint32, m *sync.Map) {
	g := beginMap(event.AtomicStore, s, m)
	m.Clear()
	if control.Active != nil {
		delete(control.Active.Library.Maps, unsafe.Pointer(m))
	}
	endMap(g, event.AtomicStore, s, m, true)
}

// SyncMapRange is m.Range.
func SyncMapRange(s uint32, m *sync.Map, f func(key, v any) bool) {
	if control.Active != nil && m != nil && f != nil {
		rangeMap(control.Active, s, m, f)
		return
	}
	if record.Ring != nil {
		record.Note(event.AtomicLoad, event.FlagNoValue, s, record.Addr(m), 0)
	}
	m.Range(f)
}

// beginMap waits, under a scheduler, until the operation is to be done.
func beginMap(op event.Op, s uint32, m *sync.Map) *control.G {
	if control.Active == nil {
		return nil
	}
	g := control.Active.Enter()
	control.Active.Point(g, op, s, unsafe.Pointer(m))
	return g
}

func endMap(g *control.G, op event.Op, s uint32, m *sync.Map, changed bool) {
	switch flags := untold(op, changed); {
	case control.Active != nil:
		if changed {
			control.Change(control.Active, g, op, flags, s, unsafe.Pointer(m))
		} else {
			control.Look(control.Active, g, op, flags, s, unsafe.Pointer(m))
		}
		control.Active.Leave(g)
	case !quiet(s):
		record.Note(op, flags, s, record.Addr(m), 0)
	}
}

// added notes that a key is in the map now.
func added(m *sync.Map, key any) {
	if control.Active == nil {
		return
	}
	l := &control.Active.Library
	known := l.Maps[unsafe.Pointer(m)]
	if known == nil {
		known = &control.KeyOrder{Seq: map[any]uint64{}}
		if l.Maps == nil {
			l.Maps = map[unsafe.Pointer]*control.KeyOrder{}
		}
		l.Maps[unsafe.Pointer(m)] = known
	}
	if _, ok := known.Seq[key]; !ok {
		known.Next++
		known.Seq[key] = known.Next
	}
}

func removed(m *sync.Map, key any) {
	if control.Active == nil {
		return
	}
	if known := control.Active.Library.Maps[unsafe.Pointer(m)]; known != nil {
		delete(known.Seq, key)
	}
}

// rangeMap calls f for the elements in an order that the run decides. As in Go,
// it is no snapshot: others may come between two elements.
func rangeMap(c *control.Scheduler, s uint32, m *sync.Map, f func(key, v any) bool) {
	keys := keysOf(c, s, m)
	pick := control.Picker(c, len(keys))
	for n := len(keys); n > 0; n-- {
		i := pick(n)
		key := keys[i]
		keys[i] = keys[n-1]
		if v, ok := SyncMapLoad(s, m, key); ok && !f(key, v) {
			return
		}
	}
}

// keysOf returns the keys that are in the map now, in the order in which they came
// into it.
func keysOf(c *control.Scheduler, s uint32, m *sync.Map) []any {
	g := beginMap(event.AtomicLoad, s, m)
	var keys []any
	var seq []uint64
	known := c.Library.Maps[unsafe.Pointer(m)]
	if known == nil {
		known = &control.KeyOrder{}
	}
	present := 0
	m.Range(func(key, _ any) bool {
		at, n := known.Seq[key], len(seq)
		present++
		keys, seq = append(keys, key), append(seq, at)
		for ; n > 0 && seq[n-1] > at; n-- {
			keys[n], seq[n] = keys[n-1], seq[n-1]
		}
		keys[n], seq[n] = key, at
		return true
	})
	if present > 1 && seq[1] == 0 {
		control.NoteLoose(event.LooseMapOrder) // put in by a library
	}
	endMap(g, event.AtomicLoad, s, m, false)
	return keys
}

// Method values.

func SyncMapLoadFunc(s uint32, m *sync.Map) func(any) (any, bool) {
	return func(key any) (any, bool) { return SyncMapLoad(s, m, key) }
}

func SyncMapStoreFunc(s uint32, m *sync.Map) func(key, v any) {
	return func(key, v any) { SyncMapStore(s, m, key, v) }
}

func SyncMapLoadOrStoreFunc(s uint32, m *sync.Map) func(key, v any) (any, bool) {
	return func(key, v any) (any, bool) { return SyncMapLoadOrStore(s, m, key, v) }
}

func SyncMapLoadAndDeleteFunc(s uint32, m *sync.Map) func(any) (any, bool) {
	return func(key any) (any, bool) { return SyncMapLoadAndDelete(s, m, key) }
}

func SyncMapDeleteFunc(s uint32, m *sync.Map) func(any) {
	return func(key any) { SyncMapDelete(s, m, key) }
}

func SyncMapSwapFunc(s uint32, m *sync.Map) func(key, v any) (any, bool) {
	return func(key, v any) (any, bool) { return SyncMapSwap(s, m, key, v) }
}

func SyncMapCASFunc(s uint32, m *sync.Map) func(key, old, v any) bool {
	return func(key, old, v any) bool { return SyncMapCAS(s, m, key, old, v) }
}

func SyncMapCompareAndDeleteFunc(s uint32, m *sync.Map) func(key, old any) bool {
	return func(key, old any) bool { return SyncMapCompareAndDelete(s, m, key, old) }
}

func SyncMapRangeFunc(s uint32, m *sync.Map) func(func(key, v any) bool) {
	return func(f func(key, v any) bool) { SyncMapRange(s, m, f) }
}

func SyncMapClearFunc(s uint32, m *sync.Map) func() { return func() { SyncMapClear(s, m) } }
