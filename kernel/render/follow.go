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
	t       *tale
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

func newFollower(t *tale) *follower {
	objects, goroutines := len(t.ex.Objects), len(t.ex.Goroutines)
	f := &follower{
		t: t, state: make([]state, goroutines), holders: make([][]int, objects), reads: make([]bool, objects),
		taken: make([][]int, goroutines), lent: make([][]int, goroutines),
		value: make([]string, objects), writer: make([]int, objects), race: map[int][]model.Access{}, missed: t.ex.Skipped > 0 || t.ex.Dropped > 0,
	}
	for i := range f.writer {
		f.writer[i] = -1
	}
	f.state[0] = running
	for _, r := range t.ex.Races {
		a, b := t.stepOf(r.A.Event), t.stepOf(r.B.Event)
		f.race[a], f.race[b] = append(f.race[a], r.B), append(f.race[b], r.A)
	}
	delete(f.race, -1)
	return f
}

// apply lets a step happen.
func (f *follower) apply(step *model.Step) {
	e := &f.t.ex.Events[step.Event]
	f.state[e.G] = running
	if step.Met >= 0 {
		f.state[f.t.ex.Events[step.Met].G] = running
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

// telling is a step in words.
type telling struct {
	does  string
	marks []string // words of warning: a lost update, a data race
	bad   bool
	waits bool
	crash bool // panic or exit
	stale bool // one of the two steps of a lost update
}

// brief is the warning of a step that matters most, in few words.
func (d *telling) brief(e *model.Event) string {
	switch {
	case e.Stale:
		return words.LostBrief
	case d.stale:
		return words.StaleBrief
	case len(d.marks) > 0:
		return words.DataRace
	}
	return ""
}

// warned are words of warning behind a step.
func warned(marks []string) string {
	s := ""
	for _, m := range marks {
		s += " ⚠ " + m
	}
	return s
}

// describe puts a step in words, as things stand just before it: as the act of its
// event, or of the other one that it shows.
func (f *follower) describe(s, i int) telling {
	e := &f.t.ex.Events[i]
	step := &f.t.steps.List[s]
	d := telling{waits: step.Waited, crash: isCrash(e)}
	d.does = words.Does(f.act(step, i, d))
	if e.Stale {
		d.stale, d.bad = true, true
		d.marks = append(d.marks, words.LostUpdate(f.overwritten(e)))
	} else if n := f.number(i); n > 0 {
		d.stale, d.bad = true, true
		d.marks = append(d.marks, words.StaleRead(n))
	}
	if mark := f.t.tooEarly(i); mark != "" {
		d.bad = true
		d.marks = append(d.marks, mark)
	}
	if others := f.race[s]; len(others) > 0 {
		d.bad = true
		d.marks = append(d.marks, f.t.racesWith(others))
	}
	d.bad = d.bad || e.Op == event.Panic
	return d
}

func isCrash(e *model.Event) bool { return e.Op == event.Panic || e.Op == event.Exit }

// act is what a step does, with who holds the lock that it waits for.
func (f *follower) act(step *model.Step, i int, d telling) words.Act {
	e := &f.t.ex.Events[i]
	a := trace.ActOf(f.t.ex, step)
	if i != step.Event { // the sender has no lane
		a = trace.Act(f.t.ex, e, false)
	}
	switch {
	case !d.crash:
		a.Value = words.Truncate(a.Value, 44)
	case i == f.t.firstPanic() && a.Value == "" && f.t.ex.Status == model.Panicked && !f.t.ex.Fatal:
		a.Value = words.Plain(f.t.ex.Reason, 80) // the recorder knows that there was a panic, the crash says which
	}
	if d.waits && e.Object >= 0 && !e.Behind && (e.Op == event.LockWant || e.Op == event.RLockWant) {
		a.Other = f.who(e.Object)
		if slices.Equal(f.holders[e.Object], []int{e.G}) {
			a.Other = words.Itself
		}
		if a.Other == "" && e.Partner >= 0 {
			a.Other = f.t.name(e.Partner)
		}
	}
	return a
}

// number is the step of the other half of a lost update, 0 if there is none.
func (f *follower) number(event int) int {
	if other, ok := f.t.stale[event]; ok {
		if s := f.t.stepOf(other); s >= 0 {
			return f.t.steps.List[s].N
		}
	}
	return 0
}

// overwritten is the goroutine whose value a stale store replaces.
func (f *follower) overwritten(e *model.Event) string {
	if e.Partner >= 0 {
		return f.t.name(e.Partner)
	}
	if e.Object >= 0 && f.writer[e.Object] != e.G {
		return f.t.name(f.writer[e.Object])
	}
	return ""
}

// who holds an object, in words; "" if nobody does.
func (f *follower) who(object int) string {
	var names []string
	for _, g := range f.holders[object] {
		names = append(names, f.t.name(g))
	}
	return words.List(names)
}

// racesWith says with which steps a step races.
func (t *tale) racesWith(others []model.Access) string {
	const most = 3
	var steps []int
	for _, a := range others {
		if s := t.stepOf(a.Event); s >= 0 && len(steps) < most && !slices.Contains(steps, t.steps.List[s].N) {
			steps = append(steps, t.steps.List[s].N)
		}
	}
	slices.Sort(steps)
	return words.RacesWith(steps)
}

// tooEarly warns of a step that begins a call which should have come later, or not
// while another was under way; "" if it begins none.
func (t *tale) tooEarly(event int) string {
	for _, b := range t.breaches {
		switch {
		case t.stepOf(b.Begins) != t.stepOf(event):
		case b.Rule.First == b.Rule.Then:
			return words.MarkInside(t.name(b.Before.G))
		default:
			return words.MarkEarly(t.name(b.Before.G), b.Begun())
		}
	}
	return ""
}
