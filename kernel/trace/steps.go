package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Steps returns what a learner counts as the steps of the run.
func Steps(ex *model.Execution) model.Steps {
	shared := contended(ex)
	b := stepper{ex: ex, met: meetings(ex), waited: waited(ex), shared: shared, onlyStarts: onlyStarts(ex, shared)}
	b.out.Of = make([]int, len(ex.Events))
	b.out.List = make([]model.Step, 0, len(ex.Events))
	b.owed = make([][]int, len(ex.Goroutines))
	for i := range ex.Events {
		b.add(i)
	}
	b.settle()
	return b.out
}

// stepper makes the steps, event after event.
type stepper struct {
	ex         *model.Execution
	met        map[int]int // sends and receives that are one step, each with the other
	waited     []bool
	shared     []bool
	onlyStarts []int   // for each goroutine the last event that makes a step of its own
	owed       [][]int // for each goroutine the events that its next step shows
	out        model.Steps
	skipped    int // what the numbers jump by, past the events that were not kept
}

func (b *stepper) add(i int) {
	e := &b.ex.Events[i]
	if i == b.ex.DroppedAt && b.ex.Dropped > 0 {
		b.skipped = int(min(b.ex.Dropped, 1<<40))
	}
	switch {
	case event.Table[e.Op].Shown == event.ShownNowhere || b.private(e):
		b.out.Of[i] = -1
	case b.joinsSend(i, e):
	case b.joinsNext(i, e):
		b.out.Of[i] = -1
		b.owed[e.G] = append(b.owed[e.G], i)
	case e.Op == event.End && b.joinsLast(i, e):
	default:
		b.step(i, e)
	}
}

func (b *stepper) step(i int, e *model.Event) {
	n, met := len(b.out.List), -1
	if j, ok := b.met[i]; ok {
		met = j
	}
	b.show(i, e.G, n)
	b.out.List = append(b.out.List, model.Step{
		N: n + 1 + b.skipped, Event: i, Met: met, End: -1, Waited: waiting(e.Op) && b.waited[i],
	})
}

// show lets step n show event i of goroutine g, and what g owes.
func (b *stepper) show(i, g, n int) {
	b.out.Of[i] = n
	for _, j := range b.owed[g] {
		b.out.Of[j] = n
	}
	b.owed[g] = b.owed[g][:0]
}

// joinsSend shows a receive in the step of its send, where the two are one.
func (b *stepper) joinsSend(i int, e *model.Event) bool {
	send, ok := b.met[i]
	if ok = ok && e.Op == event.Recv; ok {
		b.show(i, e.G, b.out.Of[send])
	}
	return ok
}

// meetings pairs each send over a channel without a buffer with its receive, in both
// directions.
func meetings(ex *model.Execution) map[int]int {
	met := map[int]int{}
	for i := range ex.Events {
		e := &ex.Events[i]
		if e.Op == event.Send && e.Object >= 0 && ex.Objects[e.Object].Bare && e.Link > i && ex.Events[e.Link].Op == event.Recv {
			met[i], met[e.Link] = e.Link, i
		}
	}
	return met
}

// joinsNext reports whether the goroutine's next step shows the event.
func (b *stepper) joinsNext(i int, e *model.Event) bool {
	switch {
	case event.Table[e.Op].Shown == event.ShownInNext:
		return b.onlyStarts[e.G] > i
	case waiting(e.Op):
		return !b.waited[i]
	case e.Op == event.Select || e.Op == event.WGAdd:
		next := b.next(i, e.G)
		return next >= 0 && (e.Op == event.Select && b.ex.Events[next].Flags&event.FlagSelect != 0 ||
			e.Op == event.WGAdd && b.ex.Events[next].Op == event.Go && b.ex.Events[next].Pos == e.Pos)
	}
	return false
}

