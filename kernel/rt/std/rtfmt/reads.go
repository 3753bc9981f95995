package rtfmt

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"threading101/kernel/rt"
	"threading101/kernel/rt/text"
)

// What package fmt reads by itself, the elements of a slice for instance, others
// may be writing at that moment. An argument with such parts is marked:
//
//	fmt.Println(xs)   becomes   rtfmt.Println(7, rtfmt.Reads(8, xs))
//
// and in a controlled run each part is read as if the program did it, into a copy
// that fmt gets.

// reads is an argument of which parts are read at a site of their own.
type reads struct {
	site uint32
	x    any
}

// Reads marks an argument.
func Reads(s uint32, x any) any {
	if !rt.Controlled() {
		return x
	}
	return reads{s, x}
}

// ReadsAll marks each of several arguments.
func ReadsAll(s uint32, all []any) []any {
	if !rt.Controlled() {
		return all
	}
	marked := make([]any, len(all))
	for i := range all {
		rt.Glimpse(s, unsafe.Pointer(&all[i]), unsafe.Sizeof(all[i]))
		marked[i] = reads{s, all[i]}
	}
	return marked
}

// Sprint is fmt.Sprint.
func Sprint(a ...any) string { return fmt.Sprint(looked(0, a)...) }

// Sprintln is fmt.Sprintln.
func Sprintln(a ...any) string { return fmt.Sprintln(looked(0, a)...) }

// Sprintf is fmt.Sprintf.
func Sprintf(format string, a ...any) string { return fmt.Sprintf(format, lookedFor(0, format, a)...) }

// Errorf is fmt.Errorf.
func Errorf(format string, a ...any) error { return fmt.Errorf(format, lookedFor(0, format, a)...) }

// Append is fmt.Append.
func Append(b []byte, a ...any) []byte { return fmt.Append(b, looked(0, a)...) }

// Appendln is fmt.Appendln.
func Appendln(b []byte, a ...any) []byte { return fmt.Appendln(b, looked(0, a)...) }

// Appendf is fmt.Appendf.
func Appendf(b []byte, format string, a ...any) []byte {
	return fmt.Appendf(b, format, lookedFor(0, format, a)...)
}

// looked is what fmt is to print. What is not marked, and searched nevertheless,
// is told to the search as far as it can be seen.
func looked(s uint32, a []any) []any {
	if !rt.Controlled() {
		return a
	}
	l := looker{site: s, left: mostUnseen}
	for i, x := range a {
		if m, ok := x.(reads); ok {
			a[i] = m.look()
		} else if c, ok := x.(*sync.Cond); ok && c != nil {
			a[i] = new(sync.Cond)
		} else if rt.Searching() && s != 0 {
			l.argument(x)
		}
	}
	return a
}

// lookedFor is looked for a format. One with %p shows where things are, so that
// copies will not do.
func lookedFor(s uint32, format string, a []any) []any {
	if showsPointers(format) {
		for i, x := range a {
			if m, ok := x.(reads); ok {
				a[i] = m.x
			}
		}
	}
	return looked(s, a)
}

func showsPointers(format string) bool {
	for _, verb := range text.Split(format, "%")[1:] {
		for verb != "" && text.Index("+-# 0123456789.[]*", verb[:1]) >= 0 {
			verb = verb[1:]
		}
		if text.HasPrefix(verb, "p") {
			return true
		}
	}
	return false
}

// look reads an argument, and what fmt follows from it.
func (m reads) look() any {
	v := reflect.ValueOf(m.x)
	r := reader{m.site, mostReads}
	switch {
	case !v.IsValid():
		return m.x
	case v.Type() == condition:
		return blank
	case speaks(v.Type()):
		return r.receiver(v)
	}
	if v.Kind() == reflect.Pointer {
		return r.pointee(v)
	}
	own := reflect.New(v.Type())
	own.Elem().Set(v)
	dst := reflect.New(v.Type())
	r.copy(v.Type(), dst.UnsafePointer(), own.UnsafePointer(), true)
	return dst.Elem().Interface()
}

// speaks says whether what is printed is what a method says, which is the
// program's own code as a rule. Locks and atomics are nobody's to read.
func speaks(t reflect.Type) bool {
	switch t.PkgPath() {
	case "sync", "sync/atomic":
		return true
	}
	return says(t)
}

func says(t reflect.Type) bool {
	return t.Implements(formatter) || t.Implements(stringer) || t.Implements(failure)
}

// A condition holds addresses, its own among them: it is printed as if nobody had used
// it yet.
var (
	condition = reflect.TypeFor[sync.Cond]()
	blank     = reflect.Zero(condition).Interface()
)

