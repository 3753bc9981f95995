package rt

import "unsafe"

// things are the objects and variables of a run. Many runs in one process use
// the same memory for what they know of them.
type things struct {
	objects map[unsafe.Pointer]*object
	lines   lines
	ord     uint32

	oldObjects   []*object // used by this run: the first of them, in order
	oldLocations []*location
	nObjects     int
	nLocations   int

	lastObjects   [cacheSize]*object // found last, by the low bits of their addresses
	lastLocations [cacheSize]*location
}

// cacheSize is a power of two: a run touches few things again and again.
const cacheSize = 16

func cached(ptr unsafe.Pointer) uintptr { return uintptr(ptr) >> 3 % cacheSize }

// objectAt returns the object at ptr, nil if there is none yet.
func (t *things) objectAt(ptr unsafe.Pointer) *object {
	last := &t.lastObjects[cached(ptr)]
	if o := *last; o != nil && o.ptr == ptr {
		return o
	}
	o := t.objects[ptr]
	if o != nil {
		*last = o
	}
	return o
}

// locationAt returns the variable of that size at ptr, nil if there is none yet.
func (t *things) locationAt(ptr unsafe.Pointer, size uintptr) *location {
	last := &t.lastLocations[cached(ptr)]
	if l := *last; l != nil && l.ptr == ptr && l.size == size {
		return l
	}
	l := t.lines.at(ptr, size)
	if l != nil {
		*last = l
	}
	return l
}

// reset forgets all things.
func (t *things) reset() {
	if t.objects == nil {
		t.objects = map[unsafe.Pointer]*object{}
	}
	clear(t.objects)
	t.lines.reset()
	t.ord, t.nObjects, t.nLocations = 0, 0, 0
	t.lastObjects, t.lastLocations = [cacheSize]*object{}, [cacheSize]*location{}
}

// ordinal numbers things in the order of their first use: addresses differ from
// run to run.
func (t *things) ordinal() uint32 {
	t.ord++
	return t.ord
}

func (t *things) newObject(ptr unsafe.Pointer) *object {
	if t.nObjects == len(t.oldObjects) {
		t.oldObjects = append(t.oldObjects, new(object))
	}
	o := t.oldObjects[t.nObjects]
	t.nObjects++
	*o = object{ptr: ptr, ord: t.ordinal(), waiters: queue{places: o.waiters.places[:0]}, queue: o.queue[:0], group: group{all: o.group.all[:0], unsaid: o.group.unsaid[:0]}}
	return o
}

func (t *things) newLocation(ptr unsafe.Pointer, size uintptr) *location {
	if t.nLocations == len(t.oldLocations) {
		t.oldLocations = append(t.oldLocations, new(location))
	}
	l := t.oldLocations[t.nLocations]
	t.nLocations++
	*l = location{ptr: ptr, size: size, ord: t.ordinal(), overlap: l.overlap[:0], sites: l.sites[:0]}
	t.lines.add(l, t.oldLocations[:t.nLocations])
	return l
}
