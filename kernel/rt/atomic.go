package rt

import (
	"sync/atomic"
	"unsafe"

	"threading101/kernel/event"
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
	if ctl != nil && p != nil {
		return atomically(event.AtomicLoad, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { return loadInteger(p), false })
	}
	if quiet(s) || p == nil {
		return loadInteger(p)
	}
	g := cur()
	t := lock()
	v := loadInteger(p)
	putAccess(t, g, event.AtomicLoad, s, addr(p), valueOf(&v))
	unlock()
	return v
}

// AtomicStore is atomic.StoreInt32(p, v) and its like.
func AtomicStore[T Integer](s uint32, p *T, v T) {
	if ctl != nil && p != nil {
		atomically(event.AtomicStore, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { storeInteger(p, v); return v, true })
		return
	}
	if quiet(s) || p == nil {
		storeInteger(p, v)
		return
	}
	g := cur()
	t := lock()
	storeInteger(p, v)
	putAccess(t, g, event.AtomicStore, s, addr(p), valueOf(&v))
	unlock()
}

// AtomicAdd is atomic.AddInt32(p, delta) and its like.
func AtomicAdd[T Integer](s uint32, p *T, delta T) T {
	if ctl != nil && p != nil {
		return atomically(event.AtomicAdd, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { return addInteger(p, delta), true })
	}
	if quiet(s) || p == nil {
		return addInteger(p, delta)
	}
	g := cur()
	t := lock()
	v := addInteger(p, delta)
	putAccess(t, g, event.AtomicAdd, s, addr(p), valueOf(&v))
	unlock()
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
	g.bumps = true
	AtomicAdd(s, p, delta)
	g.bumps = false
}

// seeking returns the running goroutine where schedules are searched, else nil.
func seeking() *g {
	if ctl == nil || ctl.seek == nil {
		return nil
	}
	return ctl.enter()
}

// AtomicSwap is atomic.SwapInt32(p, v) and its like.
func AtomicSwap[T Integer](s uint32, p *T, v T) T {
	if ctl != nil && p != nil {
		var old T
		atomically(event.AtomicSwap, s, unsafe.Pointer(p), unsafe.Sizeof(*p), func() (T, bool) { old = swapInteger(p, v); return v, true })
		return old
	}
	if quiet(s) || p == nil {
		return swapInteger(p, v)
	}
	g := cur()
	t := lock()
	old := swapInteger(p, v)
	putAccess(t, g, event.AtomicSwap, s, addr(p), valueOf(&v))
	unlock()
	return old
}

// AtomicCAS is atomic.CompareAndSwapInt32(p, old, v) and its like.
func AtomicCAS[T Integer](s uint32, p *T, old, v T) bool {
	if ctl != nil && p != nil {
		return compareAndSwap(s, unsafe.Pointer(p), unsafe.Sizeof(*p), valueOf(&v), func() bool { return casInteger(p, old, v) })
	}
	if quiet(s) || p == nil {
		return casInteger(p, old, v)
	}
	g := cur()
	t := lock()
	ok := casInteger(p, old, v)
	noted := valueOf(&v)
	if !ok {
		noted.flags |= event.FlagFailed
	}
	putAccess(t, g, event.AtomicCAS, s, addr(p), noted)
	unlock()
	return ok
}

// The same for the methods of atomic.Int32, atomic.Bool, atomic.Pointer[T] and
// their like: x.Load() becomes rt.AtomicLoadM(site, &x).

// AtomicLoadM is x.Load().
func AtomicLoadM[T, X any, P interface {
	*X
	Load() T
}](s uint32, x P) T {
	if ctl != nil && x != nil {
		return atomically(event.AtomicLoad, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { return x.Load(), false })
	}
	if quiet(s) || x == nil {
		return x.Load()
	}
	g := cur()
	t := lock()
	v := x.Load()
	putAccess(t, g, event.AtomicLoad, s, addr((*X)(x)), valueOf(&v))
	unlock()
	return v
}

// The methods of atomic.Value may panic, which none may under the lock: they are
// left plain.

// AtomicStoreM is x.Store(v).
func AtomicStoreM[T, X any, P interface {
	*X
	Store(T)
}](s uint32, x P, v T) {
	if ctl != nil && x != nil {
		atomically(event.AtomicStore, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { x.Store(v); return v, true })
		return
	}
	if quiet(s) || x == nil {
		x.Store(v)
		return
	}
	g := cur()
	t := lock()
	x.Store(v)
	putAccess(t, g, event.AtomicStore, s, addr((*X)(x)), valueOf(&v))
	unlock()
}

// AtomicAddM is x.Add(delta).
func AtomicAddM[T, X any, P interface {
	*X
	Add(T) T
}](s uint32, x P, delta T) T {
	if ctl != nil && x != nil {
		return atomically(event.AtomicAdd, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { return x.Add(delta), true })
	}
	if quiet(s) || x == nil {
		return x.Add(delta)
	}
	g := cur()
	t := lock()
	v := x.Add(delta)
	putAccess(t, g, event.AtomicAdd, s, addr((*X)(x)), valueOf(&v))
	unlock()
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
	g.bumps = true
	AtomicAddM(s, x, delta)
	g.bumps = false
}

// AtomicSwapM is x.Swap(v).
func AtomicSwapM[T, X any, P interface {
	*X
	Swap(T) T
}](s uint32, x P, v T) T {
	if ctl != nil && x != nil {
		var old T
		atomically(event.AtomicSwap, s, unsafe.Pointer(x), unsafe.Sizeof(*x), func() (T, bool) { old = x.Swap(v); return v, true })
		return old
	}
	if quiet(s) || x == nil {
		return x.Swap(v)
	}
	g := cur()
	t := lock()
	old := x.Swap(v)
	putAccess(t, g, event.AtomicSwap, s, addr((*X)(x)), valueOf(&v))
	unlock()
	return old
}

// AtomicCASM is x.CompareAndSwap(old, v).
func AtomicCASM[T, X any, P interface {
	*X
	CompareAndSwap(T, T) bool
}](s uint32, x P, old, v T) bool {
	if ctl != nil && x != nil {
		return compareAndSwap(s, unsafe.Pointer(x), unsafe.Sizeof(*x), valueOf(&v), func() bool { return x.CompareAndSwap(old, v) })
	}
	if quiet(s) || x == nil {
		return x.CompareAndSwap(old, v)
	}
	g := cur()
	t := lock()
	ok := x.CompareAndSwap(old, v)
	noted := valueOf(&v)
	if !ok {
		noted.flags |= event.FlagFailed
	}
	putAccess(t, g, event.AtomicCAS, s, addr((*X)(x)), noted)
	unlock()
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
