package trace

import (
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// What a database says after a statement, or while it waits, is recorded behind it. It is
// no event of the run, which is the same without.

// said is a fact in a log: after the goroutine's first done entries.
type said struct {
	event.Fact
	by   uint32
	done int
}

// factOf reads a fact as it is recorded.
func factOf(text string) (f event.Fact, ok bool) {
	kind, rest, _ := strings.Cut(text, " ")
	number, rest, _ := strings.Cut(rest, " ")
	n, err := strconv.ParseUint(number, 10, 32)
	return event.Fact{Kind: event.FactKind(kind), G: uint32(n), Text: rest}, err == nil
}

// stories tells the events what the database said. did are the events of each goroutine.
func (b *builder) stories(did [][]int) {
	t := transactions{builder: b, open: map[string]int{}, first: map[string]int{}, rows: map[string]int{}, let: map[int]int{}}
	for _, s := range b.log.said {
		by, ok := b.lanes[s.by]
		g, known := b.lanes[s.G]
		if !ok || !known || s.done == 0 || s.done > len(did[by]) {
			continue
		}
		i := did[by][s.done-1]
		if event.Table[b.x.Events[i].Op].Class == event.ClassDatabase {
			t.fact(i, g, s.Fact)
		}
	}
	for i := range b.x.Events {
		t.goesOn(i)
	}
}

// transactions are those of a run that is built.
type transactions struct {
	*builder
	open  map[string]int // by what tells them apart: indices in Transactions
	first map[string]int // of those: the event that saw the data first
	rows  map[string]int // by name: indices in Objects
	let   map[int]int    // by the event that began to wait: the one that ended that
}

func (t *transactions) fact(i, g int, f event.Fact) {
	e := &t.x.Events[i]
	switch f.Kind {
	case event.Begins:
		t.open[f.Text] = len(t.x.Transactions)
		t.x.Transactions = append(t.x.Transactions, model.Transaction{G: g, First: i, Last: -1})
	case event.SeesNow, event.SeesFirst:
		t.sees(i, f)
	case event.Commits, event.RollsBack, event.IsRefused:
		if n, ok := t.open[f.Text]; ok {
			t.x.Transactions[n].Last, t.x.Transactions[n].How = i, f.Kind
			delete(t.open, f.Text)
		}
	case event.Locks, event.Frees:
		e.Rows = append(e.Rows, model.RowLock{Object: t.row(f.Text), G: g, Frees: f.Kind == event.Frees})
	case event.WaitsFor:
		e.Wants = t.row(f.Text) + 1
	case event.LetsGo:
		if w := t.waitsIn(g, i); w >= 0 {
			t.let[w] = i
		}
	}
}

// sees notes whose view of the data the statement at event i has. One that has waited saw
// it when it began to.
func (t *transactions) sees(i int, f event.Fact) {
	began := i
	for j := i - 1; j >= 0; j-- {
		if t.x.Events[j].Op == event.StatementWant && t.x.Events[j].Link == i {
			began = j
		}
	}
	first := began
	if f.Kind == event.SeesFirst {
		if known, ok := t.first[f.Text]; ok {
			first = known
		}
		t.first[f.Text] = first
	}
	t.x.Events[began].Sees, t.x.Events[i].Sees = first+1, first+1
}

// row is something that transactions lock.
func (t *transactions) row(name string) int {
	n, ok := t.rows[name]
	if !ok {
		n = len(t.x.Objects)
		t.rows[name] = n
		called := clean(name)
		if called == "" {
			called = event.Classes[event.ClassTableRow].Noun
		}
		t.x.Objects = append(t.x.Objects, model.Object{Class: event.ClassTableRow, Name: t.objects.taken.unique(called), Shared: true})
	}
	return n
}

// waitsIn is the event at which a goroutine waits in the database when event i is over,
// -1 if it does not.
func (t *transactions) waitsIn(g, i int) int {
	for j := i; j >= 0; j-- {
		if e := &t.x.Events[j]; e.G == g && e.Op != event.Name {
			if e.Op == event.StatementWant {
				return j
			}
			return -1
		}
	}
	return -1
}

// goesOn links a statement that has waited with what let it go.
func (t *transactions) goesOn(want int) {
	by, ok := t.let[want]
	if to := t.x.Events[want].Link; ok && to > by && t.x.Events[by].Op == event.Statement && t.x.Events[by].G != t.x.Events[to].G {
		t.link(to, by)
	}
}

// transactions checks what the database is said to have said: that a transaction has a
// beginning and an end, both its own, that nothing is locked but by who has just done
// something or was waiting for it, that what is freed was locked, and that what is waited
// for is locked by another.
func (v *validator) transactions() {
	for i, t := range v.x.Transactions {
		n := len(v.x.Events)
		switch {
		case t.G < 0 || t.G >= len(v.x.Goroutines) || t.First < 0 || t.First >= n || t.Last >= n || t.Last < -1:
			v.bad("transaction %d: there is no goroutine %d, or no event %d or %d", i, t.G, t.First, t.Last)
		case t.Last >= 0 && t.Last <= t.First || (t.Last < 0) != (t.How == ""):
			v.bad("transaction %d: it begins with %s and ends otherwise", i, v.at(t.First))
		case v.x.Events[t.First].Op != event.Statement || t.Last >= 0 && v.x.Events[t.Last].Op != event.Statement:
			v.bad("transaction %d: it begins or ends with no statement", i)
		case v.x.Events[t.First].G != t.G || t.Last >= 0 && v.x.Events[t.Last].G != t.G:
			v.bad("transaction %d: another goroutine begins or ends it", i)
		}
	}
	held, waits := map[int][]int{}, map[int]bool{}
	for i := range v.x.Events {
		e := &v.x.Events[i]
		if v.gap(i) {
			return
		}
		waits[e.G] = e.Op == event.StatementWant
		v.sees(i, e)
		for _, r := range e.Rows {
			v.rowLock(i, r, held, waits)
		}
		own := e.Flags&event.FlagOwn != 0
		if w := e.Wanted(); w >= 0 && !slices.ContainsFunc(held[w], func(g int) bool { return own == (g == e.G) }) {
			v.bad("%s: it waits for %s, which nobody else has locked", v.at(i), v.x.ObjectName(w))
		}
	}
}

// sees checks whose view of the data event e is said to have.
func (v *validator) sees(i int, e *model.Event) {
	switch s := e.Seen(); {
	case s < -1 || s > i || s >= 0 && event.Table[e.Op].Class != event.ClassDatabase:
		v.bad("%s: it is said to see what event %d saw", v.at(i), s)
	case s >= 0 && v.x.Events[s].G != e.G:
		v.bad("%s: it is said to see what another goroutine saw", v.at(i))
	}
}

// rowLock checks that something is locked or freed, and notes it.
func (v *validator) rowLock(i int, r model.RowLock, held map[int][]int, waits map[int]bool) {
	e := &v.x.Events[i]
	if r.Object < 0 || r.Object >= len(v.x.Objects) || r.G < 0 || r.G >= len(v.x.Goroutines) || event.Table[e.Op].Class != event.ClassDatabase {
		v.bad("%s: there is no object %d or goroutine %d to lock it, or it is no statement", v.at(i), r.Object, r.G)
		return
	}
	at, name := slices.Index(held[r.Object], r.G), v.x.ObjectName(r.Object)
	switch {
	case r.Frees && at < 0:
		v.bad("%s: %s is freed, and was not locked", v.at(i), name)
	case r.Frees:
		held[r.Object] = slices.Delete(held[r.Object], at, at+1)
	case at >= 0:
		v.bad("%s: %s is locked a second time", v.at(i), name)
	case r.G != e.G && !waits[r.G]:
		v.bad("%s: %s locks %s, and did nothing", v.at(i), v.x.Goroutines[r.G].Name, name)
	default:
		held[r.Object] = append(held[r.Object], r.G)
	}
}

// pairStatement finds for whose transaction a statement waits: the number with which its
// text begins.
func (b *builder) pairStatement(e *model.Event) {
	if e.Op != event.StatementWant {
		return
	}
	number, text, _ := strings.Cut(e.Value, " ")
	e.Value = text
	n, err := strconv.ParseUint(number, 10, 32)
	if lane, ok := b.lanes[uint32(n)]; ok && err == nil && lane != e.G {
		e.Partner = lane
	}
}

// lockedFor is who has what the statement of event i waits for, and since when: nobody,
// if the database has not said what that is.
func lockedFor(x *model.Execution, i int) []model.Hold {
	e := &x.Events[i]
	by := e.Partner
	if e.Flags&event.FlagOwn != 0 {
		by = e.G
	}
	for j := i; j >= 0 && by >= 0 && e.Wanted() >= 0; j-- {
		for _, r := range x.Events[j].Rows {
			if r.Object == e.Wanted() && r.G == by && !r.Frees {
				return []model.Hold{{G: by, Event: j}}
			}
		}
	}
	return nil
}
