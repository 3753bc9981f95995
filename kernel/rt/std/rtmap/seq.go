package rtmap

import (
	"iter"
	"maps"

	"threading101/kernel/rt"
)

// All is maps.All.
func All[M ~map[K]V, K comparable, V any](s uint32, m M) iter.Seq2[K, V] {
	if !rt.Controlled() {
		return maps.All(m)
	}
	return func(yield func(K, V) bool) {
		for c, k, v, ok := Pairs(s, m); ok && yield(k, v); k, v, ok = c.Next() {
		}
	}
}

// AllKeys is maps.Keys.
func AllKeys[M ~map[K]V, K comparable, V any](s uint32, m M) iter.Seq[K] {
	if !rt.Controlled() {
		return maps.Keys(m)
	}
	return func(yield func(K) bool) {
		for c, k, ok := Keys(s, m); ok && yield(k); k, ok = c.Next() {
		}
	}
}

// AllValues is maps.Values.
func AllValues[M ~map[K]V, K comparable, V any](s uint32, m M) iter.Seq[V] {
	if !rt.Controlled() {
		return maps.Values(m)
	}
	return func(yield func(V) bool) {
		for c, _, v, ok := Pairs(s, m); ok && yield(v); _, v, ok = c.Next() {
		}
	}
}
