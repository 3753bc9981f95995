package rtos

import (
	"io"
	"reflect"
	"unsafe"

	"threading101/kernel/rt"
	"threading101/kernel/rt/unguarded"
)

// Object is an object of a library, a bytes.Buffer for instance, as another part of
// the library gets it to write to:
//
//	fmt.Fprintf(&buf, "%d", n)   becomes   rtfmt.Fprintf(7, rtos.Shared(8, &buf), "%d", n)
//
// Each write to it is noted when it is made.
type Object struct {
	io.Writer
	site uint32
	at   place
}

// place is where an object lies, and how many bytes it has; nil if it is none.
type place struct {
	p unsafe.Pointer
	n uintptr
}

// Write is the object's.
func (o *Object) Write(b []byte) (int, error) {
	rt.WritesAt(o.site, o.at.p, o.at.n)
	return o.Writer.Write(b)
}

// WriteString is the object's.
func (o *Object) WriteString(text string) (int, error) {
	rt.WritesAt(o.site, o.at.p, o.at.n)
	return io.WriteString(o.Writer, text)
}

// Shared is [Writer], also for an object that goroutines must not use at the same
// time.
func Shared(s uint32, w io.Writer) io.Writer {
	if f := Standard(w); f != nil {
		return &Stream{f, s}
	}
	if at := placeOf(w); at.p != nil {
		return &Object{w, s, at}
	}
	return w
}

// Kept is Shared for who keeps what it gets. Packages that have a bufio.Writer of
// their own take one that they are given in its place: it stays as it is.
func Kept(s uint32, w io.Writer) io.Writer {
	if buffers(w) {
		return w
	}
	return Shared(s, w)
}

func buffers(w any) bool {
	t := reflect.TypeOf(w)
	return t != nil && t.Kind() == reflect.Pointer && t.Elem().PkgPath() == "bufio"
}

// Source is an object of a library as another part of the library gets it to read
// from: that moves it on.
type Source struct {
	io.Reader
	site uint32
	at   place
}

// Read is the object's.
func (r *Source) Read(b []byte) (int, error) {
	rt.WritesAt(r.site, r.at.p, r.at.n)
	return r.Reader.Read(b)
}

// KeptReader returns r, or what notes that it is read, at site s. A bufio.Reader
// stays as it is, for the reason for which Kept leaves a bufio.Writer.
func KeptReader(s uint32, r io.Reader) io.Reader {
	if at := placeOf(r); at.p != nil && !buffers(r) {
		return &Source{r, s, at}
	}
	return r
}

// Written notes a write of x, where it is an object that goroutines must not use at
// the same time, and returns it.
func Written[T any](s uint32, x T) T {
	if at := placeOf(x); at.p != nil {
		rt.WritesAt(s, at.p, at.n)
	}
	return x
}

// Looked is Written for a read.
func Looked[T any](s uint32, x T) T {
	if at := placeOf(x); at.p != nil {
		rt.ReadsAt(s, at.p, at.n)
	}
	return x
}

// placeOf is where an object that goroutines must not use at the same time lies.
func placeOf(x any) place {
	if !rt.Prints() {
		return place{}
	}
	t := reflect.TypeOf(x)
	if t == nil || t.Kind() != reflect.Pointer {
		return place{}
	}
	e := t.Elem()
	if path := e.PkgPath(); path == "" || !unguarded.Type(path, e.Name()) && !unguarded.Digest(path) {
		return place{}
	}
	return place{reflect.ValueOf(x).UnsafePointer(), e.Size()}
}