// holdsLock says whether it is a lock, a group, a condition or a Once, or has one in it.
func holdsLock(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Array:
		return holdsLock(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsLock(t.Field(i).Type) {
				return true
			}
		}
		return t.PkgPath() == "sync"
	}
	return false
}

var (
	formatter = reflect.TypeFor[fmt.Formatter]()
	stringer  = reflect.TypeFor[fmt.Stringer]()
	failure   = reflect.TypeFor[error]()
)

// mostReads bounds how many variables are read one by one; what is beyond them is
// told as reads that no schedule comes between.
const mostReads = 256

type reader struct {
	site uint32
	left int
}

// receiver is a pointer to a copy where what is printed is what a method with a
// value receiver says: that gets a copy of what the pointer leads to.
func (r *reader) receiver(p reflect.Value) any {
	if p.Kind() != reflect.Pointer || p.IsNil() || !says(p.Type().Elem()) {
		return p.Interface()
	}
	dst := reflect.New(p.Type().Elem())
	r.variable(p.Type().Elem(), p.UnsafePointer())
	dst.Elem().Set(p.Elem())
	return dst.Convert(p.Type()).Interface()
}

// pointee follows a pointer that is printed itself: fmt prints what it points to,
// where that has parts.
func (r *reader) pointee(p reflect.Value) any {
	if p.IsNil() {
		return p.Interface()
	}
	switch t := p.Type().Elem(); t.Kind() {
	case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
		dst := reflect.New(t)
		r.copy(t, dst.UnsafePointer(), p.UnsafePointer(), false)
		return dst.Convert(p.Type()).Interface()
	}
	return p.Interface()
}

// copy reads a t at src into dst as fmt would, part by part. What is owned is a
// copy already: only what it leads to is anybody else's.
func (r *reader) copy(t reflect.Type, dst, src unsafe.Pointer, owned bool) {
	switch {
	case speaks(t):
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			r.copy(f.Type, unsafe.Add(dst, f.Offset), unsafe.Add(src, f.Offset), owned)
		}
		return
	case t.Kind() == reflect.Array:
		for i := range t.Len() {
			at := uintptr(i) * t.Elem().Size()
			r.copy(t.Elem(), unsafe.Add(dst, at), unsafe.Add(src, at), owned)
		}
		return
	}
	if !owned {
		r.variable(t, src)
	}
	if t == condition {
		return
	}
	to, from := reflect.NewAt(t, dst).Elem(), reflect.NewAt(t, src).Elem()
	to.Set(from)
	if !speaks(t) {
		r.follow(to)
	}
}

// follow puts copies in the place of what v, which is one itself, leads to.
func (r *reader) follow(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		r.elements(v)
	case reflect.Map:
		if !v.IsNil() {
			r.entries(v)
		}
	case reflect.Interface:
		if !v.IsNil() && v.Elem().Kind() != reflect.Pointer {
			v.Set(reflect.ValueOf(reads{r.site, v.Elem().Interface()}.look()))
		}
	}
}

func (r *reader) elements(v reflect.Value) {
	t, n := v.Type(), v.Len()
	if n == 0 {
		return
	}
	dst, src := reflect.MakeSlice(t, n, n), v.UnsafePointer()
	for i := range n {
		at := uintptr(i) * t.Elem().Size()
		r.copy(t.Elem(), unsafe.Add(dst.UnsafePointer(), at), unsafe.Add(src, at), false)
	}
	v.Set(dst)
}

func (r *reader) entries(v reflect.Value) {
	r.read(v.UnsafePointer(), 0)
	dst := reflect.MakeMapWithSize(v.Type(), v.Len())
	for all := v.MapRange(); all.Next(); {
		value := reflect.New(v.Type().Elem()).Elem()
		value.Set(all.Value())
		dst.SetMapIndex(all.Key(), value)
	}
	for _, key := range dst.MapKeys() {
		value := reflect.New(v.Type().Elem()).Elem()
		value.Set(dst.MapIndex(key))
		if !speaks(value.Type()) {
			r.follow(value)
		}
		dst.SetMapIndex(key, value)
	}
	v.Set(dst)
}

// variable reads one, a t at p.
func (r *reader) variable(t reflect.Type, p unsafe.Pointer) {
	if holdsLock(t) {
		rt.GlimpseLock(r.site, p, t.Size())
		return
	}
	r.read(p, t.Size())
}

// read is that of so many bytes, none of which are a lock's.
func (r *reader) read(p unsafe.Pointer, n uintptr) {
	if r.left--; r.left >= 0 {
		rt.Glimpse(r.site, p, n)
	} else if rt.Searching() && n > 0 {
		rt.Unseen(r.site, p, n)
	}
}
