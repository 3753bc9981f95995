package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// A goroutine notes a send when it goes on after it, which may be long after
// another goroutine received the value. The send took place before the receive;
// there it is put, so that nobody receives what was not sent yet.

// settleRounds bounds how often the order is put right: pairs that are not told
// apart by their values may be others in the new order.
const settleRounds = 3

// move says that the entries from … to (the send, with its select before it)
// belong before the one at before.
type move struct{ from, to, before int }

// lateSends returns the moves that put sends before their receives, in order.
func lateSends(x *model.Execution) (moves []move) {
	last := make([]int, len(x.Goroutines)) // by goroutine: the event before
	prev := make([]int, len(x.Events))
	for g := range last {
		last[g] = -1
	}
	for i := range x.Events {
		prev[i], last[x.Events[i].G] = last[x.Events[i].G], i
	}
	for s := range x.Events {
		r := x.Events[s].Link
		if !isLate(x, s) {
			continue
		}
		m := move{s, s, r}
		if selectOf(x, s, prev[s]) {
			m.from = prev[s]
		}
		if selectOf(x, r, prev[r]) {
			m.before = prev[r]
		}
		if prev[m.from] < m.before {
			moves = append(moves, m)
		}
	}
	return moves
}

// late says whether event s is a send noted after its receive. Across a gap
// nothing is moved.
func isLate(x *model.Execution, s int) bool {
	e := &x.Events[s]
	gap := x.Dropped > 0 && e.Link < x.DroppedAt && s >= x.DroppedAt
	return e.Op == event.Send && e.Link >= 0 && e.Link < s && !gap
}

// selectOf says whether event i was done by the select noted at p.
func selectOf(x *model.Execution, i, p int) bool {
	return x.Events[i].Flags&event.FlagSelect != 0 && p == i-1 && p >= 0 && x.Events[p].Op == event.Select
}

// settled returns a log with the moves made. Numbers and gaps stay where they are.
func (l *Log) settled(moves []move) *Log {
	gone := make([]bool, len(l.Entries))
	early := map[int][]Entry{}
	for _, m := range moves {
		for i := m.from; i <= m.to; i++ {
			e := l.Entries[i]
			e.T = l.Entries[m.before].T
			early[m.before] = append(early[m.before], e)
			gone[i] = true
		}
	}
	out := *l
	out.Entries = make([]Entry, 0, len(l.Entries))
	for i, e := range l.Entries {
		out.Entries = append(out.Entries, early[i]...)
		if !gone[i] {
			out.Entries = append(out.Entries, e)
		}
	}
	for i := range out.Entries {
		out.Entries[i].N = l.Entries[i].N
	}
	return &out
}

// unlinkLateSends parts sends and receives that cannot belong together.
func unlinkLateSends(x *model.Execution) {
	for s := range x.Events {
		if isLate(x, s) {
			for _, i := range []int{x.Events[s].Link, s} {
				x.Events[i].Link, x.Events[i].Partner = -1, -1
			}
		}
	}
}
