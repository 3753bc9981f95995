package rt

import (
	"sync/atomic"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Atomic operations happen under the ring's lock, so that their notes have their
// order. The detector sees them as ever: it looks away only while the lock is
// taken and released.

// Integer is what the functions of sync/atomic work on.
type Integer interface {
	~int32 | ~int64 | ~uint32 | ~uint64 | ~uintptr
}

// AtomicLoad is atomic.LoadInt32(p) and its like.
func AtomicLoad[T Integer](s uint32, p *T) T {
	if control.Active != nil && p != nil {
		return atomically(event.AtomicLoad, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { return loadInteger(p), false })
	}
	if quiet(s) || p == nil {
		return loadInteger(p)
	}
	g := record.Current()
	t := record.Lock()
	v := loadInteger(p)
	record.PutAccess(t, g, event.AtomicLoad, s, record.Addr(p), record.ValueOf(&v))
	record.Unlock()
	return v
}

// AtomicStore is atomic.StoreInt32(p, v) and its like.
func AtomicStore[T Integer](s uint32, p *T, v T) {
	if control.Active != nil && p != nil {
		atomically(event.AtomicStore, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { storeInteger(p, v); return v, true })
		return
	}
	if quiet(s) || p == nil {
		storeInteger(p, v)
		return
	}
	g := record.Current()
	t := record.Lock()
	storeInteger(p, v)
	record.PutAccess(t, g, event.AtomicStore, s, record.Addr(p), record.ValueOf(&v))
	record.Unlock()
}

// AtomicAdd is atomic.AddInt32(p, delta) and its like.
func AtomicAdd[T Integer](s uint32, p *T, delta T) T {
	if control.Active != nil && p != nil {
		return atomically(event.AtomicAdd, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { return addInteger(p, delta), true })
	}
	if quiet(s) || p == nil {
		return addInteger(p, delta)
	}
	g := record.Current()
	t := record.Lock()
	v := addInteger(p, delta)
	record.PutAccess(t, g, event.AtomicAdd, s, record.Addr(p), record.ValueOf(&v))
	record.Unlock()
	return v
}

// AtomicBump is AtomicAdd where nobody looks at the sum: a search tries such
// additions in one order only.
func AtomicBump[T Integer](s uint32, p *T, delta T) {
	g := seeking()
	if g == nil || p == nil {
		AtomicAdd(s, p, delta)
		return
	}
	g.Bumps = true
	AtomicAdd(s, p, delta)
	g.Bumps = false
}

// seeking returns the running goroutine where schedules are searched, else nil.
func seeking() *control.G {
	if control.Active == nil || !control.Active.Observed {
		return nil
	}
	return control.Active.Enter()
}

// AtomicSwap is atomic.SwapInt32(p, v) and its like.
func AtomicSwap[T Integer](s uint32, p *T, v T) T {
	if control.Active != nil && p != nil {
		var old T
		atomically(event.AtomicSwap, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { old = swapInteger(p, v); return v, true })
		return old
	}
	if quiet(s) || p == nil {
		return swapInteger(p, v)
	}
	g := record.Current()
	t := record.Lock()
	old := swapInteger(p, v)
	record.PutAccess(t, g, event.AtomicSwap, s, record.Addr(p), record.ValueOf(&v))
	record.Unlock()
	return old
}

// AtomicCAS is atomic.CompareAndSwapInt32(p, old, v) and its like.
func AtomicCAS[T Integer](s uint32, p *T, old, v T) bool {
	if control.Active != nil && p != nil {
		return compareAndSwap(s, unsafe.Pointer(p), unsafe.Sizeof(*p), record.ValueOf(&v), func() bool { return casInteger(p, old, v) })
	}
	if quiet(s) || p == nil {
		return casInteger(p, old, v)
	}
	g := record.Current()
	t := record.Lock()
	ok := casInteger(p, old, v)
	noted := record.ValueOf(&v)
	if !ok {
		noted.Flags |= event.FlagFailed
	}
	record.PutAccess(t, g, event.AtomicCAS, s, record.Addr(p), noted)
	record.Unlock()
	return ok
}

// The same for the methods of atomic.Int32, atomic.Bool, atomic.Pointer[T] and
// their like: x.Load() becomes rt.AtomicLoadM(site, &x).

// AtomicLoadM is x.Load().
func AtomicLoadM[T, X any, P interface {
	*X
	Load() T
}](s uint32, x P) T {
	if control.Active != nil && x != nil {
		return atomically(event.AtomicLoad, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { return x.Load(), false })
	}
	if quiet(s) || x == nil {
		return x.Load()
	}
	g := record.Current()
	t := record.Lock()
	v := x.Load()
	record.PutAccess(t, g, event.AtomicLoad, s, record.Addr((*X)(x)), record.ValueOf(&v))
	record.Unlock()
	return v
}

// The methods of atomic.Value may panic, which none may under the lock: they are
// left plain.

// AtomicStoreM is x.Store(v).
func AtomicStoreM[T, X any, P interface {
	*X
	Store(T)
}](s uint32, x P, v T) {
	if control.Active != nil && x != nil {
		atomically(event.AtomicStore, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { x.Store(v); return v, true })
		return
	}
	if quiet(s) || x == nil {
		x.Store(v)
		return
	}
	g := record.Current()
	t := record.Lock()
	x.Store(v)
	record.PutAccess(t, g, event.AtomicStore, s, record.Addr((*X)(x)), record.ValueOf(&v))
	record.Unlock()
}

// AtomicAddM is x.Add(delta).
func AtomicAddM[T, X any, P interface {
	*X
	Add(T) T
}](s uint32, x P, delta T) T {
	if control.Active != nil && x != nil {
		return atomically(event.AtomicAdd, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { return x.Add(delta), true })
	}
	if quiet(s) || x == nil {
		return x.Add(delta)
	}
	g := record.Current()
	t := record.Lock()
	v := x.Add(delta)
	record.PutAccess(t, g, event.AtomicAdd, s, record.Addr((*X)(x)), record.ValueOf(&v))
	record.Unlock()
	return v
}

// AtomicBumpM is x.Add(delta) where nobody looks at the sum.
func AtomicBumpM[T, X any, P interface {
	*X
	Add(T) T
}](s uint32, x P, delta T) {
	g := seeking()
	if g == nil || x == nil {
		AtomicAddM(s, x, delta)
		return
	}
	g.Bumps = true
	AtomicAddM(s, x, delta)
	g.Bumps = false
}

// AtomicSwapM is x.Swap(v).
func AtomicSwapM[T, X any, P interface {
	*X
	Swap(T) T
}](s uint32, x P, v T) T {
	if control.Active != nil && x != nil {
		var old T
		atomically(event.AtomicSwap, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { old = x.Swap(v); return v, true })
		return old
	}
	if quiet(s) || x == nil {
		return x.Swap(v)
	}
	g := record.Current()
	t := record.Lock()
	old := x.Swap(v)
	record.PutAccess(t, g, event.AtomicSwap, s, record.Addr((*X)(x)), record.ValueOf(&v))
	record.Unlock()
	return old
}

// AtomicCASM is x.CompareAndSwap(old, v).
func AtomicCASM[T, X any, P interface {
	*X
	CompareAndSwap(T, T) bool
}](s uint32, x P, old, v T) bool {
	if control.Active != nil && x != nil {
		return compareAndSwap(s, unsafe.Pointer(x), unsafe.Sizeof(*x), record.ValueOf(&v), func() bool { return x.CompareAndSwap(old, v) })
	}
	if quiet(s) || x == nil {
		return x.CompareAndSwap(old, v)
	}
	g := record.Current()
	t := record.Lock()
	ok := x.CompareAndSwap(old, v)
	noted := record.ValueOf(&v)
	if !ok {
		noted.Flags |= event.FlagFailed
	}
	record.PutAccess(t, g, event.AtomicCAS, s, record.Addr((*X)(x)), noted)
	record.Unlock()
	return ok
}

func narrow[T Integer]() bool { return unsafe.Sizeof(*new(T)) == 4 }

func p32[T Integer](p *T) *uint32 { return (*uint32)(unsafe.Pointer(p)) }
func p64[T Integer](p *T) *uint64 { return (*uint64)(unsafe.Pointer(p)) }

func loadInteger[T Integer](p *T) T {
	if narrow[T]() {
		return T(atomic.LoadUint32(p32(p)))
	}
	return T(atomic.LoadUint64(p64(p)))
}

func storeInteger[T Integer](p *T, v T) {
	if narrow[T]() {
		atomic.StoreUint32(p32(p), uint32(v))
		return
	}
	atomic.StoreUint64(p64(p), uint64(v))
}

func addInteger[T Integer](p *T, v T) T {
	if narrow[T]() {
		return T(atomic.AddUint32(p32(p), uint32(v)))
	}
	return T(atomic.AddUint64(p64(p), uint64(v)))
}

func swapInteger[T Integer](p *T, v T) T {
	if narrow[T]() {
		return T(atomic.SwapUint32(p32(p), uint32(v)))
	}
	return T(atomic.SwapUint64(p64(p), uint64(v)))
}

func casInteger[T Integer](p *T, old, v T) bool {
	if narrow[T]() {
		return atomic.CompareAndSwapUint32(p32(p), uint32(old), uint32(v))
	}
	return atomic.CompareAndSwapUint64(p64(p), uint64(old), uint64(v))
}

// And and Or, noted as a swap: the new value is what others may see.

// AtomicAnd is atomic.AndInt32(p, mask) and its like.
func AtomicAnd[T Integer](s uint32, p *T, mask T) (old T) {
	return atomicBits(s, p, func() (old, v T) {
		old = andInteger(p, mask)
		return old, old & mask
	})
}

// AtomicOr is atomic.OrInt32(p, mask) and its like.
func AtomicOr[T Integer](s uint32, p *T, mask T) (old T) {
	return atomicBits(s, p, func() (old, v T) {
		old = orInteger(p, mask)
		return old, old | mask
	})
}

// AtomicAndM is x.And(mask).
func AtomicAndM[T Integer, X any, P interface {
	*X
	And(T) T
}](s uint32, x P, mask T) (old T) {
	return atomicBits(s, (*X)(x), func() (old, v T) {
		old = x.And(mask)
		return old, old & mask
	})
}

// AtomicOrM is x.Or(mask).
func AtomicOrM[T Integer, X any, P interface {
	*X
	Or(T) T
}](s uint32, x P, mask T) (old T) {
	return atomicBits(s, (*X)(x), func() (old, v T) {
		old = x.Or(mask)
		return old, old | mask
	})
}

// atomicBits does and notes what changes the bits at p.
func atomicBits[X, T any](s uint32, p *X, do func() (old, v T)) (old T) {
	if p == nil {
		old, _ = do()
		return old
	}
	if control.Active != nil {
		atomically(event.AtomicSwap, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (v T, changed bool) {
			old, v = do()
			return v, true
		})
		return old
	}
	if quiet(s) {
		old, _ = do()
		return old
	}
	g := record.Current()
	t := record.Lock()
	old, v := do()
	record.PutAccess(t, g, event.AtomicSwap, s, record.Addr(p), record.ValueOf(&v))
	record.Unlock()
	return old
}

func andInteger[T Integer](p *T, v T) T {
	if narrow[T]() {
		return T(atomic.AndUint32(p32(p), uint32(v)))
	}
	return T(atomic.AndUint64(p64(p), uint64(v)))
}

func orInteger[T Integer](p *T, v T) T {
	if narrow[T]() {
		return T(atomic.OrUint32(p32(p), uint32(v)))
	}
	return T(atomic.OrUint64(p64(p), uint64(v)))
}

// The functions on pointers, which the methods of atomic.Pointer serve as well.

// AtomicLoadPointer is atomic.LoadPointer.
func AtomicLoadPointer(s uint32, p *unsafe.Pointer) unsafe.Pointer {
	return AtomicLoadM(s, pointerAt(p))
}

// AtomicStorePointer is atomic.StorePointer.
func AtomicStorePointer(s uint32, p *unsafe.Pointer, v unsafe.Pointer) {
	AtomicStoreM(s, pointerAt(p), v)
}

// AtomicSwapPointer is atomic.SwapPointer.
func AtomicSwapPointer(s uint32, p *unsafe.Pointer, v unsafe.Pointer) unsafe.Pointer {
	return AtomicSwapM(s, pointerAt(p), v)
}

// AtomicCASPointer is atomic.CompareAndSwapPointer.
func AtomicCASPointer(s uint32, p *unsafe.Pointer, old, v unsafe.Pointer) bool {
	return AtomicCASM(s, pointerAt(p), old, v)
}

// pointer has as methods what sync/atomic has as functions.
type pointer struct{ p unsafe.Pointer }

func pointerAt(p *unsafe.Pointer) *pointer { return (*pointer)(unsafe.Pointer(p)) }

func (p *pointer) Load() unsafe.Pointer                 { return atomic.LoadPointer(&p.p) }
func (p *pointer) Store(v unsafe.Pointer)               { atomic.StorePointer(&p.p, v) }
func (p *pointer) Swap(v unsafe.Pointer) unsafe.Pointer { return atomic.SwapPointer(&p.p, v) }
func (p *pointer) CompareAndSwap(old, v unsafe.Pointer) bool {
	return atomic.CompareAndSwapPointer(&p.p, old, v)
}
