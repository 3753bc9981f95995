package trace

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// maxProblems bounds what Validate lists.
const maxProblems = 10

// Validate checks an Execution against the rules of Go, on its own: it uses
// nothing of what made it. A controlled run is held to more: there the order of
// the record is the order in which everything happened. Where events were dropped it begins anew; of an
// object that is marked Partial it says nothing.
func Validate(x *model.Execution) error {
	v := &validator{x: x}
	v.goroutines()
	if v.problems == nil {
		v.events()
	}
	if v.problems == nil {
		v.links()
		v.spans()
		v.lost()
		v.transactions()
		v.order()
		v.held()
		v.fifo()
		if v.x.Mode == model.Controlled {
			v.controlled()
		}
	}
	return errors.Join(v.problems...)
}

type validator struct {
	x        *model.Execution
	problems []error
}

func (v *validator) bad(format string, args ...any) {
	if len(v.problems) < maxProblems {
		v.problems = append(v.problems, fmt.Errorf(format, args...))
	}
}

// at names an event in a problem.
func (v *validator) at(i int) string {
	e := &v.x.Events[i]
	s := fmt.Sprintf("step %d (%s %s", e.Step, v.x.Goroutines[e.G].Name, e.Op)
	if e.Object >= 0 {
		s += " " + v.x.Objects[e.Object].Name
	}
	return s + ")"
}

// gap says whether events are missing just before event i.
func (v *validator) gap(i int) bool { return v.x.Dropped > 0 && i == v.x.DroppedAt }

func (v *validator) goroutines() {
	if len(v.x.Goroutines) == 0 || v.x.Goroutines[0].ID != "main" || v.x.Goroutines[0].Creator != -1 {
		v.bad("the first goroutine is not main")
		return
	}
	ids, names := map[string]bool{}, map[string]bool{}
	for i, g := range v.x.Goroutines {
		switch {
		case g.ID == "" || ids[g.ID]:
			v.bad("goroutine %d: identifier %q is empty or taken", i, g.ID)
		case g.Name == "" || names[g.Name]:
			v.bad("goroutine %d: name %q is empty or taken", i, g.Name)
		case g.Creator < -1 || g.Creator >= len(v.x.Goroutines) || g.Creator == i:
			v.bad("goroutine %s: there is no creator %d", g.ID, g.Creator)
		case g.BlockedOn < -1 || g.BlockedOn >= len(v.x.Objects):
			v.bad("goroutine %s: there is no object %d to be blocked on", g.ID, g.BlockedOn)
		case g.End == "":
			v.bad("goroutine %s: it is not said how it ended", g.ID)
		}
		ids[g.ID], names[g.Name] = true, true
	}
	objects := map[string]bool{}
	for i, o := range v.x.Objects {
		if o.Name == "" || objects[o.Name] {
			v.bad("object %d: name %q is empty or taken", i, o.Name)
		}
		objects[o.Name] = true
	}
}

// events checks each event by itself, and that steps and time go forward.
func (v *validator) events() {
	step, t := 0, int64(-1<<63)
	for i := range v.x.Events {
		e := &v.x.Events[i]
		switch {
		case e.Op == event.None || int(e.Op) >= len(event.Table):
			v.bad("event %d: there is no operation %d", i, e.Op)
		case e.G < 0 || e.G >= len(v.x.Goroutines) || e.Partner < -1 || e.Partner >= len(v.x.Goroutines):
			v.bad("event %d: there is no goroutine %d or partner %d", i, e.G, e.Partner)
		case e.Object < -1 || e.Object >= len(v.x.Objects):
			v.bad("event %d: there is no object %d", i, e.Object)
		case e.Link < -1 || e.Link >= len(v.x.Events) || e.Link == i:
			v.bad("event %d: there is no event %d to link to", i, e.Link)
		case event.Table[e.Op].Kept != event.KeptAsEvent || len(e.Cases) > 0 && !v.offers(i):
			v.bad("event %d: it belongs to another, and is none of its own", i)
		case e.Step <= step:
			v.bad("event %d: step %d after step %d", i, e.Step, step)
		case e.T < t:
			v.bad("event %d: time goes back", i)
		}
		step, t = e.Step, e.T
	}
}

// offers says whether event i can have the cases it has.
func (v *validator) offers(i int) bool {
	e := &v.x.Events[i]
	for _, c := range e.Cases {
		if c.Object < -1 || c.Object >= len(v.x.Objects) {
			return false
		}
	}
	return e.Op == event.SelectWant && e.Link < 0 && e.Value == strconv.Itoa(len(e.Cases))
}

// links checks that events are linked with events that can belong to them.
func (v *validator) links() {
	for i := range v.x.Events {
		e := &v.x.Events[i]
		if e.Link < 0 {
			continue
		}
		to, row := &v.x.Events[e.Link], &event.Table[e.Op]
		if row.Wait != event.None {
			if to.Op != row.Wait || to.G != e.G || e.Link < i {
				v.bad("%s: linked with %s, which is not what it waited for", v.at(i), v.at(e.Link))
			}
			continue
		}
		if !slices.Contains(row.Leads, to.Op) {
			v.bad("%s: linked with %s", v.at(i), v.at(e.Link))
		}
		if e.Partner != to.G && !(e.Partner < 0 && e.G == to.G) {
			v.bad("%s: the partner is not the goroutine of %s", v.at(i), v.at(e.Link))
		}
		if row.Class != event.ClassGoroutine && e.Object != to.Object {
			v.bad("%s: linked with %s, another object", v.at(i), v.at(e.Link))
		}
		if row.Mate == to.Op && to.Link != i {
			v.bad("%s: linked with %s, but not the other way", v.at(i), v.at(e.Link))
		}
		if e.Link > i != row.Later && !v.acrossGap(i, e.Link) {
			v.bad("%s: linked with %s, in the wrong order", v.at(i), v.at(e.Link))
		}
	}
}

