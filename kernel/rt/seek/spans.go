package seek

import (
	"threading101/kernel/event"
	"threading101/kernel/explore/wire"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// spans are the calls of the functions that are watched, in a run of a search.
type spans struct {
	open []span // begun
	all  []span // over, or the run was first
	born []birth
}

// birth is who started a goroutine, and how many calls were over then.
type birth struct{ creator, over int }

// span is one call of a function: by which goroutine, and what came before it;
// its end comes after so many steps of its goroutine.
type span struct {
	function uint32
	proc     int
	begin    []int32
	steps    int32 // of its goroutine when it began
	end      int32 // when it ended; -1: it did not
	over     int   // so many calls were over before it was
	inner    bool  // its goroutine was in a call of the function already
}

func (s *spans) reset() { s.open, s.all, s.born = s.open[:0], s.all[:0], s.born[:0] }

// starts notes that the next goroutine is started.
func (s *spans) starts(creator int) { s.born = append(s.born, birth{creator, len(s.all)}) }

// Span is told that a call begins or ends.
func (k *seeker) Span(g *control.G, op event.Op, n uint32) {
	h := &k.search.History
	if op == event.Enter {
		k.calls(n)
		k.spans.open = append(k.spans.open, span{
			function: n, proc: g.Proc, begin: h.Known(g.Proc), steps: h.Steps(g.Proc), end: -1, inner: k.spans.within(g.Proc, n),
		})
		return
	}
	for i := len(k.spans.open) - 1; i >= 0; i-- {
		if s := k.spans.open[i]; s.proc == g.Proc && s.function == n {
			s.end, s.over = h.Steps(g.Proc), len(k.spans.all)
			k.spans.all = append(k.spans.all, s)
			k.spans.open = append(k.spans.open[:i], k.spans.open[i+1:]...)
			return
		}
	}
}

// calls tells once that a function was called.
func (k *seeker) calls(n uint32) {
	for uint32(len(k.called)) <= n {
		k.called = append(k.called, false)
	}
	if !k.called[n] {
		k.called[n] = true
		k.search.Note(wire.NoteCalled, 0, record.Decimal(n))
	}
}

// within says whether a goroutine is in a call of a function.
func (s *spans) within(proc int, function uint32) bool {
	for i := range s.open {
		if s.open[i].proc == proc && s.open[i].function == function {
			return true
		}
	}
	return false
}

// after says whether a began only after b had made its last step, in all orders of
// the class. Nobody can notice what b does between its last step and its return.
func (a *span) after(b *span) bool {
	if b.end < 0 {
		return false
	}
	if a.proc == b.proc {
		return a.steps >= b.end
	}
	return b.proc < len(a.begin) && a.begin[b.proc] >= b.end
}

// marks are "overlap A" for each function that may have two calls under way at
// the same time, and "disorder A B" where a call of B may begin before all of A
// are over. Functions are named by their numbers.
func (s *spans) marks() (text string) {
	s.all = append(s.all, s.open...)
	s.open = s.open[:0]
	for i := range s.all {
		for j := range s.all {
			a, b := &s.all[i], &s.all[j]
			switch {
			case i == j || a.proc == b.proc && a.function == b.function:
			case a.function == b.function && i < j && !a.after(b) && !b.after(a):
				text = markOnce(text, "overlap "+record.Decimal(a.function))
			case a.function != b.function && !b.after(a):
				text = markOnce(text, "disorder "+record.Decimal(a.function)+" "+record.Decimal(b.function))
			}
		}
	}
	return text
}

// markOnce adds a mark that text does not have.
func markOnce(text, more string) string {
	for rest := text; rest != ""; {
		n := 0
		for n < len(rest) && rest[n] != wire.MarkSeparator[0] {
			n++
		}
		if rest[:n] == more {
			return text
		}
		rest = rest[min(n+1, len(rest)):]
	}
	return mark(text, more)
}
