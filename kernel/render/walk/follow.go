package walk

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Follower goes through all steps of a run, shown or not, and keeps up with
// what each goroutine is doing, who holds which lock, and what is in the
// shared variables.
type Follower struct {
	t       *Run
	States  []State // for each goroutine
	Holders [][]int // for each object: those who hold it
	reads   []bool  // for each object: it is held for reading
	taken   [][]int // for each goroutine: the locks it holds, in the order it took them
	lent    [][]int // for each goroutine: the locks that Cond.Wait gave back for it
	Values  []string
	writer  []int                  // for each object: who wrote it last
	race    map[int][]model.Access // for each step: the accesses it races with
	missed  bool                   // writes are missing from the record, so a read may show a newer value
}

// Follow begins before the first step of a run.
func Follow(t *Run) *Follower {
	objects, goroutines := len(t.Execution.Objects), len(t.Execution.Goroutines)
	f := &Follower{
		t: t, States: make([]State, goroutines), Holders: make([][]int, objects), reads: make([]bool, objects),
		taken: make([][]int, goroutines), lent: make([][]int, goroutines),
		Values: make([]string, objects), writer: make([]int, objects), race: map[int][]model.Access{}, missed: t.Execution.Skipped > 0 || t.Execution.Dropped > 0,
	}
	for i := range f.writer {
		f.writer[i] = -1
	}
	f.States[0] = Running
	for _, r := range t.Execution.Races {
		a, b := t.StepOf(r.A.Event), t.StepOf(r.B.Event)
		f.race[a], f.race[b] = append(f.race[a], r.B), append(f.race[b], r.A)
	}
	delete(f.race, -1)
	return f
}

// Apply changes what is known by what a step does.
func (f *Follower) Apply(step *model.Step) {
	e := &f.t.Execution.Events[step.Event]
	f.States[e.G] = Running
	if step.Met >= 0 {
		f.States[f.t.Execution.Events[step.Met].G] = Running
	}
	switch {
	case step.Waited:
		f.States[e.G] = Waiting
	case e.Op == event.Sleep:
		f.States[e.G] = Sleeping
	case e.Op == event.Go && e.Partner >= 0 && f.States[e.Partner] == Absent:
		f.States[e.Partner] = Ready
	case event.Table[e.Op].Last || step.End >= 0:
		f.States[e.G] = Gone
	}
	f.locks(e)
	f.rows(e)
	f.memory(e)
}

// rows notes what transactions have locked. Several may have a row locked to share it.
func (f *Follower) rows(e *model.Event) {
	for _, r := range e.Rows {
		held := slices.DeleteFunc(f.Holders[r.Object], func(g int) bool { return g == r.G })
		if !r.Frees {
			held = append(held, r.G)
		}
		f.Holders[r.Object] = held
	}
}

