package run

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// firstNumber is the race detector's number of the first goroutine that a
// program starts itself; the smaller ones are main's (0) and the runtime's.
const firstNumber = 8

// reusable is from how many goroutines on the detector may give a number a
// second time.
const reusable = 16

// reports turns the detector's reports into those of an execution: places,
// and, where they can be told, the object's name and the lane and the recorded
// event of each access. x may be nil; addresses are those of the objects of its
// events, or nil.
func reports(all []raced, sites []event.Site, locate func(string, int, int) model.Pos, x *model.Execution, addresses []uint64) []model.Race {
	lanes := laneFinder{x: x, addresses: addresses, all: all}
	lanes.findBase()
	var out []model.Race
	for i := range all {
		a, b := &all[i].access[0], &all[i].access[1]
		r := model.Race{Object: lanes.object(a, b)}
		r.A, r.B = lanes.accesses(a, b)
		known := r.Object != ""
		if !known {
			r.Object = objectAt(sites, locate, r.A.Pos, r.B.Pos)
		}
		if !repeats(out, r, known) {
			out = append(out, r)
		}
	}
	return out
}

// repeats says whether a report tells nothing new: the same two places, and no
// other object for certain. A map, for one, gives two reports: of itself and of
// the element.
func repeats(all []model.Race, r model.Race, known bool) bool {
	for _, other := range all {
		same := other.A.Pos == r.A.Pos && other.B.Pos == r.B.Pos || other.A.Pos == r.B.Pos && other.B.Pos == r.A.Pos
		if same && (!known || other.Object == r.Object) {
			return true
		}
	}
	return false
}

// objectAt returns the one object that both places touch, "" if there is none
// or more than one.
func objectAt(sites []event.Site, locate func(string, int, int) model.Pos, a, b model.Pos) string {
	at := func(p model.Pos) map[string]bool {
		names := map[string]bool{}
		for _, s := range sites {
			if memory(s.Op) && s.Object != "" && locate(s.File, s.Line, s.Col) == p {
				names[s.Object] = true
			}
		}
		return names
	}
	names, others := at(a), at(b)
	common := ""
	for name := range names {
		if others[name] {
			if common != "" {
				return ""
			}
			common = name
		}
	}
	return common
}

func memory(op event.Op) bool {
	return op == event.Load || op == event.Store
}

// laneFinder finds the goroutine of an execution that the detector means.
// Its numbers grow in the order of creation, as the lanes do; which number the
// first one has is tried out against the places of creation.
type laneFinder struct {
	x         *model.Execution
	addresses []uint64 // of the objects of x.Events
	all       []raced
	base      int // the number of lane 1, 0 if unknown
}

func (l *laneFinder) findBase() {
	if l.x == nil || len(l.x.Goroutines) > reusable {
		return
	}
	var fit []int
	for base := 1; base < 4*firstNumber; base++ {
		if l.fits(base) {
			fit = append(fit, base)
		}
	}
	for _, base := range fit {
		if base == firstNumber || len(fit) == 1 {
			l.base = base
			return
		}
	}
}

func (l *laneFinder) fits(base int) bool {
	for _, r := range l.all {
		for _, a := range r.access {
			if a.goroutine <= 0 {
				continue
			}
			lane := a.goroutine - base + 1
			if lane < 1 || lane >= len(l.x.Goroutines) || !l.createdAt(lane, a.created) {
				return false
			}
		}
	}
	return true
}

// createdAt says whether the lane may have been created there. What a library
// started has no such place in the learner's code.
func (l *laneFinder) createdAt(lane int, f *Frame) bool {
	return f == nil || !inMain(*f) || l.x.Goroutines[lane].Pos == f.Pos
}

func inMain(f Frame) bool { return len(f.Func) > 5 && f.Func[:5] == "main." }

// object returns the name of the object of which the recording says that it
// lies where the access went, "" if there is none.
func (l *laneFinder) object(both ...*access) string {
	for _, a := range both {
		for _, i := range l.matches(a) {
			if o := l.x.Events[i].Object; o >= 0 {
				return l.x.Objects[o].Name
			}
		}
	}
	return ""
}

// wordSize is how far into an object an access may go that is still its: the
// second word of a string or an interface.
const wordSize = 8

// matches returns the recorded events that are like the access in everything
// but the goroutine: place, kind and address.
func (l *laneFinder) matches(a *access) []int {
	var found []int
	for i, at := range l.addresses {
		e := &l.x.Events[i]
		if e.Pos == a.place().Pos && memory(e.Op) && (e.Op == event.Store) == a.write && a.address-at <= wordSize {
			found = append(found, i)
		}
	}
	return found
}

// lane returns the index of the access's goroutine, -1 if it cannot be told.
func (l *laneFinder) lane(a *access) int {
	switch {
	case l.x == nil:
		return -1
	case a.goroutine == 0:
		return 0
	case l.base > 0 && a.goroutine > 0:
		return a.goroutine - l.base + 1
	}
	if only := one(l.lanesOf(l.matches(a))); only >= 0 {
		return only
	}
	return one(l.createdThere(a))
}

func (l *laneFinder) lanesOf(events []int) []int {
	var lanes []int
	for _, i := range events {
		lanes = append(lanes, l.x.Events[i].G)
	}
	return lanes
}

func (l *laneFinder) createdThere(a *access) []int {
	var lanes []int
	for i := 1; a.created != nil && i < len(l.x.Goroutines); i++ {
		if l.x.Goroutines[i].Pos == a.created.Pos {
			lanes = append(lanes, i)
		}
	}
	return lanes
}

// one returns the number that all are equal to, -1 if there is none.
func one(all []int) int {
	if len(all) == 0 {
		return -1
	}
	for _, n := range all {
		if n != all[0] {
			return -1
		}
	}
	return all[0]
}

// accesses finds the recorded events of the two accesses of a report. They are
// of two goroutines: what says otherwise is not believed.
func (l *laneFinder) accesses(a, b *access) (x, y model.Access) {
	laneA, laneB := l.lane(a), l.lane(b)
	if laneA == laneB {
		laneA, laneB = -1, -1
	}
	return l.access(a, laneA), l.access(b, laneB)
}

// access finds the recorded event of an access: the lane's last one that
// matches, or else its last one at that place, of its kind if there is one.
func (l *laneFinder) access(a *access, lane int) model.Access {
	out := model.Access{Write: a.write, Pos: a.place().Pos, Event: -1}
	if lane < 0 || lane >= len(l.x.Goroutines) {
		return out
	}
	out.Goroutine = l.x.Goroutines[lane].Name
	for _, i := range l.matches(a) {
		if l.x.Events[i].G == lane {
			out.Event = i
		}
	}
	if out.Event < 0 {
		out.Event = l.nearest(lane, a)
	}
	return out
}

// nearest returns the lane's last event at the access's place, one of its kind
// before others, -1 if there is none.
func (l *laneFinder) nearest(lane int, a *access) int {
	found, fits := -1, false
	for i, e := range l.x.Events {
		if e.G != lane || e.Pos != a.place().Pos {
			continue
		}
		fit := memory(e.Op) && (e.Op == event.Store) == a.write
		if fit || !fits {
			found, fits = i, fit
		}
	}
	return found
}
