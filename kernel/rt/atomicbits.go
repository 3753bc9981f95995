package rt

import (
	"sync/atomic"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

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