func (f *Follower) locks(e *model.Event) {
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

func (f *Follower) take(g, object int, reads bool) {
	if !reads || !f.reads[object] {
		f.Holders[object] = f.Holders[object][:0]
	}
	f.Holders[object] = append(f.Holders[object], g)
	f.reads[object] = reads
	f.taken[g] = append(f.taken[g], object)
}

// release gives back a lock. In Go anyone may unlock a Mutex, so the one who
// does need not be the one who holds it.
func (f *Follower) release(g, object int) {
	h := f.Holders[object]
	if i := slices.Index(h, g); i >= 0 && f.reads[object] {
		f.Holders[object] = slices.Delete(h, i, i+1)
	} else {
		f.Holders[object] = h[:0]
	}
	if i := slices.Index(f.taken[g], object); i >= 0 {
		f.taken[g] = slices.Delete(f.taken[g], i, i+1)
	}
}

// lend and giveBack are what Cond.Wait does with its lock. The record does not say
// which lock that is; the one taken last is assumed.
func (f *Follower) lend(g int) {
	if n := len(f.taken[g]); n > 0 {
		object := f.taken[g][n-1]
		f.lent[g] = append(f.lent[g], object)
		f.release(g, object)
	}
}

func (f *Follower) giveBack(g int) {
	if n := len(f.lent[g]); n > 0 {
		f.take(g, f.lent[g][n-1], false)
		f.lent[g] = f.lent[g][:n-1]
	}
}

func (f *Follower) memory(e *model.Event) {
	if e.Object < 0 {
		return
	}
	switch row := &event.Table[e.Op]; {
	case row.Class == event.ClassFile:
		f.file(e)
	case row.Reads():
		if f.writer[e.Object] < 0 && f.Values[e.Object] == "" || f.missed && e.Value != "" {
			f.Values[e.Object] = e.Value
		}
	case row.Stores():
		if !e.Failed() {
			f.Values[e.Object], f.writer[e.Object] = e.Value, e.G
		}
	}
}

// file notes what was written to a file last.
func (f *Follower) file(e *model.Event) {
	switch {
	case e.Failed():
	case e.Op == event.FileWrite:
		f.Values[e.Object], f.writer[e.Object] = e.Value, e.G
	case e.Op == event.FileOpen && e.Value != "", e.Op == event.FileRemove:
		f.Values[e.Object], f.writer[e.Object] = "", e.G
	}
}

// Telling is a step in words.
type Telling struct {
	Does  string
	Marks []string // words of warning: a lost update, a data race
	Bad   bool
	Waits bool
	Crash bool // panic or exit
	Stale bool // one of the two steps of a lost update
}

// Brief is the most important warning of a step, in a few words.
func (d *Telling) Brief(e *model.Event) string {
	switch {
	case e.Stale:
		return words.LostBrief
	case d.Stale:
		return words.StaleBrief
	case len(d.Marks) > 0 && !words.OfRace(d.Marks[0]):
		return words.MarkBrief(d.Marks[0])
	case len(d.Marks) > 0:
		return words.DataRace
	}
	return ""
}

// Warned is the text of the warnings that follow the words of a step.
func Warned(marks []string) string {
	s := ""
	for _, m := range marks {
		s += " ⚠ " + m
	}
	return s
}

// Describe puts step s in words, given how things stand just before it. i is the
// event to speak of: that of the step, or the other one where the step shows two.
func (f *Follower) Describe(s, i int) Telling {
	e := &f.t.Execution.Events[i]
	step := &f.t.Steps.List[s]
	d := Telling{Waits: step.Waited, Crash: isCrash(e)}
	d.Does = words.Does(f.act(step, i, d))
	if e.Stale {
		d.Stale, d.Bad = true, true
		d.Marks = append(d.Marks, words.LostUpdate(f.overwritten(e)))
	} else if n := f.number(i); n > 0 {
		d.Stale, d.Bad = true, true
		d.Marks = append(d.Marks, words.StaleRead(n))
	}
	if mark := f.t.tooEarly(i); mark != "" {
		d.Bad = true
		d.Marks = append(d.Marks, mark)
	}
	for _, c := range f.t.untrueAfter(s) {
		d.Bad = true
		d.Marks = append(d.Marks, words.MarkUntrue(c))
	}
	if others := f.race[s]; len(others) > 0 {
		d.Bad = true
		d.Marks = append(d.Marks, f.t.racesWith(others))
	}
	d.Bad = d.Bad || e.Op == event.Panic
	return d
}

func isCrash(e *model.Event) bool { return e.Op == event.Panic || e.Op == event.Exit }

// act is what a step does. If it waits for a lock, the act names the holder.
func (f *Follower) act(step *model.Step, i int, d Telling) words.Act {
	e := &f.t.Execution.Events[i]
	a := words.ActOfStep(f.t.Execution, step)
	if i != step.Event { // the sender has no lane
		a = words.ActOf(f.t.Execution, e, false)
	}
	switch {
	case !d.Crash:
		a.Value = words.Truncate(a.Value, 44)
	case i == f.t.firstPanic() && a.Value == "" && f.t.Execution.Status == model.Panicked && !f.t.Execution.Fatal:
		a.Value = words.Plain(f.t.Execution.Reason, 80) // the recorder knows that there was a panic, the crash says which
	}
	if f.t.Bare && d.Waits {
		a.Other = ""
		return a
	}
	if d.Waits && e.Object >= 0 && !e.Behind && (e.Op == event.LockWant || e.Op == event.RLockWant) {
		a.Other = f.HeldBy(e.Object)
		if slices.Equal(f.Holders[e.Object], []int{e.G}) {
			a.Other = words.Itself
		}
		if a.Other == "" && e.Partner >= 0 {
			a.Other = f.t.Name(e.Partner)
		}
	}
	return a
}

// number is the number of the step that is the other half of a lost update, 0 if there
// is none.
func (f *Follower) number(event int) int {
	if other, ok := f.t.Stale[event]; ok {
		if s := f.t.StepOf(other); s >= 0 {
			return f.t.Steps.List[s].N
		}
	}
	return 0
}

// overwritten is the goroutine whose value a stale store replaces.
func (f *Follower) overwritten(e *model.Event) string {
	if e.Partner >= 0 {
		return f.t.Name(e.Partner)
	}
	if e.Object >= 0 && f.writer[e.Object] != e.G {
		return f.t.Name(f.writer[e.Object])
	}
	return ""
}

// HeldBy names the goroutines that hold an object, "" if none does.
func (f *Follower) HeldBy(object int) string {
	var names []string
	for _, g := range f.Holders[object] {
		names = append(names, f.t.Name(g))
	}
	return words.List(names)
}

// racesWith names the steps that a step races with.
func (t *Run) racesWith(others []model.Access) string {
	const most = 3
	var steps []int
	for _, a := range others {
		if s := t.StepOf(a.Event); s >= 0 && len(steps) < most && !slices.Contains(steps, t.Steps.List[s].N) {
			steps = append(steps, t.Steps.List[s].N)
		}
	}
	slices.Sort(steps)
	return words.RacesWith(steps)
}

// tooEarly warns of a step that begins a call which should have come later, or not
// while another was under way; "" if it begins none.
func (t *Run) tooEarly(event int) string {
	for _, b := range t.Breaches {
		switch {
		case t.StepOf(b.Begins) != t.StepOf(event):
		case b.Rule.Most > 0:
			return words.MarkCrowd(len(b.Others) + 2)
		case b.Rule.First == b.Rule.Then:
			return words.MarkInside(t.Name(b.Before.G))
		default:
			return words.MarkEarly(t.Name(b.Before.G), b.Begun())
		}
	}
	return ""
}

// untrueAfter are the conditions that are not true once step s was made, and were until
// then.
func (t *Run) untrueAfter(s int) (all []model.Condition) {
	for _, l := range t.Execution.Lost {
		if l.N < len(t.Execution.Conditions) && !t.Execution.Conditions[l.N].AtEnd && t.StepOf(l.Event) == s {
			all = append(all, t.Execution.Conditions[l.N])
		}
	}
	return all
}
