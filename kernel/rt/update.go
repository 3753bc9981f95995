package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// What the instrumenter makes of assignments; made and used together with
// package instrument.

// integer, numeric and summable are what the operators are defined on.
type (
	integer interface {
		~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
	}
	numeric interface {
		integer | ~float32 | ~float64 | ~complex64 | ~complex128
	}
	summable interface{ numeric | ~string }
)

// Add is *p += v: a read at site l, then a write at site s. Between the two
// others may do what they like. The functions below are the same for the other
// operators.
func Add[T summable](l, s uint32, p *T, v T)   { Store(s, p, Load(l, p)+v) }
func Sub[T numeric](l, s uint32, p *T, v T)    { Store(s, p, Load(l, p)-v) }
func Mul[T numeric](l, s uint32, p *T, v T)    { Store(s, p, Load(l, p)*v) }
func Quo[T numeric](l, s uint32, p *T, v T)    { Store(s, p, Load(l, p)/v) }
func Rem[T integer](l, s uint32, p *T, v T)    { Store(s, p, Load(l, p)%v) }
func And[T integer](l, s uint32, p *T, v T)    { Store(s, p, Load(l, p)&v) }
func Or[T integer](l, s uint32, p *T, v T)     { Store(s, p, Load(l, p)|v) }
func Xor[T integer](l, s uint32, p *T, v T)    { Store(s, p, Load(l, p)^v) }
func AndNot[T integer](l, s uint32, p *T, v T) { Store(s, p, Load(l, p)&^v) }

// Shl is *p <<= n.
func Shl[T, N integer](l, s uint32, p *T, n N) { Store(s, p, Load(l, p)<<n) }

// Shr is *p >>= n.
func Shr[T, N integer](l, s uint32, p *T, n N) { Store(s, p, Load(l, p)>>n) }

// Place is a variable about to be written with a value of another type that can
// be assigned to it: x = v becomes rt.At(&x).Store(site, v).
type Place[T any] struct{ p *T }

// At prepares a write.
func At[T any](p *T) Place[T] { return Place[T]{p} }

// Store is *p = v.
func (l Place[T]) Store(s uint32, v T) { Store(s, l.p, v) }

// Store2 is *p, *q = v, w. A site of 0 is not recorded; a nil pointer stands for
// the blank identifier.
func Store2[T, U any](s uint32, p *T, t uint32, q *U, v T, w U) {
	storeAt(s, p, v)
	storeAt(t, q, w)
}

// Store3 is *p, *q, *r = v, w, x.
func Store3[T, U, V any](s uint32, p *T, t uint32, q *U, u uint32, r *V, v T, w U, x V) {
	storeAt(s, p, v)
	storeAt(t, q, w)
	storeAt(u, r, x)
}

// Places2 are two variables about to be written with the results of one call:
// x, y = f() becomes rt.At2(7, &x, 8, &y).Store(f()).
type Places2[T, U any] struct {
	s, t uint32
	p    *T
	q    *U
}

// At2 prepares the writes; a site of 0 is not recorded.
func At2[T, U any](s uint32, p *T, t uint32, q *U) Places2[T, U] { return Places2[T, U]{s, t, p, q} }

// Store is *p, *q = v, w.
func (l Places2[T, U]) Store(v T, w U) { Store2(l.s, l.p, l.t, l.q, v, w) }

// First is a variable that is given the first of two results.
type First[T any] struct {
	site uint32
	p    *T
}

// AtFirst begins a write of *p by Store.
func AtFirst[T any](site uint32, p *T) First[T] { return First[T]{site, p} }

// Store is *p, _ = v, w.
func (f First[T]) Store(v T, _ any) { Store(f.site, f.p, v) }

// Second is a variable that is given the second of two results.
type Second[T any] struct {
	site uint32
	p    *T
}

// AtSecond begins a write of *p by Store.
func AtSecond[T any](site uint32, p *T) Second[T] { return Second[T]{site, p} }

// Store is _, *p = v, w.
func (s Second[T]) Store(_ any, w T) { Store(s.site, s.p, w) }

func storeAt[T any](s uint32, p *T, v T) {
	switch {
	case s != 0:
		Store(s, p, v)
	case p != nil:
		*p = v
	}
}

// After notes that *p is about to be read, and returns v: what must be evaluated
// before the read. x + f() becomes x + rt.After(f(), 7, &x), since Go reads x
// once f returned.
func After[V, T any](v V, s uint32, p *T) V {
	if !quiet(s) && p != nil {
		glance(s, p)
	}
	return v
}

