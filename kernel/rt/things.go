package rt

import "unsafe"

// things are the objects and variables of a run. Many runs in one process use
// the same memory for what they know of them.
type things struct {
	objects   map[unsafe.Pointer]*object
	locations map[unsafe.Pointer]*location
	ord       uint32

	oldObjects   []*object // used by this run: the first of them, in order
	oldLocations []*location
	nObjects     int
	nLocations   int
}

// reset forgets all things.
func (t *things) reset() {
	if t.objects == nil {
		t.objects, t.locations = map[unsafe.Pointer]*object{}, map[unsafe.Pointer]*location{}
	}
	clear(t.objects)
	clear(t.locations)
	t.ord, t.nObjects, t.nLocations = 0, 0, 0
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
	*o = object{ptr: ptr, ord: t.ordinal(), waiters: o.waiters[:0], queue: o.queue[:0], group: group{all: o.group.all[:0], unsaid: o.group.unsaid[:0]}}
	return o
}

func (t *things) newLocation(ptr unsafe.Pointer) *location {
	if t.nLocations == len(t.oldLocations) {
		t.oldLocations = append(t.oldLocations, new(location))
	}
	l := t.oldLocations[t.nLocations]
	t.nLocations++
	*l = location{ptr: ptr, ord: t.ordinal()}
	return l
}
