package run

import (
	"threading101/kernel/event"
	"threading101/kernel/trace"
)

// firstNumber is the race detector's number of the first goroutine that a
// program starts itself; the smaller ones are main's (0) and the runtime's.
const firstNumber = 8

// reusable is from how many goroutines on the detector may give a number a
// second time.
const reusable = 16

// reports turns the detector's reports into those of an execution: places,
// the object's name where the sites tell it, and, where it can be told, the
// lane and the recorded event of each access. x may be nil.
func reports(all []raced, sites []event.Site, locate func(string, int, int) trace.Pos, x *trace.Execution) []trace.Report {
	lanes := laneFinder{x: x, all: all}
	lanes.findBase()
	var out []trace.Report
	seen := map[[2]trace.Pos]bool{}
	for _, r := range all {
		a, b := r.access[0].place().Pos, r.access[1].place().Pos
		if seen[[2]trace.Pos{a, b}] || seen[[2]trace.Pos{b, a}] {
			continue
		}
		seen[[2]trace.Pos{a, b}] = true
		out = append(out, trace.Report{
			Object: objectAt(sites, locate, a, b),
			A:      lanes.access(&r.access[0]),
			B:      lanes.access(&r.access[1]),
		})
	}
	return out
}

// objectAt returns the one object that both places touch, "" if there is none
// or more than one.
func objectAt(sites []event.Site, locate func(string, int, int) trace.Pos, a, b trace.Pos) string {
	at := func(p trace.Pos) map[string]bool {
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
	x    *trace.Execution
	all  []raced
	base int // the number of lane 1, 0 if unknown
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

// lane returns the index of the access's goroutine, -1 if it cannot be told.
func (l *laneFinder) lane(a *access) int {
	switch {
	case l.x == nil || a.goroutine < 0:
		return -1
	case a.goroutine == 0:
		return 0
	case l.base > 0:
		return a.goroutine - l.base + 1
	}
	only := -1
	for i := 1; i < len(l.x.Goroutines); i++ {
		if a.created != nil && l.x.Goroutines[i].Pos == a.created.Pos {
			if only >= 0 {
				return -1
			}
			only = i
		}
	}
	return only
}

// access finds the recorded event of an access: its goroutine's last one at
// that place, of its kind if there is one.
func (l *laneFinder) access(a *access) trace.Access {
	out := trace.Access{Write: a.write, Pos: a.place().Pos, Event: -1}
	lane := l.lane(a)
	if lane < 0 || lane >= len(l.x.Goroutines) {
		return out
	}
	out.Goroutine = l.x.Goroutines[lane].Name
	for i, e := range l.x.Events {
		if e.G != lane || e.Pos != out.Pos {
			continue
		}
		if memory(e.Op) && (e.Op == event.Store) == a.write {
			out.Event = i
		} else if out.Event < 0 || !memory(l.x.Events[out.Event].Op) {
			out.Event = i
		}
	}
	return out
}
