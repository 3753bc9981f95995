package rtmap

import (
	"reflect"
	"slices"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt"
)

// entry is an entry to visit.
type entry[K comparable, V any] struct {
	key   K
	stray bool // the key is not equal to itself: looking it up would not find it
	value V    // of a stray one
}

// plan chooses the order in which the entries are visited: sorted, so that it
// does not depend on Go's own choice, then shuffled by the scheduler. Where keys
// have no order, it is said that it does depend on it.
func (w *walk[K, V]) plan() {
	w.planned = true
	all := make([]entry[K, V], 0, len(w.m))
	for k, v := range w.m {
		e := entry[K, V]{key: k}
		if !equal(k, k) {
			e.stray, e.value = true, v
		}
		all = append(all, e)
	}
	w.left = make([]*entry[K, V], len(all))
	for i := range all {
		w.left[i] = &all[i]
	}
	if !w.sort() {
		rt.Loose(event.LooseMapOrder)
	}
	rt.Shuffle(len(w.left), func(i, j int) { w.left[i], w.left[j] = w.left[j], w.left[i] })
}

func equal[K comparable](a, b K) bool { return a == b }

// sort reports whether the keys have an order.
func (w *walk[K, V]) sort() bool {
	compare := order(reflect.TypeFor[K]())
	cmp := func(a, b *entry[K, V]) int { return compare(unsafe.Pointer(&a.key), unsafe.Pointer(&b.key)) }
	slices.SortFunc(w.left, cmp)
	for i := 1; i < len(w.left); i++ {
		if cmp(w.left[i-1], w.left[i]) == 0 {
			return false
		}
	}
	return true
}

// next is the next entry that is still there, with the value that it has now.
// Entries added meanwhile are not visited, as Go allows.
func (w *walk[K, V]) next() (k K, v V, ok bool) {
	for len(w.left) > 0 {
		if w.later && w.site != 0 {
			rt.MapR(w.site, w.m)
		}
		w.later = true
		e := w.left[0]
		w.left = w.left[1:]
		if e.stray {
			if len(w.m) == 0 { // only clear removes it
				continue
			}
			return e.key, e.value, true
		}
		if v, ok := w.m[e.key]; ok {
			return e.key, v, true
		}
	}
	return k, v, false
}
