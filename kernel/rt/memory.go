package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Load reads *p. What a site reads is recorded only so many times; then the
// read costs two branches and a count.
func Load[T any](s uint32, p *T) T {
	if quiet(s) {
		return *p
	}
	return load(s, p)
}

// Store writes *p.
func Store[T any](s uint32, p *T, v T) {
	if quiet(s) {
		*p = v
		return
	}
	store(s, p, v)
}

// W notes that *p is about to be written with a value not known here, and
// returns p.
func W[T any](s uint32, p *T) *T {
	if !quiet(s) {
		access(event.Store, s, unsafe.Pointer(p), unsafe.Sizeof(*p), 0)
	}
	return p
}

// Wrote notes that *p was written.
func Wrote[T any](s uint32, p *T) {
	if !quiet(s) && p != nil {
		wrote(s, p)
	}
}

// MapR notes that m is about to be read, and returns it.
func MapR[M ~map[K]V, K comparable, V any](s uint32, m M) M {
	if !quiet(s) {
		access(event.Load, s, mapPtr(m), 0, event.FlagKey)
	}
	return m
}

// MapW notes that m is about to be written, and returns it.
func MapW[M ~map[K]V, K comparable, V any](s uint32, m M) M {
	if !quiet(s) {
		access(event.Store, s, mapPtr(m), 0, event.FlagKey)
	}
	return m
}

// MapRKey is MapR of the element k.
func MapRKey[M ~map[K]V, K comparable, V any](s uint32, m M, k K) M {
	if !quiet(s) {
		accessElement(event.Load, s, mapPtr(m), m, k)
	}
	return m
}

// MapWKey is MapW of the element k.
func MapWKey[M ~map[K]V, K comparable, V any](s uint32, m M, k K) M {
	if !quiet(s) {
		accessElement(event.Store, s, mapPtr(m), m, k)
	}
	return m
}

// quiet counts an access at site s and says whether it goes unrecorded.
//
//go:norace
func quiet(s uint32) bool {
	if record.Ring == nil {
		return true
	}
	if control.Active != nil {
		return false
	}
	seen := (*uint32)(unsafe.Add(record.Ring, event.SeenSlot(s)))
	*seen++
	return *seen > event.MemoryBound
}

// load reads and records under the lock, so that the order of the notes is the
// order of the accesses. A nil pointer panics before.
func load[T any](s uint32, p *T) T {
	if control.Active != nil {
		return loadControlled(s, p)
	}
	g := record.Current()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		return *p
	}
	t := record.Lock()
	v := *p
	record.PutAccess(t, g, event.Load, s, record.Addr(p), record.ValueOf(&v))
	record.Unlock()
	return v
}

func store[T any](s uint32, p *T, v T) {
	if control.Active != nil {
		storeControlled(s, p, v)
		return
	}
	g := record.Current()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		*p = v
		return
	}
	t := record.Lock()
	*p = v
	record.PutAccess(t, g, event.Store, s, record.Addr(p), record.ValueOf(&v))
	record.Unlock()
}

//go:norace
func wrote[T any](s uint32, p *T) {
	if control.Active != nil {
		accessControlled(event.Store, s, unsafe.Pointer(p), unsafe.Sizeof(*p), record.ValueOf(p))
		return
	}
	g := record.Current()
	if g.OnStack(unsafe.Pointer(p)) {
		return
	}
	t := record.Lock()
	record.PutAccess(t, g, event.Store, s, record.Addr(p), record.ValueOf(p))
	record.Unlock()
}

//go:norace
func access(op event.Op, s uint32, p unsafe.Pointer, size uintptr, flags uint8) {
	v := record.Value{Flags: event.FlagNoValue | flags}
	if control.Active != nil {
		accessControlled(op, s, p, size, v)
		return
	}
	accessWith(op, s, p, v)
}

//go:norace
func accessWith(op event.Op, s uint32, p unsafe.Pointer, v record.Value) {
	if g := record.Current(); p != nil && !g.OnStack(p) {
		t := record.Lock()
		record.Put(t, g, op, v.Flags, s, uintptr(p), v.Bits)
		record.Unlock()
	}
}
