package trace

import (
	"slices"

	"threading101/kernel/event"
)

// In a controlled run it is noted which variables have bytes in common: a struct is
// read as a whole and written field by field. That is no event: it tells with which
// other accesses one may race.

// withoutHints returns a log without those entries, nor those that tell which
// channels have no buffer or who computed, and numbered as if there had never been
// any.
func (l *Log) withoutHints() *Log {
	if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return hint(e.Op) }) {
		return l
	}
	out := *l
	out.Entries, out.parts, out.bare, out.toils = make([]Entry, 0, len(l.Entries)), nil, map[uint64]bool{}, nil
	gone := uint64(0)
	for _, e := range l.Entries {
		switch e.Op {
		case event.Part:
			out.parts = append(out.parts, [2]uint64{e.Obj, e.Aux})
			gone++
		case event.Bare:
			out.bare[e.Obj] = true
			gone++
		case event.Compute:
			out.toils = append(out.toils, toil{e.G, len(out.Entries)})
			gone++
		default:
			e.N -= gone
			out.Entries = append(out.Entries, e)
		}
	}
	out.Count -= gone
	return &out
}

func hint(op event.Op) bool { return op == event.Part || op == event.Bare || op == event.Compute }

// toil says that a goroutine computed before the entry of that index.
type toil struct {
	g      uint32
	before int
}

// toils says who computed, and when.
func (b *builder) toils() {
	for _, t := range b.log.toils {
		if lane, ok := b.lanes[t.g]; ok {
			b.x.Toils = append(b.x.Toils, Toil{lane, t.before})
		}
	}
}

// bares marks the channels that have no buffer.
func (b *builder) bares() {
	for i := range b.x.Objects {
		o := &b.x.Objects[i]
		o.Bare = event.Classes[o.Class].Kin == event.ClassChannel && b.log.bare[o.Addr]
	}
}

// parts tells the variables that have bytes in common of each other.
func (b *builder) parts() {
	at := func(addr uint64) (int, bool) {
		n, ok := b.objects.index[objectKey{addr, event.ClassMemory}]
		return n, ok
	}
	for _, pair := range b.log.parts {
		i, ok := at(pair[0])
		j, also := at(pair[1])
		if !ok || !also || i == j || slices.Contains(b.x.Objects[i].Parts, j) {
			continue
		}
		b.x.Objects[i].Parts = append(b.x.Objects[i].Parts, j)
		b.x.Objects[j].Parts = append(b.x.Objects[j].Parts, i)
	}
}
