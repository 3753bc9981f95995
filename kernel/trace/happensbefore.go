package trace

import (
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Races looks for data races: two accesses to one variable by two goroutines,
// at least one of them a write and at least one of them not atomic, that no
// rule of Go's memory model puts in an order. It says so whether or not anything
// went wrong, and however the scheduler happened to order them, as Go's race
// detector does (FastTrack: Flanagan and Freund, PLDI 2009).
//
// Of those at the same two places the first is reported. Where something is not
// known (what a library does, how large a buffer is, what was not kept), an
// order is assumed: races may be missed then, but none is invented.
func Races(x *model.Execution) []model.Race {
	all, _ := races(x)
	return all
}

// The bounds of looking for races.
const (
	maxRacers  = 256 // goroutines whose accesses are compared
	maxReports = 16
)

// races also says whether all accesses of the run were compared.
func races(x *model.Execution) (all []model.Race, complete bool) {
	copied := copiedLocks(x)
	part, racers := racers(x, copied)
	if racers < 2 {
		return nil, x.Dropped == 0 && x.Skipped == 0
	}
	d := detector{x: x, copied: copied, vars: map[int]*accesses{}, told: map[racePlaces]bool{}}
	d.order = newOrder(x, part, d.access)
	for i := range x.Events {
		if x.Dropped > 0 && i == x.DroppedAt {
			clear(d.vars) // what was done since is not known
		}
		d.order.step(i)
		if len(d.reports) == maxReports {
			return d.reports, false
		}
	}
	return d.reports, x.Dropped == 0 && x.Skipped == 0 && racers <= maxRacers
}

// racers gives a component to each goroutine that uses memory which another
// uses too and somebody writes, and counts them.
func racers(x *model.Execution, copied map[int]bool) (part []int, n int) {
	type use struct {
		g             int
		shared, wrote bool
	}
	uses := map[int]*use{}
	note := func(object int, e *model.Event) {
		u := uses[object]
		if u == nil {
			u = &use{g: e.G}
			uses[object] = u
		}
		u.shared = u.shared || u.g != e.G
		u.wrote = u.wrote || stores(e.Op) || usesLock(e)
	}
	for i := range x.Events {
		e := &x.Events[i]
		if !isAccess(e, copied) {
			continue
		}
		note(e.Object, e)
		for _, part := range e.Parts {
			note(part, e)
		}
	}
	part = fill(len(x.Goroutines), -1)
	contended := func(object int) bool { u := uses[object]; return u != nil && u.shared && u.wrote }
	for i := range x.Events {
		e := &x.Events[i]
		if !isAccess(e, copied) || part[e.G] >= 0 || !contended(e.Object) && !slices.ContainsFunc(e.Parts, contended) {
			continue
		}
		if n++; n <= maxRacers {
			part[e.G] = n - 1
		}
	}
	return part, n
}

// copiedLocks are the locks that somebody copies or overwrites.
func copiedLocks(x *model.Execution) map[int]bool {
	all := map[int]bool{}
	for i := range x.Events {
		for _, part := range x.Events[i].Parts {
			if event.Classes[x.Objects[part].Class].Kin != event.ClassMemory {
				all[part] = true
			}
		}
	}
	return all
}

// isAccess says whether an event is an access to memory: what is done to a lock is one,
// too, if that is copied.
func isAccess(e *model.Event, copied map[int]bool) bool {
	return e.Object >= 0 && (memory(event.Table[e.Op].Class) || copied[e.Object] && usesLock(e))
}

// usesLock says whether an event changes a lock, with atomic operations. Go's race
// detector is told to overlook those within an RWMutex and a WaitGroup.
func usesLock(e *model.Event) bool {
	switch e.Op {
	case event.Lock, event.Unlock, event.TryLock:
		return !e.Failed() && (e.Site == nil || !e.Site.RW)
	case event.OnceDo:
		return true
	}
	return false
}

// detector compares accesses.
type detector struct {
	x       *model.Execution
	copied  map[int]bool
	order   *order
	vars    map[int]*accesses
	told    map[racePlaces]bool
	reports []model.Race
}

// accesses are the last ones to a variable by each goroutine.
type accesses struct{ kinds [4][]accessed }

// The kinds of access.
const (
	reads = iota
	writes
	atomicReads
	atomicWrites
)

// rivals are the kinds that race with a kind.
var rivals = [4][]int{
	reads:        {writes, atomicWrites},
	writes:       {writes, atomicWrites, reads, atomicReads},
	atomicReads:  {writes},
	atomicWrites: {writes, reads},
}

// accessed is one access: the goroutine's component, how far it was then, and
// the event.
type accessed struct {
	part  int
	at    uint32
	event int
}

// racePlaces is what makes two reports the same.
type racePlaces struct {
	object string
	a, b   model.Pos
}

// access compares event i with those before it.
func (d *detector) access(i int) {
	e := &d.x.Events[i]
	part, known := d.order.part[e.G], d.order.now[e.G]
	if part < 0 || !isAccess(e, d.copied) {
		return
	}
	kind, mine := kindOf(e), accessed{part, known.of(part), i}
	d.compare(e.Object, kind, mine, known)
	for _, object := range e.Parts {
		d.compare(object, kind, mine, known)
	}
}

// compare compares an access to a variable with earlier ones, and notes it.
func (d *detector) compare(object, kind int, mine accessed, known clock) {
	v := d.vars[object]
	if v == nil {
		v = new(accesses)
		d.vars[object] = v
	}
	for _, rival := range rivals[kind] {
		for _, other := range v.kinds[rival] {
			if other.part != mine.part && known.of(other.part) < other.at {
				d.report(other.event, mine.event)
			}
		}
	}
	v.note(kind, mine)
}

func kindOf(e *model.Event) int {
	if usesLock(e) {
		return atomicWrites
	}
	kind := reads
	if stores(e.Op) && !e.Failed() {
		kind = writes
	}
	if event.Table[e.Op].Class == event.ClassAtomic {
		kind += atomicReads
	}
	return kind
}

func (v *accesses) note(kind int, a accessed) {
	for i := range v.kinds[kind] {
		if v.kinds[kind][i].part == a.part {
			v.kinds[kind][i] = a
			return
		}
	}
	v.kinds[kind] = append(v.kinds[kind], a)
}

func (d *detector) report(a, b int) {
	object := racedName(d.x, a, b)
	name, _, _ := strings.Cut(object, "·")
	at := racePlaces{name, d.x.Events[a].Pos, d.x.Events[b].Pos}
	if d.told[at] || len(d.reports) == maxReports {
		return
	}
	d.told[at], d.told[racePlaces{name, at.b, at.a}] = true, true
	d.reports = append(d.reports, model.Race{Object: object, A: accessAt(d.x, a), B: accessAt(d.x, b)})
}

// racedName is the name of what two accesses race for: where one is to a part of the
// other's variable, that part's.
func racedName(x *model.Execution, a, b int) string {
	whole, part := x.Objects[x.Events[a].Object].Name, x.Objects[x.Events[b].Object].Name
	if strings.HasPrefix(whole, part+".") || strings.HasPrefix(whole, part+"[") {
		return whole
	}
	return part
}

func accessAt(x *model.Execution, i int) model.Access {
	e := &x.Events[i]
	return model.Access{Goroutine: x.Goroutines[e.G].Name, Write: kindOf(e) == writes || kindOf(e) == atomicWrites, Pos: e.Pos, Event: i}
}