// acrossGap says whether events are missing between two: those before the gap
// are not put right by those after it.
func (v *validator) acrossGap(i, j int) bool {
	return v.x.Dropped > 0 && min(i, j) < v.x.DroppedAt && max(i, j) >= v.x.DroppedAt
}

// order checks each goroutine by itself: nothing before its start, nothing
// after its end, and after a want nothing but what was wanted.
func (v *validator) order() {
	const (
		unborn = iota
		alive
		gone
	)
	state := make([]int, len(v.x.Goroutines))
	want := make([]int, len(v.x.Goroutines))
	for g := range want {
		want[g] = -1
	}
	state[0] = alive // package variables are initialised before main begins
	for i := range v.x.Events {
		e := &v.x.Events[i]
		if v.gap(i) {
			for g := range state {
				want[g] = -1
				if state[g] == unborn {
					state[g] = alive
				}
			}
		}
		switch {
		case e.Op == event.Name:
			continue
		case e.Op == event.Start && state[e.G] == unborn:
			state[e.G] = alive
		case e.Op == event.Start && e.G != 0 && !v.afterGap(i):
			v.bad("%s: it begins a second time", v.at(i))
		case e.Op == event.Never && state[e.G] == unborn:
		case state[e.G] == unborn:
			v.bad("%s: before its goroutine begins", v.at(i))
		case state[e.G] == gone:
			v.bad("%s: after its goroutine ended", v.at(i))
		}
		if w := want[e.G]; w >= 0 && !v.mayFollow(w, i) {
			v.bad("%s: straight after %s", v.at(i), v.at(w))
		}
		want[e.G] = -1
		if event.Table[e.Op].Wait != event.None {
			want[e.G] = i
		}
		if ends(e.Op) {
			state[e.G] = gone
		}
	}
}

func (v *validator) afterGap(i int) bool { return v.x.Dropped > 0 && i >= v.x.DroppedAt }

// mayFollow says whether a goroutine may do event i straight after the want. A
// wait that panics lets deferred functions run, and a select or a Once may run
// other code of the learner's before it goes on.
func (v *validator) mayFollow(want, i int) bool {
	w, e := &v.x.Events[want], &v.x.Events[i]
	row := &event.Table[w.Op]
	return !row.Straight || e.Op == row.Wait && e.Object == w.Object
}

// held checks that a lock is held by one writer or by readers, and that only
// what is held is released. A fatal error ends the run on a release of what is
// not held.
func (v *validator) held() {
	type state struct {
		writers, readers int
		unknown          bool // a Cond released it, without saying so in the Execution
	}
	locks := map[int]*state{}
	holder := map[int]int{}
	holds := map[int]map[int]bool{} // by goroutine: objects it locked and nobody unlocked
	takes := func(g, object int) {
		if holds[g] == nil {
			holds[g] = map[int]bool{}
		}
		holds[g][object] = true
		holder[object] = g
	}
	for i := range v.x.Events {
		e := &v.x.Events[i]
		if v.gap(i) {
			return // who holds what is not known any more
		}
		if e.Op == event.CondWant {
			for object := range holds[e.G] {
				locks[object].unknown = true
			}
			delete(holds, e.G)
		}
		if e.Object < 0 || v.x.Objects[e.Object].Partial {
			continue
		}
		l := locks[e.Object]
		if l == nil {
			l = new(state)
			locks[e.Object] = l
		}
		hold := event.Table[e.Op].Hold
		switch {
		case l.unknown || e.Failed():
		case hold == event.HoldToWrite:
			if l.writers > 0 || l.readers > 0 {
				v.bad("%s: %s holds it", v.at(i), v.x.Goroutines[holder[e.Object]].Name)
			}
			l.writers++
			takes(e.G, e.Object)
		case hold == event.HoldToRead:
			if l.writers > 0 {
				v.bad("%s: %s holds it for writing", v.at(i), v.x.Goroutines[holder[e.Object]].Name)
			}
			l.readers++
			takes(e.G, e.Object)
		case hold == event.HoldNoWrite:
			delete(holds[holder[e.Object]], e.Object)
			if l.writers--; l.writers < 0 {
				l.writers = 0
				v.fatalOnly(i)
			}
		case hold == event.HoldNoRead:
			if l.readers--; l.readers < 0 {
				l.readers = 0
				v.fatalOnly(i)
			}
		}
	}
}

// fatalOnly reports event i unless it is the last of its goroutine: Go ends the
// program there.
func (v *validator) fatalOnly(i int) {
	if len(v.problems) >= maxProblems {
		return
	}
	for _, e := range v.x.Events[i+1:] {
		if e.G == v.x.Events[i].G {
			v.bad("%s: nobody holds it", v.at(i))
			return
		}
	}
}

// fifo checks that what one goroutine sent to a channel, another received in
// the same order.
func (v *validator) fifo() {
	type pair struct{ object, from, to int }
	last := map[pair]int{}
	for i := range v.x.Events {
		e := &v.x.Events[i]
		if e.Op != event.Send || e.Link < 0 {
			continue
		}
		p := pair{e.Object, e.G, v.x.Events[e.Link].G}
		if e.Link < last[p] {
			v.bad("%s: received by %s, before what was sent earlier", v.at(i), v.at(e.Link))
		}
		last[p] = e.Link
	}
}
