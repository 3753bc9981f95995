package rt

import (
	"slices"
	"unsafe"

	"threading101/kernel/event"
)

// Builtin functions, and some of the library, that read and write elements of
// slices. What they read is copied when the read is noted, and what they write is
// written when the write is: others may come between.

// Copy is copy(d, s).
func Copy[D ~[]E, S ~[]E, E any](w, l uint32, d D, s S) int {
	n := min(len(d), len(s))
	part := []E(s[:n])
	if l != 0 && touches(event.Load, l, part) && w != 0 {
		part = slices.Clone(part)
	}
	if w != 0 {
		touches(event.Store, w, []E(d[:n]))
	}
	return copy(d, part)
}

// CopyText is copy(d, s) of a string.
func CopyText[D ~[]byte, S ~string](w, _ uint32, d D, s S) int {
	if w != 0 {
		touches(event.Store, w, []byte(d[:min(len(d), len(s))]))
	}
	return copy(d, s)
}

// Append is append(s, v...).
func Append[E any, S ~[]E](l, w uint32, s S, v ...E) S {
	extends(l, w, s, len(v))
	return append(s, v...)
}

// AppendAll is append(s, t...), which reads t at site m.
func AppendAll[E any, S, T ~[]E](l, w, m uint32, s S, t T) S {
	all := []E(t)
	if m != 0 && touches(event.Load, m, all) {
		all = slices.Clone(all)
	}
	extends(l, w, s, len(all))
	return append(s, all...)
}

// AppendAllText is append(s, t...) of a string.
func AppendAllText[S ~[]byte, T ~string](l, w, _ uint32, s S, t T) S {
	extends(l, w, s, len(t))
	return append(s, t...)
}

// extends notes what append does to the elements of s: it writes n more where
// there is room, and copies all of them where there is none.
func extends[S ~[]E, E any](l, w uint32, s S, n int) {
	switch {
	case w == 0 || n == 0:
	case len(s)+n <= cap(s):
		touches(event.Store, w, []E(s[len(s):len(s)+n]))
	default:
		touches(event.Load, l, []E(s))
	}
}

// FirstElements notes that the first n elements of s are about to be read, and
// returns s, which may have fewer.
func FirstElements[S ~[]E, E any](l uint32, n int, s S) S {
	touches(event.Load, l, []E(s[:min(n, len(s))]))
	return s
}

// ClearSlice is clear(s).
func ClearSlice[S ~[]E, E any](w uint32, s S) {
	touches(event.Store, w, []E(s))
	clear(s)
}

// touches notes an access to all of s, and says whether it did.
func touches[E any](op event.Op, site uint32, s []E) bool {
	var e E
	if len(s) == 0 || unsafe.Sizeof(e) == 0 || quiet(site) {
		return false
	}
	access(op, site, unsafe.Pointer(unsafe.SliceData(s)), uintptr(len(s))*unsafe.Sizeof(e), 0)
	return true
}

// Functions of the library that use the elements of slices, and do so at once when
// all their arguments were evaluated. What is After comes when v was.

// ElementsR notes a read of all elements of x, and returns it.
func ElementsR[S ~[]E, E any](s uint32, x S) S {
	touches(event.Load, s, []E(x))
	return x
}

// ElementsW notes a write of all elements of x, and returns it.
func ElementsW[S ~[]E, E any](s uint32, x S) S {
	touches(event.Store, s, []E(x))
	return x
}

// ElementsG notes that x is made longer: its elements move in place, and one behind
// them, since nobody knows how many, if there is room, and are copied otherwise.
func ElementsG[S ~[]E, E any](s uint32, x S) S {
	if len(x) < cap(x) {
		touches(event.Store, s, []E(x[:len(x)+1]))
	} else {
		touches(event.Load, s, []E(x))
	}
	return x
}

// ElementsA notes that something is appended to x: one element, since nobody knows how
// many, is written behind it if there is room, or all are copied.
func ElementsA[S ~[]E, E any](s uint32, x S) S {
	if len(x) < cap(x) {
		touches(event.Store, s, []E(x[len(x):len(x)+1]))
	} else {
		touches(event.Load, s, []E(x))
	}
	return x
}

// ElementsRAfter is ElementsR.
func ElementsRAfter[V any, S ~[]E, E any](v V, s uint32, x S) V {
	ElementsR(s, x)
	return v
}

// ElementsWAfter is ElementsW.
func ElementsWAfter[V any, S ~[]E, E any](v V, s uint32, x S) V {
	ElementsW(s, x)
	return v
}

// ElementsGAfter is ElementsG.
func ElementsGAfter[V any, S ~[]E, E any](v V, s uint32, x S) V {
	ElementsG(s, x)
	return v
}

// ElementsAAfter is ElementsA.
func ElementsAAfter[V any, S ~[]E, E any](v V, s uint32, x S) V {
	ElementsA(s, x)
	return v
}

// Walk goes through a slice as a range clause does: its length is taken once, and
// each element is read when its turn comes.
type Walk[E any] struct {
	site  uint32
	all   []E
	i     int
	locks bool
}

// Each begins a walk: for i, v := range s becomes
//
//	for c, i, v, ok := rt.Each(7, s); ok; i, v, ok = c.Next()
func Each[S ~[]E, E any](site uint32, s S) (*Walk[E], int, E, bool) {
	w := &Walk[E]{site: site, all: s, i: -1}
	i, v, ok := w.Next()
	return w, i, v, ok
}

// EachLock is Each where the elements are locks, or have one in them.
func EachLock[S ~[]E, E any](site uint32, s S) (*Walk[E], int, E, bool) {
	w := &Walk[E]{site: site, all: s, i: -1, locks: true}
	i, v, ok := w.Next()
	return w, i, v, ok
}

// Next reads the next element; ok is false where there is none.
func (w *Walk[E]) Next() (i int, v E, ok bool) {
	if w.i++; w.i >= len(w.all) {
		return w.i, v, false
	}
	if w.locks {
		return w.i, LoadLock(w.site, &w.all[w.i]), true
	}
	return w.i, Load(w.site, &w.all[w.i]), true
}
