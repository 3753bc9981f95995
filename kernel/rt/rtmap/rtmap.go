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

// Walk is a map being walked, with keys and values.
type Walk[K comparable, V any] struct {
	m     map[K]V
	site  uint32
	iter  *reflect.MapIter
	key   K
	value V
	into  [2]reflect.Value // key, value
	order []K
	stray map[int]V
}

// Pairs begins to walk a map. The site is that of the read, 0 where reads of it are
// not recorded.
func Pairs[M ~map[K]V, K comparable, V any](s uint32, m M) (*Walk[K, V], K, V, bool) {
	if s != 0 {
		m = rt.MapR(s, m)
	}
	w := &Walk[K, V]{m: m, site: s, iter: reflect.ValueOf(m).MapRange()}
	w.into = [2]reflect.Value{reflect.ValueOf(&w.key).Elem(), reflect.ValueOf(&w.value).Elem()}
	k, v, ok := w.Next()
	return w, k, v, ok
}

// Next is the next entry; ok is false where there is none left.
func (w *Walk[K, V]) Next() (k K, v V, ok bool) {
	if !w.iter.Next() {
		return k, v, false
	}
	w.into[0].SetIterKey(w.iter)
	w.into[1].SetIterValue(w.iter)
	return w.key, w.value, true
}
