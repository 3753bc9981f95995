package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Values where main ends and the calls of functions are recorded where somebody
// asked for them. They are no events of the run, which is the same without: they
// are kept apart.

// span is a Span in a log: of the goroutine's entries the ones from from up to,
// but not with, to.
type span struct {
	n        int
	g        uint32
	from, to int
	open     bool
}

// withoutAsked returns a log without the entries of what was asked for, and
// numbered as if there had never been any.
func (l *Log) withoutAsked() *Log {
	if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return asked(e.Op) }) {
		return l
	}
	out := *l
	out.Entries, out.outcome, out.spans = make([]Entry, 0, len(l.Entries)), nil, nil
	gone, done := uint64(0), map[uint32]int{}
	for _, e := range l.Entries {
		switch e.Op {
		case event.Value:
			out.outcome = append(out.outcome, e.Text)
		case event.Enter:
			out.spans = append(out.spans, span{n: int(e.Aux), g: e.G, from: done[e.G], open: true})
		case event.Leave:
			out.leave(e.G, int(e.Aux), done[e.G])
		default:
			done[e.G]++
			e.N -= gone
			out.Entries = append(out.Entries, e)
			continue
		}
		gone++
	}
	for i := range out.spans {
		if s := &out.spans[i]; s.open {
			s.to = done[s.g]
		}
	}
	out.Count -= gone
	return &out
}

func asked(op event.Op) bool {
	return op == event.Value || op == event.Enter || op == event.Leave
}

// leave ends g's last call of function n that is not over. Of one whose beginning
// was not kept nothing is known.
func (l *Log) leave(g uint32, n, to int) {
	for i := len(l.spans) - 1; i >= 0; i-- {
		if s := &l.spans[i]; s.g == g && s.n == n && s.open {
			s.to, s.open = to, false
			return
		}
	}
}

// asked adds what was asked for.
func (b *builder) asked() {
	b.x.Values = b.log.outcome
	if len(b.log.spans) == 0 {
		return
	}
	did := make([][]int, len(b.rows))
	for i := range b.x.Events {
		did[b.x.Events[i].G] = append(did[b.x.Events[i].G], i)
	}
	for _, s := range b.log.spans {
		lane, ok := b.lanes[s.g]
		if !ok {
			continue
		}
		out := model.Span{N: s.n, G: lane, First: -1, Last: -1, Open: s.open}
		if s.from < s.to {
			out.First, out.Last = did[lane][s.from], did[lane][s.to-1]
		}
		b.x.Spans = append(b.x.Spans, out)
	}
}

// spans checks that each call is one goroutine's, and in order.
func (v *validator) spans() {
	for i, s := range v.x.Spans {
		none := s.First == -1 && s.Last == -1
		switch {
		case s.N < 0 || s.G < 0 || s.G >= len(v.x.Goroutines):
			v.bad("call %d: there is no function %d or goroutine %d", i, s.N, s.G)
		case none:
		case s.First < 0 || s.Last < s.First || s.Last >= len(v.x.Events):
			v.bad("call %d: there are no events from %d to %d", i, s.First, s.Last)
		case v.x.Events[s.First].G != s.G || v.x.Events[s.Last].G != s.G:
			v.bad("call %d: %s and %s are not both of %s", i, v.at(s.First), v.at(s.Last), v.x.Goroutines[s.G].Name)
		}
	}
}
