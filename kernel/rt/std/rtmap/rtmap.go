// Package rtmap walks maps for rewritten programs:
//
//	for k, v := range m {
//
// becomes
//
//	for c, k, v, ok := rtmap.Pairs(7, m); ok; k, v, ok = c.Next() {
//
// Where no scheduler is at work this is Go's own iteration, step by step: its
// order, what it does about entries that come and go meanwhile, and the fatal
// error where another goroutine writes. Under a scheduler the order is one that
// the scheduler chose.
//
// It is a package of its own so that only programs that walk maps link package
// reflect.
package rtmap

import (
	"reflect"

	"threading101/kernel/rt"
)

// PairWalk is a map being walked, for its keys and values.
type PairWalk[K comparable, V any] struct {
	walk[K, V]
	key   K
	value V
	into  [2]reflect.Value // these two
}

// Pairs begins to walk a map. The site is that of the read, 0 where reads of it
// are not recorded.
func Pairs[M ~map[K]V, K comparable, V any](s uint32, m M) (*PairWalk[K, V], K, V, bool) {
	w := &PairWalk[K, V]{walk: walk[K, V]{m: m, site: s}}
	w.into = [2]reflect.Value{reflect.ValueOf(&w.key).Elem(), reflect.ValueOf(&w.value).Elem()}
	w.begin()
	k, v, ok := w.Next()
	return w, k, v, ok
}

// Next is the next entry; ok is false where none is left.
func (w *PairWalk[K, V]) Next() (k K, v V, ok bool) {
	if w.planned {
		return w.next()
	}
	if !w.iter.Next() {
		return k, v, false
	}
	w.into[0].SetIterKey(&w.iter)
	w.into[1].SetIterValue(&w.iter)
	return w.key, w.value, true
}

// KeyWalk is a map being walked, for its keys.
type KeyWalk[K comparable, V any] struct {
	walk[K, V]
	key  K
	into reflect.Value // key
}

// Keys is Pairs where the values are not wanted.
func Keys[M ~map[K]V, K comparable, V any](s uint32, m M) (*KeyWalk[K, V], K, bool) {
	w := &KeyWalk[K, V]{walk: walk[K, V]{m: m, site: s}}
	w.into = reflect.ValueOf(&w.key).Elem()
	w.begin()
	k, ok := w.Next()
	return w, k, ok
}

// Next is the next key; ok is false where none is left.
func (w *KeyWalk[K, V]) Next() (k K, ok bool) {
	if w.planned {
		k, _, ok = w.next()
		return k, ok
	}
	if !w.iter.Next() {
		return k, false
	}
	w.into.SetIterKey(&w.iter)
	return w.key, true
}

// walk is what both have.
type walk[K comparable, V any] struct {
	m       map[K]V
	site    uint32
	iter    reflect.MapIter
	planned bool           // the order is one that a scheduler chose
	left    []*entry[K, V] // of that, what is to come
	later   bool           // the first is over
}

func (w *walk[K, V]) begin() {
	if w.site != 0 {
		rt.MapR(w.site, w.m)
	}
	if rt.Controlled() {
		w.plan()
		return
	}
	w.iter.Reset(reflect.ValueOf(w.m))
}
