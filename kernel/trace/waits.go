package trace

import (
	"cmp"
	"slices"
	"strconv"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Waits returns who waited when the run ended, in the order of the lanes. One
// that slept, or waited in code that is not the learner's, is not among them.
func Waits(x *model.Execution) []model.Wait {
	k := keep(x)
	last := lastEvents(x)
	var all []model.Wait
	for g := range x.Goroutines {
		i := last[g]
		if i < 0 || !waitsAt(x, i) {
			continue
		}
		e := &x.Events[i]
		w := model.Wait{G: g, Event: i, Object: e.Object}
		if e.Op == event.StatementWant {
			w.Object, w.For = e.Wanted(), lockedFor(x, i)
		} else if e.Object >= 0 {
			w.Count = k.counts[e.Object]
			if e.Op == event.LockWant || e.Op == event.RLockWant {
				w.For = k.inTheWay(x, i, last)
			}
			if d, ok := k.doers[e.Object]; ok && e.Op == event.OnceWant {
				w.For = []model.Hold{d}
			}
		}
		all = append(all, w)
	}
	return all
}

// lastEvents returns for each goroutine its last event, -1 if it has none.
func lastEvents(x *model.Execution) []int {
	last := fill(len(x.Goroutines), -1)
	for i := range x.Events {
		if e := &x.Events[i]; e.Op != event.Name && e.Op != event.None {
			last[e.G] = i
		}
	}
	return last
}

// waitsAt says whether a goroutine whose last event is i waits there.
func waitsAt(x *model.Execution, i int) bool {
	op := x.Events[i].Op
	return waiting(op) && op != event.Outside && x.Events[i].Link < 0
}

// Circle returns those of the waits that go round in a circle, each for a lock
// that the next one has, or is to get first: as indices; nil if there is none.
func Circle(waits []model.Wait) []int {
	of := map[int]int{}
	for i, w := range waits {
		of[w.G] = i
	}
	done := make([]bool, len(waits))
	var path []int
	var visit func(i int) []int
	visit = func(i int) []int {
		if from := slices.Index(path, i); from >= 0 {
			return slices.Clone(path[from:])
		}
		if done[i] {
			return nil
		}
		path = append(path, i)
		for _, h := range waits[i].For {
			if next, ok := of[h.G]; ok {
				if c := visit(next); c != nil {
					return c
				}
			}
		}
		path = path[:len(path)-1]
		done[i] = true
		return nil
	}
	for i := range waits {
		if c := visit(i); c != nil {
			return c
		}
	}
	return nil
}

// Held returns the locks in a goroutine's hands when the run ended.
func Held(x *model.Execution) map[int][]model.Hold {
	all := map[int][]model.Hold{}
	for object, holds := range keep(x).holds {
		if !x.Objects[object].Partial && len(holds) > 0 {
			all[object] = holds
		}
	}
	return all
}

// keeper keeps the books of locks and wait groups.
type keeper struct {
	x      *model.Execution
	holds  map[int][]model.Hold // by lock
	counts map[int]int          // by wait group
	doers  map[int]model.Hold   // by Once: who runs the function
	lent   map[int]int          // by goroutine: the lock that a Cond's Wait gave back, where the record does not say
}

// keep goes through the run. Where events are missing it begins anew.
func keep(x *model.Execution) *keeper { return follow(x, func(int, *keeper) {}) }

// follow is keep, and calls see before each event.
func follow(x *model.Execution, see func(i int, k *keeper)) *keeper {
	k := &keeper{x: x, holds: map[int][]model.Hold{}, counts: map[int]int{}, doers: map[int]model.Hold{}, lent: map[int]int{}}
	for i := range x.Events {
		if x.Dropped > 0 && i == x.DroppedAt {
			clear(k.holds)
			clear(k.counts)
			clear(k.doers)
		}
		see(i, k)
		k.event(i, &x.Events[i])
	}
	return k
}

func (k *keeper) event(i int, e *model.Event) {
	if e.Object < 0 || e.Failed() {
		return
	}
	switch event.Table[e.Op].Hold {
	case event.HoldToWrite:
		k.holds[e.Object] = []model.Hold{{G: e.G, Event: i}}
	case event.HoldToRead:
		k.holds[e.Object] = append(k.holds[e.Object], model.Hold{G: e.G, Event: i, Reads: true})
	case event.HoldNoWrite, event.HoldNoRead:
		k.release(e.G, e.Object)
	default:
		k.other(i, e)
	}
}

// other keeps the books of what is no lock.
func (k *keeper) other(i int, e *model.Event) {
	switch e.Op {
	case event.CondWant:
		if l := k.lockOf(e); l >= 0 {
			k.lent[e.G] = l
			k.release(e.G, l)
		}
	case event.CondWait:
		if l, ok := k.lent[e.G]; ok {
			k.holds[l] = []model.Hold{{G: e.G, Event: i}}
			delete(k.lent, e.G)
		}
	case event.WGAdd:
		k.counts[e.Object] += delta(e)
	case event.WGDone:
		k.counts[e.Object]--
	case event.OnceDo:
		k.doers[e.Object] = model.Hold{G: e.G, Event: i}
	case event.Once:
		delete(k.doers, e.Object)
	}
}

// lockOf is the lock of the Cond in e: as recorded, or else the one that the
// goroutine took last.
func (k *keeper) lockOf(e *model.Event) int {
	if e.Lock > 0 {
		return e.Lock - 1
	}
	lock, at := -1, -1
	for object, holds := range k.holds {
		for _, h := range holds {
			if h.G == e.G && h.Event > at {
				lock, at = object, h.Event
			}
		}
	}
	return lock
}

// release takes a lock out of a goroutine's hands, or, as Go lets anyone unlock
// it, out of another's.
func (k *keeper) release(g, object int) {
	holds := k.holds[object]
	mine := func(h model.Hold) bool { return h.G == g }
	if i := slices.IndexFunc(holds, mine); i >= 0 {
		k.holds[object] = slices.Delete(holds, i, i+1)
	} else if len(holds) > 0 {
		k.holds[object] = holds[:len(holds)-1]
	}
}

// inTheWay returns the holds that event i, which wants a lock, has to wait for.
func (k *keeper) inTheWay(x *model.Execution, i int, last []int) []model.Hold {
	e := &x.Events[i]
	if x.Objects[e.Object].Partial {
		return nil
	}
	all := slices.Clone(k.holds[e.Object])
	if e.Op == event.LockWant || len(all) > 0 && !all[0].Reads {
		return all
	}
	all = nil // readers do not exclude each other: it is a writer that waits before this one
	for g, j := range last {
		if j >= 0 && j < i && waitsAt(x, j) && x.Events[j].Op == event.LockWant && x.Events[j].Object == e.Object {
			all = append(all, model.Hold{G: g, Event: j, Queued: true})
		}
	}
	slices.SortFunc(all, func(a, b model.Hold) int { return cmp.Compare(a.Event, b.Event) })
	return all
}

// delta is what a wg-add adds.
func delta(e *model.Event) int {
	n, err := strconv.Atoi(e.Value)
	if err != nil {
		return 0
	}
	return n
}
