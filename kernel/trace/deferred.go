package trace

import (
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// A deferred call is made where its function ends, and that is where Go says that it
// failed: at a closing brace. The learner looks for the line that says what was done.

// causes are the operations that fail with a panic or a fatal error of Go's.
var causes = []struct {
	reason string
	ops    []event.Op
}{
	{"close of closed channel", []event.Op{event.Close}},
	{"close of nil channel", []event.Op{event.Close}},
	{"send on closed channel", []event.Op{event.Send}},
	{"negative WaitGroup counter", []event.Op{event.WGDone, event.WGAdd}},
	{"unlock of unlocked", []event.Op{event.Unlock, event.RUnlock}},
}

// causesOf are the operations that may have ended the run; nil if it is not
// known.
func causesOf(reason string) []event.Op {
	for _, c := range causes {
		if strings.Contains(reason, c.reason) {
			return c.ops
		}
	}
	return nil
}

// deferred is the place of the deferred operation that failed in event i, where Go
// says that this was at a place: what the goroutine noted last, or else the only such
// operation of the function. ok is false where one stands at that place, or which it
// was is not known.
func (b crash) deferred(i int, at model.Pos) (place model.Pos, ok bool) {
	ops := causesOf(b.x.Reason)
	if len(ops) == 0 {
		return at, false
	}
	var places []model.Pos
	function, from := b.functionAt(at), 0
	if started := b.x.Goroutines[b.x.Events[i].G].Pos; started.Line <= at.Line && b.functionAt(started) == function {
		from = started.Line // the function's literal begins there
	}
	for n := range b.sites {
		s, p := &b.sites[n], b.pos(uint32(n))
		switch {
		case p == at && slices.Contains(ops, s.Op):
			return at, false
		case s.Func != function || function == "" || p.File != at.File || p.Cell != at.Cell || p.Line < from || p.Line > at.Line:
		case slices.Contains(ops, s.Op) && !slices.Contains(places, p):
			places = append(places, p)
		}
	}
	for j := i - 1; j >= 0; j-- {
		if e := &b.x.Events[j]; e.G == b.x.Events[i].G && e.Op != event.Name {
			if slices.Contains(ops, e.Op) && slices.Contains(places, e.Pos) {
				return e.Pos, true
			}
			break
		}
	}
	if len(places) == 1 {
		return places[0], true
	}
	return at, false
}

// failedAt is the site of the operation at a place that ended the run; nil
// if there is none, or there are several.
func (b crash) failedAt(at model.Pos) (site *event.Site) {
	ops := causesOf(b.x.Reason)
	for n := range b.sites {
		if b.pos(uint32(n)) == at && slices.Contains(ops, b.sites[n].Op) {
			if site != nil {
				return nil
			}
			site = &b.sites[n]
		}
	}
	return site
}

// functionAt is the declared function that a place is in, as far as the sites before
// it tell; "" if none does.
func (b crash) functionAt(at model.Pos) string {
	best, function := 0, ""
	for n := range b.sites {
		if p := b.pos(uint32(n)); p.File == at.File && p.Cell == at.Cell && p.Line <= at.Line && p.Line > best {
			best, function = p.Line, b.sites[n].Func
		}
	}
	return function
}
