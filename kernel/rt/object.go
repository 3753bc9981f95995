package rt

import (
	"unsafe"

	"threading101/kernel/event"
)

// An object of a library that goroutines must not use at the same time, a
// bytes.Buffer for instance, is to us one variable: each of its methods reads it
// or writes it, as a whole and in one step.
//
//	buf.WriteString(s)   becomes   rt.Writes1R2(7, &buf, (*bytes.Buffer).WriteString)(s)
//
// The access is noted when the method is called: its arguments are there by then,
// and it may be called later, or by another goroutine.

func reads[T any](s uint32, x *T)  { touchObject(event.Load, s, x) }
func writes[T any](s uint32, x *T) { touchObject(event.Store, s, x) }

// touchObject notes an access to x. What it holds is no value that could be shown,
// and which part of it is accessed is not known: none of its updates is called lost.
func touchObject[T any](op event.Op, s uint32, x *T) {
	if x != nil && !quiet(s) {
		access(op, s, unsafe.Pointer(x), unsafe.Sizeof(*x), event.FlagKey)
	}
}

// Written notes a write of x, and returns it: x is an argument of a function of a
// library that writes it before it returns.
func Written[T any](s uint32, x *T) *T {
	writes(s, x)
	return x
}

// Looked is Written for a function that only reads x.
func Looked[T any](s uint32, x *T) *T {
	reads(s, x)
	return x
}

// WritesAt notes a write of an object of n bytes at p.
func WritesAt(s uint32, p unsafe.Pointer, n uintptr) {
	if !quiet(s) {
		access(event.Store, s, p, n, event.FlagKey)
	}
}

// ReadsAt notes a read of an object of n bytes at p.
func ReadsAt(s uint32, p unsafe.Pointer, n uintptr) {
	if !quiet(s) {
		access(event.Load, s, p, n, event.FlagKey)
	}
}

// WrittenAfter is Written, once v was evaluated.
func WrittenAfter[V, T any](v V, s uint32, x *T) V {
	writes(s, x)
	return v
}

// LookedAfter is Looked once v was evaluated, which is returned.
func LookedAfter[V, T any](v V, s uint32, x *T) V {
	reads(s, x)
	return v
}
