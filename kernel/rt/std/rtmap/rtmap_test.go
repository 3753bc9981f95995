package rtmap

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// collect walks a map as a rewritten program does.
func collect[K comparable, V any](m map[K]V) (keys []K, values []V) {
	for c, k, v, ok := Pairs(0, m); ok; k, v, ok = c.Next() {
		keys, values = append(keys, k), append(values, v)
	}
	return keys, values
}

// TestWalk: all entries, each once, by both ways of walking, in Go's own order
// and in one that was planned.
func TestWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.MapOf(rapid.Int8(), rapid.String()).Draw(t, "m")
		got := map[int8]string{}
		for c, k, v, ok := Pairs(0, m); ok; k, v, ok = c.Next() {
			got[k] += v + "."
		}
		planned := map[int8]string{}
		w := planOf(m)
		for k, v, ok := w.next(); ok; k, v, ok = w.next() {
			planned[k] += v + "."
		}
		n := 0
		for c, k, ok := Keys(0, m); ok; k, ok = c.Next() {
			n++
			if m[k]+"." != got[k] || got[k] != planned[k] {
				t.Errorf("%d: %q, %q, want %q once", k, got[k], planned[k], m[k])
			}
		}
		if len(got) != len(m) || n != len(m) || len(planned) != len(m) {
			t.Errorf("%d, %d and %d entries, want %d", len(got), n, len(planned), len(m))
		}
	})
}

func planOf[K comparable, V any](m map[K]V) *walk[K, V] {
	w := &walk[K, V]{m: m}
	w.plan()
	return w
}

// TestOrder: the order of a plan depends on the keys alone, and it is known
// where that cannot be.
func TestOrder(t *testing.T) {
	type pair struct {
		_ int
		a int8
		s string
	}
	type named string
	sorted(t, -3, 0, 2, math.MaxInt)
	sorted(t, uint8(0), 1, 200)
	sorted(t, "", "a", "ab", "b")
	sorted(t, named("x"), "y")
	sorted(t, false, true)
	sorted(t, math.Inf(-1), -1, math.SmallestNonzeroFloat64, 1)
	sorted(t, 1+1i, 1+2i, 2)
	sorted(t, [2]int{0, 9}, [2]int{1, 0}, [2]int{1, 1})
	sorted(t, pair{a: -1, s: "z"}, pair{a: 0, s: "b"}, pair{a: 0, s: "c"})
	sorted[any](t, nil, 1, 2, pair{}, "a", "b") // int < rtmap.pair < string
	sorted[fmt.Stringer](t, nil, stringer(1), stringer(2))
	if planOf(map[*int]int{new(int): 1, new(int): 2}).sort() {
		t.Error("pointers are said to have an order")
	}
	if planOf(map[any]int{new(int): 1, new(int): 2, 3: 3}).sort() {
		t.Error("pointers in interfaces are said to have an order")
	}
	if !planOf(map[*int]int{new(int): 1}).sort() || !planOf(map[chan int]int{}).sort() {
		t.Error("one key alone is said to have no order")
	}
	if planOf(map[float64]int{math.NaN(): 1, math.NaN(): 2}).sort() {
		t.Error("what is no number is said to have an order")
	}
}

type stringer int

func (stringer) String() string { return "" }

// sorted checks the order of keys, which are given in it.
func sorted[K comparable](t *testing.T, keys ...K) {
	t.Helper()
	m := map[K]bool{}
	for _, k := range slices.Backward(keys) {
		m[k] = true
	}
	var got []K
	w := planOf(m)
	if !w.sort() {
		t.Errorf("%v: no order", keys)
	}
	for k, _, ok := w.next(); ok; k, _, ok = w.next() {
		got = append(got, k)
	}
	if !slices.Equal(got, keys) {
		t.Errorf("%v, want %v", got, keys)
	}
}

// TestChanges: of a planned walk too, entries that were deleted are not visited,
// values are those at the time, and clear ends it.
func TestChanges(t *testing.T) {
	m := map[int]string{1: "a", 2: "b", 3: "c", 4: "d"}
	w := planOf(m)
	w.next()
	delete(m, 2)
	m[3], m[5] = "C", "e"
	if k, v, ok := w.next(); k != 3 || v != "C" || !ok {
		t.Errorf("next is %d %q %t, want 3 C", k, v, ok)
	}
	clear(m)
	if k, _, ok := w.next(); ok {
		t.Errorf("next is %d after clear", k)
	}
	nan := map[float64]int{math.NaN(): 1, math.NaN(): 2, 0: 4}
	sum := 0
	v := planOf(nan)
	for _, n, ok := v.next(); ok; _, n, ok = v.next() {
		sum += n
	}
	if sum != 7 {
		t.Errorf("the values add up to %d, want 7", sum)
	}
	v = planOf(nan)
	clear(nan)
	if _, n, ok := v.next(); ok {
		t.Errorf("visited %d after clear", n)
	}
}

// A walk as Go does it follows a map that changes meanwhile.
func TestChangesPlain(t *testing.T) {
	m := map[int]int{}
	for i := range 100 {
		m[i] = i
	}
	n := 0
	for c, k, ok := Keys(0, m); ok; k, ok = c.Next() {
		n++
		delete(m, k)
		delete(m, (k+50)%100)
	}
	if n != 50 || len(m) != 0 {
		t.Errorf("%d visited, %d left", n, len(m))
	}
}

func TestNil(t *testing.T) {
	if keys, _ := collect[string, int](nil); keys != nil {
		t.Errorf("visited %v in no map", keys)
	}
}

func TestCompareBytes(t *testing.T) {
	a, b := uint8(200), uint8(100)
	if of[uint8](unsafe.Pointer(&a), unsafe.Pointer(&b)) <= 0 {
		t.Error("200 is not above 100")
	}
}

func BenchmarkPairs(b *testing.B) {
	for _, n := range []int{3, 100} {
		m := maps.Collect(func(yield func(int, string) bool) {
			for i := range n {
				yield(i, "v")
			}
		})
		b.Run(fmt.Sprintf("plain/%d", n), func(b *testing.B) {
			for b.Loop() {
				for k, v := range m {
					_, _ = k, v
				}
			}
		})
		b.Run(fmt.Sprintf("walked/%d", n), func(b *testing.B) {
			for b.Loop() {
				for c, k, v, ok := Pairs(0, m); ok; k, v, ok = c.Next() {
					_, _ = k, v
				}
			}
		})
		b.Run(fmt.Sprintf("planned/%d", n), func(b *testing.B) {
			for b.Loop() {
				w := planOf(m)
				for _, _, ok := w.next(); ok; _, _, ok = w.next() {
				}
			}
		})
	}
}
