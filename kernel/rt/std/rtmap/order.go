package rtmap

import (
	"cmp"
	"reflect"
	"unsafe"
)

// compare compares two values by where they are, as cmp.Compare does. Those
// that have no order, and differ, are equal to it.
type compare func(a, b unsafe.Pointer) int

// order is how keys of a type are compared.
func order(t reflect.Type) compare {
	switch t.Kind() {
	case reflect.Bool:
		return func(a, b unsafe.Pointer) int { return cmp.Compare(*(*byte)(a), *(*byte)(b)) }
	case reflect.Int:
		return of[int]
	case reflect.Int8:
		return of[int8]
	case reflect.Int16:
		return of[int16]
	case reflect.Int32:
		return of[int32]
	case reflect.Int64:
		return of[int64]
	case reflect.Uint:
		return of[uint]
	case reflect.Uint8:
		return of[uint8]
	case reflect.Uint16:
		return of[uint16]
	case reflect.Uint32:
		return of[uint32]
	case reflect.Uint64:
		return of[uint64]
	case reflect.Uintptr:
		return of[uintptr]
	case reflect.Float32:
		return of[float32]
	case reflect.Float64:
		return of[float64]
	case reflect.String:
		return of[string]
	case reflect.Complex64:
		return repeat(of[float32], 2, 4)
	case reflect.Complex128:
		return repeat(of[float64], 2, 8)
	case reflect.Array:
		return repeat(order(t.Elem()), t.Len(), t.Elem().Size())
	case reflect.Struct:
		return fields(t)
	case reflect.Interface:
		return func(a, b unsafe.Pointer) int {
			return dynamic(reflect.NewAt(t, a).Elem().Elem(), reflect.NewAt(t, b).Elem().Elem())
		}
	}
	return func(a, b unsafe.Pointer) int { return 0 } // pointers, channels
}

func of[T cmp.Ordered](a, b unsafe.Pointer) int { return cmp.Compare(*(*T)(a), *(*T)(b)) }

// repeat compares n values that lie size bytes apart, the first first.
func repeat(one compare, n int, size uintptr) compare {
	return func(a, b unsafe.Pointer) int {
		for i := range uintptr(n) {
			if c := one(unsafe.Add(a, i*size), unsafe.Add(b, i*size)); c != 0 {
				return c
			}
		}
		return 0
	}
}

func fields(t reflect.Type) compare {
	type field struct {
		offset uintptr
		compare
	}
	var all []field
	for f := range t.Fields() {
		if f.Name != "_" {
			all = append(all, field{f.Offset, order(f.Type)})
		}
	}
	return func(a, b unsafe.Pointer) int {
		for _, f := range all {
			if c := f.compare(unsafe.Add(a, f.offset), unsafe.Add(b, f.offset)); c != 0 {
				return c
			}
		}
		return 0
	}
}

// dynamic compares what is in two interfaces: nothing first, then by type, then
// by value.
func dynamic(a, b reflect.Value) int {
	if !a.IsValid() || !b.IsValid() {
		return cmp.Compare(count(a.IsValid()), count(b.IsValid()))
	}
	t, u := a.Type(), b.Type()
	if t != u {
		return cmp.Or(cmp.Compare(t.String(), u.String()), cmp.Compare(t.PkgPath(), u.PkgPath()))
	}
	return order(t)(where(a), where(b))
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// where copies a value to where it can be looked at.
func where(v reflect.Value) unsafe.Pointer {
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return p.UnsafePointer()
}
