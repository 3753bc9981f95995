package rt

// Walk goes through a slice as a range clause does: its length is taken once, and
// each element is read when its turn comes.
type Walk[E any] struct {
	site uint32
	all  []E
	i    int
}

// Each begins a walk: for i, v := range s becomes
//
//	for c, i, v, ok := rt.Each(7, s); ok; i, v, ok = c.Next()
func Each[S ~[]E, E any](site uint32, s S) (*Walk[E], int, E, bool) {
	w := &Walk[E]{site: site, all: s, i: -1}
	i, v, ok := w.Next()
	return w, i, v, ok
}

// Next reads the next element; ok is false where there is none.
func (w *Walk[E]) Next() (i int, v E, ok bool) {
	if w.i++; w.i >= len(w.all) {
		return w.i, v, false
	}
	return w.i, Load(w.site, &w.all[w.i]), true
}
