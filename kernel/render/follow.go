package render

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// follower goes through all steps of a run, shown or not, and keeps up with
// what each goroutine is doing, who holds which lock, and what is in the
// shared variables.
type follower struct {
	p       *picture
	state   []state // for each goroutine
	holders [][]int // for each object: those who hold it
	reads   []bool  // for each object: it is held for reading
	taken   [][]int // for each goroutine: the locks it holds, in the order it took them
	lent    [][]int // for each goroutine: the locks that Cond.Wait gave back for it
	value   []string
	writer  []int                  // for each object: who wrote it last
	race    map[int][]model.Access // by step: with what it races
	missed  bool                   // not every write was recorded: a read may know better
}

// follow fills in the rows.
func (p *picture) follow() {
	f := newFollower(p)
	next := 0
	for next < len(p.rows) && p.rows[next].to < 0 {
		f.snapshot(&p.rows[next])
		next++
	}
	for s := range p.steps.List {
		if next < len(p.rows) && p.rows[next].kind == isStep && p.rows[next].from == s {
			f.describe(&p.rows[next])
		}
		f.apply(&p.steps.List[s])
		for next < len(p.rows) && p.rows[next].to <= s {
			f.snapshot(&p.rows[next])
			next++
		}
	}
}

func newFollower(p *picture) *follower {
	objects, goroutines := len(p.ex.Objects), len(p.ex.Goroutines)
	f := &follower{
		p: p, state: make([]state, goroutines), holders: make([][]int, objects), reads: make([]bool, objects),
		taken: make([][]int, goroutines), lent: make([][]int, goroutines),
		value: make([]string, objects), writer: make([]int, objects), race: map[int][]model.Access{}, missed: p.ex.Skipped > 0 || p.ex.Dropped > 0,
	}
	for i := range f.writer {
		f.writer[i] = -1
	}
	f.state[0] = running
	for _, r := range p.ex.Races {
		a, b := p.stepOf(r.A.Event), p.stepOf(r.B.Event)
		f.race[a], f.race[b] = append(f.race[a], r.B), append(f.race[b], r.A)
	}
	delete(f.race, -1)
	return f
}

// apply lets a step happen.
func (f *follower) apply(step *model.Step) {
	e := &f.p.ex.Events[step.Event]
	f.state[e.G] = running
	if step.Met >= 0 {
		f.state[f.p.ex.Events[step.Met].G] = running
	}
	switch {
	case step.Waited:
		f.state[e.G] = waiting
	case e.Op == event.Sleep:
		f.state[e.G] = sleeping
	case e.Op == event.Go && e.Partner >= 0 && f.state[e.Partner] == absent:
		f.state[e.Partner] = ready
	case event.Table[e.Op].Last || step.End >= 0:
		f.state[e.G] = gone
	}
	f.locks(e)
	f.memory(e)
}

func (f *follower) locks(e *model.Event) {
	switch e.Op {
	case event.CondWant:
		f.lend(e.G)
	case event.CondWait:
		f.giveBack(e.G)
	}
	if e.Object < 0 || e.Failed() {
		return
	}
	switch hold := event.Table[e.Op].Hold; {
	case hold == event.HoldNothing:
	case hold.Takes():
		f.take(e.G, e.Object, hold.Reads())
	default:
		f.release(e.G, e.Object)
	}
}

func (f *follower) take(g, object int, reads bool) {
	if !reads || !f.reads[object] {
		f.holders[object] = f.holders[object][:0]
	}
	f.holders[object] = append(f.holders[object], g)
	f.reads[object] = reads
	f.taken[g] = append(f.taken[g], object)
}

// release gives back a lock. In Go anyone may unlock a Mutex, so the one who
// does need not be the one who holds it.
func (f *follower) release(g, object int) {
	h := f.holders[object]
	if i := slices.Index(h, g); i >= 0 && f.reads[object] {
		f.holders[object] = slices.Delete(h, i, i+1)
	} else {
		f.holders[object] = h[:0]
	}
	if i := slices.Index(f.taken[g], object); i >= 0 {
		f.taken[g] = slices.Delete(f.taken[g], i, i+1)
	}
}

// lend and giveBack are what Cond.Wait does with its lock. Which one that is
// was not recorded: the one taken last, almost surely.
func (f *follower) lend(g int) {
	if n := len(f.taken[g]); n > 0 {
		object := f.taken[g][n-1]
		f.lent[g] = append(f.lent[g], object)
		f.release(g, object)
	}
}

