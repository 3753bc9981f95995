package trace

import (
	"slices"

	"threading101/kernel/event"
)

// In a recorded run that Go schedules, each context that can end is noted when it
// is made. That is no event: it tells who may close the channel that others wait
// for.

// contextOf is what is known of a context.
type contextOf struct {
	parent uint64 // the Done channel of the one that it is made of, 0 if that never ends
	timed  bool   // it has a deadline
}

// withoutContexts returns a log without the entries of contexts, and numbered as if
// there had never been any.
func (l *Log) withoutContexts() *Log {
	if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return e.Op == event.Context }) {
		return l
	}
	out := *l
	out.Entries, out.contexts = make([]Entry, 0, len(l.Entries)), map[uint64]contextOf{}
	gone := uint64(0)
	for _, e := range l.Entries {
		if e.Op == event.Context {
			out.contexts[e.Obj] = contextOf{e.Aux, e.Flags&event.FlagTimed != 0}
			gone++
			continue
		}
		e.N -= gone
		out.Entries = append(out.Entries, e)
	}
	out.Count -= gone
	return &out
}
