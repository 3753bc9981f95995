package rtfmt

import (
	"reflect"
	"unsafe"

	"threading101/kernel/rt"
	"threading101/kernel/rt/unguarded"
)

// What packages encoding/json, xml and gob read of a value by themselves: exported fields, and what
// pointers, slices and maps lead to, however far. What a method of the program's own
// says of a value is read by that method.
//
//	json.Marshal(v)         becomes   json.Marshal(rtfmt.Encoded(7, v))
//	json.Unmarshal(b, &v)   becomes   json.Unmarshal(b, rtfmt.Filled(7, &v))
//
// The parts are noted before the call, each as a read or a write. The package makes these
// in the call, in one step.

// Encoded notes what is read of x, and returns it.
func Encoded[T any](s uint32, x T) T {
	if rt.Recording() {
		e := encoder{s, mostEncoded, map[unsafe.Pointer]bool{}}
		e.value(reflect.ValueOf(&x).Elem(), true)
	}
	return x
}

// EncodedAfter is Encoded once v was evaluated, which is returned.
func EncodedAfter[V, T any](v V, s uint32, x T) V {
	Encoded(s, x)
	return v
}

// Filled notes that the exported fields of the struct at x are written, and returns x.
func Filled[T any](s uint32, x *T) *T {
	if rt.Recording() && x != nil {
		fill(s, reflect.ValueOf(x).Elem())
	}
	return x
}

// FilledAfter is Filled once v was evaluated, which is returned.
func FilledAfter[V, T any](v V, s uint32, x *T) V {
	Filled(s, x)
	return v
}

func fill(s uint32, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case !encoded(f):
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			fill(s, open(v.Field(i)))
		default:
			rt.WritesAt(s, v.Field(i).Addr().UnsafePointer(), f.Type.Size())
		}
	}
}

// mostEncoded bounds how many parts of a value are looked at.
const mostEncoded = 4096

type encoder struct {
	site uint32
	left int
	seen map[unsafe.Pointer]bool
}

// value reads v as the package does. What is owned is a copy already, which has no
// address either: only what it leads to is anybody else's.
func (e *encoder) value(v reflect.Value, owned bool) {
	if e.left--; e.left < 0 || !v.IsValid() {
		return
	}
	switch t := v.Type(); {
	case t.Kind() == reflect.Pointer:
		e.variable(v, owned)
		e.pointee(v)
	case t.Kind() == reflect.Interface:
		e.variable(v, owned)
		e.value(held(v), true)
	case encodes(t):
		e.variable(v, owned)
	case !owned && encodes(reflect.PointerTo(t)):
		e.spoken(v)
	default:
		e.parts(v, owned)
	}
}

// held is what an interface holds, where it can be looked at as what is addressed can.
func held(v reflect.Value) reflect.Value {
	if v.IsNil() {
		return reflect.Value{}
	}
	x := reflect.New(v.Elem().Type()).Elem()
	x.Set(v.Elem())
	return x
}

func (e *encoder) pointee(p reflect.Value) {
	switch {
	case p.IsNil() || e.seen[p.UnsafePointer()]:
	case encodes(p.Type().Elem()):
		e.variable(p.Elem(), false) // a method gets a copy
	case encodes(p.Type()):
		e.spoken(p.Elem())
	default:
		e.seen[p.UnsafePointer()] = true
		e.value(p.Elem(), false)
	}
}

// spoken is a variable that has a method which says what it is: that reads it. Those of
// the library's objects are not seen.
func (e *encoder) spoken(v reflect.Value) {
	if t := v.Type(); unguarded.Type(t.PkgPath(), t.Name()) {
		e.variable(v, false)
	}
}

func (e *encoder) parts(v reflect.Value, owned bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); encoded(f) {
				e.value(open(v.Field(i)), owned)
			}
		}
	case reflect.Slice:
		e.variable(v, owned)
		e.elements(v, false)
	case reflect.Array:
		e.elements(v, owned)
	case reflect.Map:
		e.variable(v, owned)
		e.entries(v)
	default:
		e.variable(v, owned)
	}
}

func encoded(f reflect.StructField) bool {
	return (f.IsExported() || f.Anonymous && f.Type.Kind() == reflect.Struct) && f.Tag.Get("json") != "-"
}

// open is a field, also one whose name is not exported: of what is embedded the exported
// fields are read all the same.
func open(f reflect.Value) reflect.Value {
	return reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem()
}

func (e *encoder) elements(v reflect.Value, owned bool) {
	if v.Len() > 0 && v.Kind() == reflect.Slice && simple(v.Type().Elem()) {
		rt.ReadsAt(e.site, v.UnsafePointer(), uintptr(v.Len())*v.Type().Elem().Size())
		return
	}
	for i := range v.Len() {
		e.value(v.Index(i), owned)
	}
}

// simple says whether values of a type lead nowhere, and are no structs.
func simple(t reflect.Type) bool { return t.Kind() <= reflect.Complex128 || t.Kind() == reflect.String }

func (e *encoder) entries(m reflect.Value) {
	if m.IsNil() || e.seen[m.UnsafePointer()] {
		return
	}
	e.seen[m.UnsafePointer()] = true
	rt.ReadsAt(e.site, m.UnsafePointer(), 0)
	for all := m.MapRange(); all.Next(); {
		x := reflect.New(m.Type().Elem()).Elem()
		x.Set(all.Value())
		e.value(x, true)
	}
}

func (e *encoder) variable(v reflect.Value, owned bool) {
	if !owned {
		rt.ReadsAt(e.site, v.Addr().UnsafePointer(), v.Type().Size())
	}
}

// encodes says whether a method of a type says what is encoded.
func encodes(t reflect.Type) bool { return t.Implements(marshaler) || t.Implements(textMarshaler) }

var (
	marshaler     = reflect.TypeFor[interface{ MarshalJSON() ([]byte, error) }]()
	textMarshaler = reflect.TypeFor[interface{ MarshalText() ([]byte, error) }]()
)