func (f *follower) giveBack(g int) {
	if n := len(f.lent[g]); n > 0 {
		f.take(g, f.lent[g][n-1], false)
		f.lent[g] = f.lent[g][:n-1]
	}
}

func (f *follower) memory(e *model.Event) {
	if e.Object < 0 {
		return
	}
	switch row := &event.Table[e.Op]; {
	case row.Reads():
		if f.writer[e.Object] < 0 && f.value[e.Object] == "" || f.missed && e.Value != "" {
			f.value[e.Object] = e.Value
		}
	case row.Stores():
		if !e.Failed() {
			f.value[e.Object], f.writer[e.Object] = e.Value, e.G
		}
	}
}

// describe puts a step in words, as things stand just before it.
func (f *follower) describe(r *row) {
	e := &f.p.ex.Events[r.event]
	a := trace.ActOf(f.p.ex, &f.p.steps.List[r.from])
	if r.event != f.p.steps.List[r.from].Event { // the sender has no lane
		a = trace.Act(f.p.ex, e, false)
	}
	switch {
	case !r.crash:
		a.Value = words.Truncate(a.Value, 44)
	case r.event == f.p.firstPanic() && a.Value == "" && f.p.ex.Status == model.Panicked && !f.p.ex.Fatal:
		a.Value = words.Plain(f.p.ex.Reason, 80) // the recorder knows that there was a panic, the crash says which
	}
	if r.waits && e.Object >= 0 && !e.Behind && (e.Op == event.LockWant || e.Op == event.RLockWant) {
		a.Other = f.who(e.Object)
		if slices.Equal(f.holders[e.Object], []int{e.G}) {
			a.Other = words.Itself
		}
		if a.Other == "" && e.Partner >= 0 {
			a.Other = f.p.name(e.Partner)
		}
	}
	r.does = words.Does(a)
	if e.Stale {
		r.stale, r.bad = true, true
		r.marks = append(r.marks, words.LostUpdate(f.overwritten(e)))
	} else if n := f.number(r.event); n > 0 {
		r.stale, r.bad = true, true
		r.marks = append(r.marks, words.StaleRead(n))
	}
	if mark := f.p.tooEarly(r.event); mark != "" {
		r.bad, r.early = true, true
		r.marks = append(r.marks, mark)
	}
	if others := f.race[r.from]; len(others) > 0 {
		r.bad = true
		r.marks = append(r.marks, f.p.racesWith(others))
	}
	r.bad = r.bad || r.crash && e.Op == event.Panic
	r.wrote = slices.IndexFunc(f.p.vars, func(v variable) bool { return v.object == e.Object })
}

// number is the step of the other half of a lost update, 0 if there is none.
func (f *follower) number(event int) int {
	if other, ok := f.p.stale[event]; ok {
		if s := f.p.stepOf(other); s >= 0 {
			return f.p.steps.List[s].N
		}
	}
	return 0
}

// overwritten is the goroutine whose value a stale store replaces.
func (f *follower) overwritten(e *model.Event) string {
	if e.Partner >= 0 {
		return f.p.name(e.Partner)
	}
	if e.Object >= 0 && f.writer[e.Object] != e.G {
		return f.p.name(f.writer[e.Object])
	}
	return ""
}

// who holds an object, in words; "" if nobody does.
func (f *follower) who(object int) string {
	var names []string
	for _, g := range f.holders[object] {
		names = append(names, f.p.name(g))
	}
	return words.List(names)
}

// snapshot writes down how things stand after a row.
func (f *follower) snapshot(r *row) {
	r.state = make([]state, len(f.p.lanes))
	for i, l := range f.p.lanes {
		r.state[i] = f.state[l.g]
	}
	r.held = make([]holding, len(f.p.locks))
	for i, l := range f.p.locks {
		if h := f.holders[l.object]; len(h) > 0 {
			r.held[i] = holding{lane: f.p.laneOf[h[0]], who: f.who(l.object)}
			if len(h) > 1 {
				r.held[i].who = words.Readers(len(h))
			}
		}
	}
	r.values = make([]string, len(f.p.vars))
	for i, v := range f.p.vars {
		r.values[i] = words.Plain(f.value[v.object], 14)
	}
}