// AfterLock is After of a lock, or of what has one in it.
func AfterLock[V, T any](v V, s uint32, p *T) V {
	if control.Active == nil || p == nil {
		return After(v, s, p)
	}
	GlimpseLock(s, unsafe.Pointer(p), unsafe.Sizeof(*p))
	return v
}

// LoadToo is Load where After was before it in the same statement: Go reads all
// variables once nothing is left to call, and so they are read in one step.
func LoadToo[T any](s uint32, p *T) T {
	if !quiet(s) && p != nil {
		glanceToo(s, p)
	}
	return *p
}

//go:norace
func glanceToo[T any](s uint32, p *T) {
	if control.Active != nil {
		glanceControlled(s, p, true)
		return
	}
	glance(s, p)
}

// glance notes a read of *p that follows at once.
//
//go:norace
func glance[T any](s uint32, p *T) {
	if control.Active != nil {
		glanceControlled(s, p, false)
		return
	}
	g := record.Current()
	if g.OnStack(unsafe.Pointer(p)) {
		return
	}
	t := record.Lock()
	record.PutAccess(t, g, event.Load, s, record.Addr(p), record.ValueOf(p))
	record.Unlock()
}

// MapRAfter notes that m is about to be read, and returns v.
func MapRAfter[X any, M ~map[K]V, K comparable, V any](v X, s uint32, m M) X {
	MapR(s, m)
	return v
}

// MapWAfter notes that m is about to be written, and returns v: m[k] = e becomes
// m[k] = rt.MapWAfter(e, 7, m).
func MapWAfter[X any, M ~map[K]V, K comparable, V any](v X, s uint32, m M) X {
	MapW(s, m)
	return v
}

// MapWAfterKey is MapWAfter of the element k.
func MapWAfterKey[X any, M ~map[K]V, K comparable, V any](v X, s uint32, m M, k K) X {
	MapWKey(s, m, k)
	return v
}

// What the instrumenter makes of m[k] += v and its like.

// MapAdd is m[k] += v: a read of the map at site l, then a write at site s.
// Between the two others may do what they like. The functions below are the same
// for the other operators.
func MapAdd[M ~map[K]V, K comparable, V summable](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)+v)
}
func MapSub[M ~map[K]V, K comparable, V numeric](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)-v)
}
func MapMul[M ~map[K]V, K comparable, V numeric](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)*v)
}
func MapQuo[M ~map[K]V, K comparable, V numeric](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)/v)
}
func MapRem[M ~map[K]V, K comparable, V integer](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)%v)
}
func MapAnd[M ~map[K]V, K comparable, V integer](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)&v)
}
func MapOr[M ~map[K]V, K comparable, V integer](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)|v)
}
func MapXor[M ~map[K]V, K comparable, V integer](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)^v)
}
func MapAndNot[M ~map[K]V, K comparable, V integer](l, s uint32, m M, k K, v V) {
	setElement(s, m, k, getElement(l, m, k)&^v)
}

// MapShl is m[k] <<= n.
func MapShl[M ~map[K]V, K comparable, V, N integer](l, s uint32, m M, k K, n N) {
	setElement(s, m, k, getElement(l, m, k)<<n)
}

// MapShr is m[k] >>= n.
func MapShr[M ~map[K]V, K comparable, V, N integer](l, s uint32, m M, k K, n N) {
	setElement(s, m, k, getElement(l, m, k)>>n)
}

// getElement reads an element, and notes its key.
func getElement[M ~map[K]V, K comparable, V any](s uint32, m M, k K) V {
	if !quiet(s) {
		accessElement(event.Load, s, mapPtr(m), m, k)
	}
	return m[k]
}

// setElement writes an element.
func setElement[M ~map[K]V, K comparable, V any](s uint32, m M, k K, v V) {
	if !quiet(s) {
		accessElement(event.Store, s, mapPtr(m), m, k)
	}
	m[k] = v
}

func mapPtr[M ~map[K]V, K comparable, V any](m M) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&m))
}

// accessElement notes an access to the element k of the map at p. It is one to
// the whole map, as Go has it; which element it is decides whether an update was
// lost.
func accessElement[M ~map[K]V, K comparable, V any](op event.Op, s uint32, p unsafe.Pointer, m M, k K) {
	key := record.Value{Flags: event.FlagNoValue | event.FlagKey}
	if control.Active != nil {
		_ = m[k]                      // panics, as the access would, if k cannot be hashed
		if !control.Active.Observed { // an observer does not ask for it
			key.Bits = control.Active.KeyNumber(p, k)
		}
		accessControlled(op, s, p, 0, key)
		return
	}
	accessWith(op, s, p, key)
}
