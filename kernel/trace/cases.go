package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// A select that has to wait in a controlled run is recorded with its cases. They
// are no events of their own: they belong to the want of the goroutine, and are
// worth knowing only where it still waits when the run ends.

// withoutCases returns a log without the entries of cases, and numbered as if
// there had never been any. It keeps the cases of those who wait at the end.
func (l *Log) withoutCases() *Log {
	if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return e.Op == event.Case }) {
		return l
	}
	out := *l
	out.Entries, out.cases = make([]Entry, 0, len(l.Entries)), map[uint32][]Entry{}
	gone := uint64(0)
	for _, e := range l.Entries {
		if e.Op == event.Case {
			out.cases[e.G] = append(out.cases[e.G], e)
			gone++
			continue
		}
		if e.Op != event.Name {
			delete(out.cases, e.G)
		}
		e.N -= gone
		out.Entries = append(out.Entries, e)
	}
	out.Count -= gone
	return &out
}

// selects gives those who wait in a select at the end their cases, where all of
// them are known: a select of a real run is recorded without.
func (b *builder) selects() {
	last := fill(len(b.rows), -1)
	for i := range b.x.Events {
		if e := &b.x.Events[i]; e.Op != event.Name {
			last[e.G] = i
		}
	}
	for lane, i := range last {
		cases := b.log.cases[b.rows[lane].number]
		if i < 0 || b.x.Events[i].Op != event.SelectWant || b.log.Entries[i].Aux != uint64(len(cases)) {
			continue
		}
		ours := b.site(b.log.Entries[i].Site).Op == event.SelectWant
		for _, c := range cases {
			b.x.Events[i].Cases = append(b.x.Events[i].Cases, b.offered(&c, lane, ours))
		}
	}
}

// offered is a case as an Execution has it. The select of a library has no sites
// for its cases.
func (b *builder) offered(e *Entry, lane int, ours bool) model.Case {
	c := model.Case{Object: -1, Send: e.Flags&event.FlagSends != 0, Outside: !ours}
	if e.Obj == 0 {
		return c
	}
	name := ""
	if ours {
		name = b.site(e.Site).Object
	}
	key := objectKey{e.Obj, event.ClassChannel}
	n, ok := b.objects.index[key]
	if !ok {
		n = b.newObject(key, event.ClassChannel, name)
	}
	b.touch(n, event.ClassChannel, lane)
	c.Object = n
	c.Outside = c.Outside || ours && b.site(e.Site).Given
	return c
}

// blocksSelect says whether a goroutine waits in a select for good: in none of
// its cases can it ever go on.
func (b facts) blocksSelect(want int) bool {
	cases := b.x.Events[want].Cases
	if uint64(len(cases)) != b.log.Entries[want].Aux {
		return false
	}
	return !slices.ContainsFunc(cases, func(c model.Case) bool { return !b.blocksCase(want, c) })
}

func (b facts) blocksCase(want int, c model.Case) bool {
	if c.Object < 0 {
		return true
	}
	if o := &b.x.Objects[c.Object]; c.Outside || o.Partial {
		return false
	}
	if c.Send {
		return b.blocksSend(want, c.Object)
	}
	return b.blocksRecv(c.Object)
}
