package trace

import (
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Values where main ends, the calls of functions, conditions that are not true, and what a
// database says are recorded where somebody asked for them. They are no events of the run, which is the same without: they
// are kept apart.

// span is a Span in a log: of the goroutine's entries the ones from from up to,
// but not with, to.
type span struct {
	n        int
	g        uint32
	from, to int
	open     bool
}

// lost is a Lost in a log: what was done before are the first done entries of the
// goroutine.
type lost struct {
	n    int
	g    uint32
	done int
	text string
}

// withoutAsked returns a log without the entries of what was asked for, and
// numbered as if there had never been any.
func (l *Log) withoutAsked() *Log {
	if !slices.ContainsFunc(l.Entries, func(e Entry) bool { return asked(e.Op) }) {
		return l
	}
	out := *l
	out.Entries, out.outcome, out.spans, out.lost = make([]Entry, 0, len(l.Entries)), nil, nil, nil
	out.said = nil
	gone, done := uint64(0), map[uint32]int{}
	for _, e := range l.Entries {
		switch e.Op {
		case event.Value:
			out.outcome = append(out.outcome, e.Text)
		case event.False:
			out.lost = append(out.lost, lost{int(e.Obj), e.G, done[e.G], e.Text})
		case event.Says:
			if f, ok := factOf(e.Text); ok {
				out.said = append(out.said, said{f, e.G, done[e.G]})
			}
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
	return op == event.Value || op == event.Enter || op == event.Leave || op == event.False || op == event.Says
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
	if len(b.log.spans)+len(b.log.lost)+len(b.log.said) == 0 {
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
	for _, l := range b.log.lost {
		if lane, ok := b.lanes[l.g]; ok {
			b.x.Lost = append(b.x.Lost, l.of(b.x, did[lane][:min(l.done, len(did[lane]))]))
		}
	}
	b.stories(did)
}

// of is a condition that was not true once a goroutine had done these events. What made
// it so is the last that wrote something, or let a lock go.
func (l *lost) of(x *model.Execution, did []int) model.Lost {
	out := model.Lost{N: l.n, Event: -1}
	for _, i := range slices.Backward(did) {
		e := &x.Events[i]
		if row := &event.Table[e.Op]; row.Stores() && !e.Failed() || row.Hold != event.HoldNothing && !row.Hold.Takes() || e.Op == event.CondWant {
			out.Event = i
			break
		}
	}
	parts := strings.Split(l.text, "\n")
	for ; len(parts) > 1; parts = parts[2:] {
		one := model.Named{Name: parts[0], Value: parts[1]}
		switch {
		case one.Name == "":
			out.Panics = one.Value
		case !slices.Contains(out.Reads, one):
			out.Reads = append(out.Reads, one)
		}
	}
	return out
}

// lost checks that each condition is lost once, and after something that was done.
func (v *validator) lost() {
	for i, l := range v.x.Lost {
		switch {
		case l.N < 0 || slices.ContainsFunc(v.x.Lost[:i], func(other model.Lost) bool { return other.N == l.N }):
			v.bad("condition %d is lost twice, or there is none", l.N)
		case l.Event < -1 || l.Event >= len(v.x.Events):
			v.bad("condition %d: there is no event %d", l.N, l.Event)
		}
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