// joinsLast shows the end of a goroutine in its last step, where that was the
// last step of all. That main returns is always a step.
func (b *stepper) joinsLast(i int, e *model.Event) bool {
	last := len(b.out.List) - 1
	if e.G == 0 || last < 0 || b.out.List[last].End >= 0 || b.ex.Events[b.out.List[last].Event].G != e.G {
		return false
	}
	b.out.List[last].End = i
	b.out.Of[i] = last
	return true
}

// next returns the index of goroutine g's next event, if it comes soon.
func (b *stepper) next(i, g int) int {
	for j := i + 1; j < len(b.ex.Events) && j < i+8; j++ {
		if b.ex.Events[j].G == g {
			return j
		}
	}
	return -1
}

// settle puts events whose goroutine has no further step into its last one.
func (b *stepper) settle() {
	last := make([]int, len(b.ex.Goroutines))
	for i := range last {
		last[i] = -1
	}
	for i := range b.out.List {
		last[b.ex.Events[b.out.List[i].Event].G] = i
		if met := b.out.List[i].Met; met >= 0 {
			last[b.ex.Events[met].G] = i
		}
	}
	for g, owed := range b.owed {
		for _, i := range owed {
			b.out.Of[i] = last[g]
		}
	}
}

func (b *stepper) private(e *model.Event) bool {
	return memory(event.Table[e.Op].Class) && e.Object >= 0 && !b.shared[e.Object]
}

func memory(c event.Class) bool { return c == event.ClassMemory || c == event.ClassAtomic }

// waiting reports whether op says that a goroutine may have to wait here.
func waiting(op event.Op) bool { return event.Table[op].Wait != event.None && op != event.Sleep }

// onlyStarts finds for each goroutine its last event that can show what came
// before it.
func onlyStarts(ex *model.Execution, shared []bool) []int {
	last := make([]int, len(ex.Goroutines))
	for i := range ex.Events {
		e := &ex.Events[i]
		switch row := &event.Table[e.Op]; {
		case row.Shown != event.ShownItself, e.Op == event.End:
		case memory(row.Class) && e.Object >= 0 && !shared[e.Object]:
		default:
			last[e.G] = i
		}
	}
	return last
}

// contended tells for each object whether goroutines use it against each
// other: one wrote it, another used it, and the writing was not over before
// that other one began. (What main sets up before its go statements is not
// contended.) Of a run that somebody makes step by step nobody knows that yet: there all
// is contended that is used once there is more than one goroutine.
func contended(ex *model.Execution) []bool {
	out := make([]bool, len(ex.Objects))
	if ex.Status == model.Asked {
		several := false
		for i := range ex.Events {
			if e := &ex.Events[i]; several && e.Object >= 0 {
				out[e.Object] = true
			} else {
				several = several || e.Op == event.Go
			}
		}
		return out
	}
	starts := make([]int, len(ex.Goroutines))
	type writes struct{ g, last, other int } // the last write, its goroutine, and the last by another one
	wrote := make([]writes, len(ex.Objects))
	for i := range wrote {
		wrote[i] = writes{-1, -1, -1}
	}
	for i := range ex.Events {
		e := &ex.Events[i]
		if e.Op == event.Start {
			starts[e.G] = i
		}
		if e.Object < 0 || !stores(e.Op) {
			continue
		}
		w := &wrote[e.Object]
		if w.g >= 0 && w.g != e.G {
			w.other = w.last
		}
		w.g, w.last = e.G, i
	}
	for i := range ex.Events {
		e := &ex.Events[i]
		if e.Object < 0 || !ex.Objects[e.Object].Shared || !memory(event.Table[e.Op].Class) {
			continue
		}
		w := wrote[e.Object]
		last := w.last
		if w.g == e.G {
			last = w.other
		}
		if last > starts[e.G] || last >= 0 && e.G == 0 {
			out[e.Object] = true
		}
	}
	for i := range ex.Events { // what a panic came of is worth a step
		if ex.Events[i].Op == event.Panic {
			if read := NilRead(ex, i); read >= 0 {
				out[ex.Events[read].Object] = true
			}
		}
	}
	for _, r := range ex.Races { // where nothing orders two accesses, even one hand-over is no private business
		for _, a := range []model.Access{r.A, r.B} {
			if a.Event >= 0 && ex.Events[a.Event].Object >= 0 {
				out[ex.Events[a.Event].Object] = true
			}
		}
	}
	for _, l := range ex.Lost { // somebody asked
		if l.Event >= 0 && ex.Events[l.Event].Object >= 0 {
			out[ex.Events[l.Event].Object] = true
		}
	}
	return out
}

