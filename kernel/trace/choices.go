package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// A run that was asked to keep its choices has records of them, and, where nobody had
// decided what is next, of what could be. They are no events of the run, which is the
// same without: they are kept apart.

// choice is a choice in a log: before the entry of that index.
type choice struct {
	before int
	entry  Entry
}

// withoutChoices returns a log without those entries, and numbered as if there had
// never been any. What comes after the first offer only says how those are called who
// have not begun.
func (l *Log) withoutChoices() *Log {
	if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return e.Op == event.Decided || e.Op == event.Offer }) {
		return l
	}
	out := *l
	out.Entries, out.choices, out.offers, out.begun = make([]Entry, 0, len(l.Entries)), nil, nil, nil
	gone, unborn := uint64(0), l.beginnings()
	for i, e := range l.Entries {
		switch {
		case e.Op == event.Decided:
			out.choices = append(out.choices, choice{len(out.Entries), e})
		case e.Op == event.Offer:
			out.offers = append(out.offers, e)
		case i >= unborn && e.Op == event.Start:
			out.begun = append(out.begun, e)
		default:
			e.N -= gone
			out.Entries = append(out.Entries, e)
			continue
		}
		gone++
	}
	out.Count -= gone
	return &out
}

// beginnings is the index of the first of the entries before the first offer that say
// who has not begun.
func (l *Log) beginnings() int {
	at := slices.IndexFunc(l.Entries, func(e Entry) bool { return e.Op == event.Offer })
	if at < 0 {
		return len(l.Entries)
	}
	for at > 0 && l.Entries[at-1].Op == event.Start && l.Entries[at-1].G != mainNumber {
		at--
	}
	return at
}

// choices says what was decided.
func (b *builder) choices() {
	for _, c := range b.log.choices {
		to, among := event.UnpackChoice(c.entry.Aux)
		b.x.Choices = append(b.x.Choices, model.Choice{
			Before: c.before, Nth: c.entry.Obj, To: to, Among: among, Stays: c.entry.Flags&event.FlagStays != 0,
		})
	}
}

// whatNext says what could be next.
func (b *builder) whatNext() {
	for i := range b.log.offers {
		if o, ok := b.alternative(&b.log.offers[i]); ok {
			b.x.Offers = append(b.x.Offers, o)
		}
	}
}

func (b *builder) alternative(e *Entry) (o model.Offer, ok bool) {
	o = model.Offer{G: -1, To: e.G, Object: -1, Pos: b.pos(e.Site), Site: b.site(e.Site), Op: event.Print, Value: e.Text}
	if e.Flags&event.FlagText == 0 {
		if o.Op, o.Asks, o.Nth, ok = event.UnpackOffer(e.Aux); !ok {
			return o, false
		}
		o.Value = ""
	} else if o.Site.Op == event.Statement {
		o.Op = event.Statement
	}
	if lane, known := b.lanes[e.G]; known {
		o.G = lane
	}
	class := event.Table[o.Op].Class
	if e.Obj == 0 || !event.Classes[class].Thing {
		return o, true
	}
	key := objectKey{e.Obj, event.Classes[class].Kin}
	n, known := b.objects.index[key]
	if !known {
		n = b.newObject(key, class, o.Site.Object)
	}
	o.Object = n
	return o, true
}
