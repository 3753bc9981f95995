package rtfmt

import (
	"reflect"

	"threading101/kernel/rt"
)

// mostUnseen bounds how many slices of what is printed are looked at.
const mostUnseen = 64

type looker struct {
	site uint32
	left int
}

// argument tells a search what fmt is going to read by itself of an argument: the
// elements of slices, and what a pointer points to. What else is printed is a copy.
func (l *looker) argument(x any) {
	v := reflect.ValueOf(x)
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Struct:
	default:
		return
	}
	if speaks(v.Type()) {
		return
	}
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		rt.Unseen(l.site, v.UnsafePointer(), v.Type().Elem().Size())
		v = v.Elem()
	}
	l.look(v)
}

func (l *looker) look(v reflect.Value) {
	if l.left--; l.left < 0 {
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		if v.Len() > 0 {
			rt.Unseen(l.site, v.UnsafePointer(), uintptr(v.Len())*v.Type().Elem().Size())
		}
		l.elements(v)
	case reflect.Array:
		l.elements(v)
	case reflect.Struct:
		for i := range v.NumField() {
			l.look(v.Field(i))
		}
	case reflect.Interface:
		if !v.IsNil() {
			l.look(v.Elem())
		}
	}
}

// elements looks at those that may hold slices.
func (l *looker) elements(v reflect.Value) {
	switch v.Type().Elem().Kind() {
	case reflect.Slice, reflect.Array, reflect.Struct, reflect.Interface:
		for i := range v.Len() {
			l.look(v.Index(i))
		}
	}
}