// stores says whether an operation changes a variable or an atomic.
func stores(op event.Op) bool { return event.Table[op].Stores() }

// waits tells for each "want" event whether the goroutine really had to wait:
// for a lock, when another held it or took it first; for anything else, when
// another goroutine did something before it got through.
func waited(ex *model.Execution) []bool {
	out := make([]bool, len(ex.Events))
	w := waiter{ex: ex, want: fill(len(ex.Goroutines), -1), own: make([]int, len(ex.Goroutines)),
		others: make([]int, len(ex.Goroutines)), holder: fill(len(ex.Objects), -1), reads: make([]int, len(ex.Objects)), taken: fill(len(ex.Objects), -1),
		taker: fill(len(ex.Objects), -1), held: make([]bool, len(ex.Events))}
	for i := range ex.Events {
		w.event(i, out)
	}
	for _, i := range w.want { // never got through
		if i >= 0 {
			out[i] = true
		}
	}
	return out
}

type waiter struct {
	ex     *model.Execution
	want   []int // for each goroutine: the event at which it may be waiting
	own    []int // for each goroutine: its steps so far
	others []int // and those of others when it began to wait
	total  int
	holder []int  // for each object: who holds it for writing
	reads  []int  // and how many hold it for reading
	taken  []int  // and the event in which it was last locked
	taker  []int  // and the goroutine that did it
	held   []bool // for each want: the lock was held by another
}

func (w *waiter) event(i int, out []bool) {
	e := &w.ex.Events[i]
	row := &event.Table[e.Op]
	if waiting(e.Op) {
		w.want[e.G], w.others[e.G] = i, w.total-w.own[e.G]
		w.held[i] = e.Partner >= 0 || w.heldByOther(e)
		return
	}
	if j := w.want[e.G]; j >= 0 {
		out[j] = w.had(j, e)
		w.want[e.G] = -1
	}
	if lock := row.Class == event.ClassMutex || row.Class == event.ClassRWMutex; lock && e.Object >= 0 {
		w.lock(i, e)
	}
	if e.Op != event.Start && e.Op != event.Woke && e.Op != event.Name {
		w.own[e.G]++
		w.total++
	}
}

// heldByOther reports whether another holds the lock that e wants.
func (w *waiter) heldByOther(e *model.Event) bool {
	return e.Object >= 0 && (w.holder[e.Object] >= 0 && w.holder[e.Object] != e.G || e.Op == event.LockWant && w.reads[e.Object] > 0)
}

// had reports whether the goroutine that now did e had to wait since event j.
func (w *waiter) had(j int, e *model.Event) bool {
	if w.total-w.own[e.G] == w.others[e.G] {
		return false // nobody did anything meanwhile
	}
	if class := event.Table[e.Op].Class; class != event.ClassMutex && class != event.ClassRWMutex {
		return true
	}
	return w.held[j] || e.Object >= 0 && w.taken[e.Object] > j && w.taker[e.Object] != e.G
}

func (w *waiter) lock(i int, e *model.Event) {
	if e.Failed() {
		return
	}
	switch event.Table[e.Op].Hold {
	case event.HoldToWrite:
		w.holder[e.Object] = e.G
	case event.HoldToRead:
		w.reads[e.Object]++
	case event.HoldNoWrite:
		w.holder[e.Object] = -1
		return
	case event.HoldNoRead:
		w.reads[e.Object] = max(0, w.reads[e.Object]-1)
		return
	}
	w.taken[e.Object], w.taker[e.Object] = i, e.G
}

func fill(n, v int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = v
	}
	return s
}
