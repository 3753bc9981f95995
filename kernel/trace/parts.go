package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// In a controlled run it is noted which variables an access touches beside that at its
// address: a struct is read as a whole and written field by field. That is no event: it
// tells with which other accesses one may race.

// part says that an access at a site, to the variable at an address, is one to another
// as well.
type part struct {
	site        uint32
	whole, part uint64 // addresses
}

// copying says that an access at a site, to the variable at an address, is one to the
// locks in so many bytes from there as well.
type copying struct {
	site        uint32
	whole, size uint64
}

// mostCopies is how many of them are believed.
const mostCopies = 1 << 12

// withoutHints returns a log without those entries, nor those that tell how large
// buffers are, what files are called, or who computed, and numbered as if there had
// never been any.
func (l *Log) withoutHints() *Log {
	if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return hint(e.Op) }) {
		return l
	}
	out := *l
	out.Entries, out.parts, out.copies, out.buffers, out.called, out.computed = make([]Entry, 0, len(l.Entries)), nil, nil, map[uint64]uint64{}, map[uint64]string{}, nil
	gone := uint64(0)
	for _, e := range l.Entries {
		switch e.Op {
		case event.Part:
			out.parts = append(out.parts, part{e.Site, e.Obj, e.Aux})
			gone++
		case event.Spans:
			if gone++; len(out.copies) < mostCopies {
				out.copies = append(out.copies, copying{e.Site, e.Obj, e.Aux})
			}
		case event.Buffer:
			out.buffers[e.Obj] = e.Aux
			gone++
		case event.Called:
			out.called[e.Obj] = e.Text
			gone++
		case event.Compute:
			out.computed = append(out.computed, computation{e.G, len(out.Entries)})
			gone++
		default:
			e.N -= gone
			out.Entries = append(out.Entries, e)
		}
	}
	out.Count -= gone
	return &out
}

func hint(op event.Op) bool {
	return op == event.Part || op == event.Spans || op == event.Buffer || op == event.Called || op == event.Compute
}

// computation says that a goroutine computed before the entry of that index.
type computation struct {
	g      uint32
	before int
}

// computed says who computed, and when.
func (b *builder) computed() {
	for _, t := range b.log.computed {
		if lane, ok := b.lanes[t.g]; ok {
			b.x.Computed = append(b.x.Computed, model.Computation{G: lane, Before: t.before})
		}
	}
}

// mostBuffer is how many values a buffer is believed to hold.
const mostBuffer = 1 << 40

// buffers tells the channels how large their buffers are.
func (b *builder) buffers() {
	for i := range b.x.Objects {
		o := &b.x.Objects[i]
		n, known := b.log.buffers[o.Addr]
		if known && n <= mostBuffer && event.Classes[o.Class].Kin == event.ClassChannel {
			o.Bare, o.Buffer = n == 0, int(n)
		}
	}
}

// parts tells the events which variables they touch beside their object.
func (b *builder) parts() {
	type access struct {
		site   uint32
		object int
	}
	all := map[access][]int{}
	add := func(site uint32, whole, other int) {
		if a := (access{site, whole}); !slices.Contains(all[a], other) {
			all[a] = append(all[a], other)
		}
	}
	for _, p := range b.log.parts {
		whole, known := b.variable(p.whole)
		other, also := b.variable(p.part)
		if known && also {
			add(p.site, whole, other)
		}
	}
	for _, s := range b.log.copies {
		if whole, known := b.variable(s.whole); known {
			for _, lock := range b.locksIn(s) {
				add(s.site, whole, lock)
			}
		}
	}
	for i := range b.x.Events {
		if e := &b.x.Events[i]; len(all) > 0 && e.Object >= 0 {
			e.Parts = all[access{b.log.Entries[i].Site, e.Object}]
		}
	}
}

// locksIn are the locks that lie in what is copied, which are memory then.
func (b *builder) locksIn(s copying) (all []int) {
	for i := range b.x.Objects {
		o := &b.x.Objects[i]
		if kin := event.Classes[o.Class].Kin; (kin == event.ClassMutex || kin == event.ClassOnce) && s.whole <= o.Addr && o.Addr-s.whole < s.size {
			all = append(all, i)
		}
	}
	return all
}

// variable is the variable at an address, if there is one in the run.
func (b *builder) variable(addr uint64) (object int, ok bool) {
	object, ok = b.objects.index[objectKey{addr, event.ClassMemory}]
	return object, ok
}
