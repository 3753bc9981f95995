package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// A goroutine that waited to send may be let go on by the receiver and cut off
// before it comes to note the send: "<-done", and main returns. The receive
// proves the send, so it is added.

// withUnnoted returns a log with such sends at its end, from where they are put
// before their receives like others that were noted late.
func (l *Log) withUnnoted(sites []event.Site, o Options) *Log {
	wants := l.lastWants()
	if len(wants) == 0 {
		return l
	}
	out := *l
	out.Entries = l.Entries[:len(l.Entries):len(l.Entries)]
	x := l.build(sites, o)
	for r := range x.Events {
		if e := &x.Events[r]; e.Op != event.Recv || e.Link >= 0 || e.Flags&event.FlagClosed != 0 {
			continue
		}
		for k, w := range wants {
			if w < r && received(&l.Entries[w], &l.Entries[r]) {
				out.add(l.Entries[w])
				wants = append(wants[:k:k], wants[k+1:]...)
				break
			}
		}
	}
	if added := out.build(sites, o); !paired(added, len(l.Entries)) {
		return l
	}
	return &out
}

// lastWants returns the entries with which goroutines began to wait to send, and
// after which nothing is known of them.
func (l *Log) lastWants() (wants []int) {
	if l.Count != uint64(len(l.Entries)) {
		return nil // what is missing may have received it
	}
	last := map[uint32]int{}
	for i := range l.Entries {
		last[l.Entries[i].G] = i
	}
	for i := range l.Entries {
		if e := &l.Entries[i]; e.Op == event.SendWant && e.Obj != 0 && last[e.G] == i {
			wants = append(wants, i)
		}
	}
	return wants
}

// received says whether what w waits to send can be what r received.
func received(w, r *Entry) bool {
	unknown := (w.Flags|r.Flags)&event.FlagNoValue != 0
	return w.Obj == r.Obj && (unknown || w.Aux == r.Aux && w.Text == r.Text)
}

// add appends the send that w waited for.
func (l *Log) add(w Entry) {
	last := l.Entries[len(l.Entries)-1]
	w.Op, w.N, w.T = event.Send, last.N+1, last.T
	l.Entries = append(l.Entries, w)
	l.Count++
}

// paired says whether all events from n on found their partner.
func paired(x *model.Execution, n int) bool {
	for _, e := range x.Events[n:] {
		if e.Link < 0 {
			return false
		}
	}
	return true
}
