package trace

import (
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// objects tells objects apart, in the order of their first use.
type objects struct {
	index   map[objectKey]int
	taken   namesake
	touched []int       // by which lane; -1 by none, -2 by several
	closed  map[int]int // by channel: the index of the event that closed it
	last    map[int]int // by lane: the index of its last event
}

// objectKey is an object while it lives: an address and what lies there. A lock
// may have the address of the variable that it is the first field of.
type objectKey struct {
	addr  uint64
	class event.Class
}

func newObjects() *objects {
	return &objects{index: map[objectKey]int{}, taken: namesake{}, closed: map[int]int{}, last: map[int]int{}}
}

// object returns the index of entry i's object, -1 if it has none.
func (b *builder) object(i int, e *Entry) int {
	class, lane := event.Table[e.Op].Class, b.lanes[e.G]
	defer func() { b.objects.last[lane] = i }()
	if e.Obj == 0 || !event.Classes[class].Thing {
		return -1
	}
	o, key := b.objects, objectKey{e.Obj, event.Classes[class].Kin}
	n, ok := o.index[key]
	if !ok || e.Op == event.Send && o.reborn(n, lane) {
		n = b.newObject(key, class, b.site(e.Site).Object)
	}
	b.touch(n, class, lane)
	if e.Op == event.Close {
		o.closed[n] = i
	}
	return n
}

// reborn says whether a send shows that another channel now lies where a closed
// one was. A send is noted after it happened, so only a send whose goroutine
// did something else after the closing is surely later.
func (o *objects) reborn(n, lane int) bool {
	closed, ok := o.closed[n]
	last, any := o.last[lane]
	return ok && any && last >= closed
}

func (b *builder) newObject(key objectKey, class event.Class, name string) int {
	if called := b.log.called[key.addr]; called != "" && class == event.ClassFile {
		name = called
	}
	if name = clean(name); name == "" {
		name = event.Classes[class].Noun
	}
	n := len(b.x.Objects)
	b.objects.index[key] = n
	b.objects.touched = append(b.objects.touched, -1)
	b.x.Objects = append(b.x.Objects, model.Object{Class: class, Addr: key.addr, Name: b.objects.taken.unique(name)})
	return n
}

// bareNames gives a lock or a channel its bare name where a variable took it:
// the pointer through which it is reached.
func (b *builder) bareNames() {
	named := map[string]int{}
	for i, o := range b.x.Objects {
		named[o.Name] = i
	}
	for i := range b.x.Objects {
		o := &b.x.Objects[i]
		bare, _, numbered := strings.Cut(o.Name, "·")
		j, taken := named[bare]
		if !numbered || !taken || event.Classes[o.Class].Kin == event.ClassMemory || event.Classes[b.x.Objects[j].Class].Kin != event.ClassMemory {
			continue
		}
		o.Name, b.x.Objects[j].Name = bare, o.Name
		delete(named, bare)
	}
}

// touch notes that a lane used the object, in the way of that class.
func (b *builder) touch(n int, class event.Class, lane int) {
	o := &b.x.Objects[n]
	switch {
	case class == event.ClassRWMutex || class == event.ClassMemory && o.Class == event.ClassAtomic:
		o.Class = class
	case o.Class == event.ClassSelect:
		o.Class = event.ClassChannel
	}
	t := &b.objects.touched[n]
	if *t == -1 {
		*t = lane
	} else if *t != lane {
		*t = -2
		o.Shared = true
	}
}

// partial marks an object on which code acts that is not recorded.
func (b *builder) partial(n int) { b.x.Objects[n].Partial = true }
