package rt

// overlaps are the variables that are parts of others: an array is read as a
// whole and written element by element.
type overlaps struct {
	wide []*location         // longer than a word
	of   map[uint32][]uint32 // by number of first use
}

// wordSize is the size of what cannot have parts of its own.
const wordSize = 8

func (v *overlaps) reset() {
	v.wide = v.wide[:0]
	clear(v.of)
}

// add notes that l has so many bytes, and finds what lies in it or around it.
func (v *overlaps) add(c *control, l *location, size uintptr) {
	was := l.size
	l.size = max(was, size)
	switch {
	case l.size > wordSize:
		for _, other := range c.oldLocations[:c.nLocations] {
			v.compare(l, other)
		}
		if was <= wordSize {
			v.wide = append(v.wide, l)
		}
	case was == 0:
		for _, other := range v.wide {
			v.compare(l, other)
		}
	}
}

func (v *overlaps) compare(a, b *location) {
	from, to := uintptr(a.ptr), uintptr(b.ptr)
	if a == b || from >= to+max(b.size, 1) || to >= from+max(a.size, 1) {
		return
	}
	for _, known := range v.of[a.ord] {
		if known == b.ord {
			return
		}
	}
	if v.of == nil {
		v.of = map[uint32][]uint32{}
	}
	v.of[a.ord] = append(v.of[a.ord], b.ord)
	v.of[b.ord] = append(v.of[b.ord], a.ord)
}
