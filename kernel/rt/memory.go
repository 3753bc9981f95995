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

// Controlled accesses to memory: announced where somebody else may be
// concerned, then made and noted.

// hide keeps the compiler from thinking that p is kept: a variable that lies on
// the stack must not be moved away from it by this package. Whether it lies
// there is asked before p is kept.
func hide(p unsafe.Pointer) unsafe.Pointer {
	x := uintptr(p)
	return *(*unsafe.Pointer)(unsafe.Pointer(&x))
}

func loadControlled[T any](s uint32, p *T) T {
	g := control.Active.Enter()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		return *p
	}
	l := control.Active.Access(g, event.Load, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	v := *p
	control.Active.Loaded(g, event.Load, s, l, record.ValueOf(&v))
	return v
}

func storeControlled[T any](s uint32, p *T, v T) {
	g := control.Active.Enter()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		*p = v
		return
	}
	l := control.Active.Access(g, event.Store, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	*p = v
	control.Active.Stored(g, event.Store, s, l, record.ValueOf(&v))
}

// glanceControlled notes a read that follows at once, and announces it, unless it
// is part of the step under way. So it is where several variables are read after
// one call: they are noted one within the other, and their sites fall.
func glanceControlled[T any](s uint32, p *T, part bool) {
	g := control.Active.Enter()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		return
	}
	var l *control.Variable
	if part || s < g.Glanced {
		control.Active.Observer.PartOf(g, s)
		l = control.Active.Reach(g, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	} else {
		l = control.Active.Access(g, event.Load, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	}
	control.Active.Loaded(g, event.Load, s, l, record.ValueOf(p))
	g.Glanced = s
}

// accessControlled announces and notes an access that is made elsewhere, at once,
// to so many bytes: 0 for a map, which no variable has bytes in common with.
func accessControlled(op event.Op, s uint32, p unsafe.Pointer, size uintptr, v record.Value) {
	c := control.Active
	g := c.Enter()
	if p == nil || g.OnStack(p) {
		return
	}
	l := c.Access(g, op, s, hide(p), size)
	if op == event.Load {
		c.Loaded(g, op, s, l, v)
	} else {
		c.Stored(g, op, s, l, v)
	}
}

// atomically does an atomic operation as one step.
func atomically[T any](op event.Op, s uint32, p unsafe.Pointer, size uintptr, do func() (v T, changed bool)) T {
	c := control.Active
	g := c.Enter()
	if g.OnStack(p) {
		v, _ := do()
		return v
	}
	l := c.Access(g, op, s, hide(p), size)
	v, changed := do()
	noted := record.ValueOf(&v)
	if changed {
		c.Stored(g, op, s, l, noted)
	} else {
		c.Loaded(g, op, s, l, noted)
	}
	return v
}

// compareAndSwap does one as one step; v is noted as the new value.
func compareAndSwap(s uint32, p unsafe.Pointer, size uintptr, v record.Value, swap func() bool) bool {
	c := control.Active
	g := c.Enter()
	if g.OnStack(p) {
		return swap()
	}
	l := c.Access(g, event.AtomicCAS, s, hide(p), size)
	if swap() {
		c.Stored(g, event.AtomicCAS, s, l, v)
		return true
	}
	v.Flags |= event.FlagFailed
	c.Loaded(g, event.AtomicCAS, s, l, v)
	return false
}

// Held notes that *p is about to be read, where p, a pointer to a T, is what the
// interface holds, and returns v: a method with a value receiver gets a copy of it.
func Held[T, I any](s uint32, v I) I {
	if p, ok := any(v).(*T); ok && p != nil {
		Load(s, p)
	}
	return v
}

// HeldAfter is Held where a call further right comes before the read: it returns
// what that returned.
func HeldAfter[T, V, I any](v V, s uint32, held I) V {
	Held[T](s, held)
	return v
}

// Glimpse announces and notes that a library is about to read n bytes at p, for
// what is done at site s. Whoever calls it reads them before it calls anything else
// of this package.
func Glimpse(s uint32, p unsafe.Pointer, n uintptr) {
	glimpse(s, p, n, control.Active.AccessRead)
}

// GlimpseLock is Glimpse of a lock, a group, a Once and their like, or of what has one
// in it.
func GlimpseLock(s uint32, p unsafe.Pointer, n uintptr) {
	glimpse(s, p, n, control.Active.AccessLock)
}

func glimpse(s uint32, p unsafe.Pointer, n uintptr, access func(*control.G, uint32, unsafe.Pointer, uintptr) *control.Variable) {
	g := control.Active.Enter()
	if p == nil || g.OnStack(p) {
		return
	}
	l := access(g, s, hide(p), n)
	control.Active.Loaded(g, event.Load, s, l, record.Value{Flags: event.FlagNoValue})
}

// LoadLock is Load of a lock, or of what has one in it.
func LoadLock[T any](s uint32, p *T) T {
	if control.Active == nil || p == nil {
		return Load(s, p)
	}
	GlimpseLock(s, unsafe.Pointer(p), unsafe.Sizeof(*p))
	return *p
}

// StoreLock is Store of a lock, or of what has one in it.
func StoreLock[T any](s uint32, p *T, v T) {
	if control.Active == nil || p == nil {
		Store(s, p, v)
		return
	}
	c := control.Active
	g := c.Enter()
	if g.OnStack(unsafe.Pointer(p)) {
		*p = v
		return
	}
	l := c.OverwriteLock(g, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	*p = v
	c.Stored(g, event.Store, s, l, record.Value{Flags: event.FlagNoValue})
}
