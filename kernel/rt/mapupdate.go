package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

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
