package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/model"
)

// controlled checks what is exact where one goroutine runs at a time: that one
// which waits takes no step until it has what it waits for, and that channels
// hand on no more than they were given, first in, first out.
func (v *validator) controlled() {
	if v.x.Dropped > 0 {
		return
	}
	channels := map[int]*passing{}
	for i := range v.x.Events {
		e := &v.x.Events[i]
		if e.Object < 0 || event.Table[e.Op].Class != event.ClassChannel || v.x.Objects[e.Object].Partial {
			continue
		}
		c := channels[e.Object]
		if c == nil {
			c = &passing{}
			channels[e.Object] = c
		}
		v.passes(i, e, c)
	}
	v.pending(channels)
	v.left(channels)
}

// left checks what the scheduler says of those who were left: one that waited for
// another goroutine had said so, and what it waited for had not come.
func (v *validator) left(channels map[int]*passing) {
	last := lastEvents(v.x)
	for g := range v.x.Goroutines {
		if s := v.x.Goroutines[g].Left; s != judge.Waiting && s != judge.Stuck {
			continue
		}
		if last[g] < 0 || !waitsAt(v.x, last[g]) || v.x.Events[last[g]].Op == event.Sleep {
			v.bad("%s is said to wait, but for nothing", v.x.Goroutines[g].Name)
			continue
		}
		e := &v.x.Events[last[g]]
		switch c := channels[e.Object]; {
		case c == nil || v.x.Objects[e.Object].Partial:
		case c.closed, e.Op == event.RecvWant && len(c.sends) > len(c.recvs):
			v.bad("%s: it is said to wait for what had come", v.at(last[g]))
		}
	}
}

// passing is a channel at one point of the run.
type passing struct {
	sends, recvs []int // indices of events
	closed       bool
}

// drained says whether the channel is closed, and all that was sent was received.
func (c *passing) drained() bool { return c.closed && len(c.recvs) >= len(c.sends) }

func (v *validator) passes(i int, e *model.Event, c *passing) {
	switch e.Op {
	case event.Send:
		if c.closed {
			v.bad("%s: the channel is closed", v.at(i))
		}
		c.sends = append(c.sends, i)
	case event.Close:
		c.closed = true
	case event.Recv:
		if e.Flags&event.FlagClosed != 0 || c.drained() && e.Flags&event.FlagSelect != 0 {
			return
		}
		c.recvs = append(c.recvs, i)
		n := len(c.recvs)
		switch {
		case len(c.sends) == 0: // a library may send to it
		case n > len(c.sends):
			v.bad("%s: the %d. value received of %d sent", v.at(i), n, len(c.sends))
		case e.Link != c.sends[n-1]:
			v.bad("%s: it is not the value of %s", v.at(i), v.at(c.sends[n-1]))
		}
	}
}

// pending checks that a goroutine which waits does nothing else meanwhile. A
// send and a group's wait may panic, and a select or a Once may run code of the
// learner's before it goes on.
func (v *validator) pending(channels map[int]*passing) {
	want := fill(len(v.x.Goroutines), -1)
	for i := range v.x.Events {
		e := &v.x.Events[i]
		if e.Op == event.Name {
			continue
		}
		if w := want[e.G]; w >= 0 {
			asked := &v.x.Events[w]
			got := e.Op == event.Table[asked.Op].Wait && e.Object == asked.Object
			switch c := channels[asked.Object]; {
			case got || asked.Op == event.SelectWant || asked.Op == event.OnceWant || asked.Op == event.Outside:
			case asked.Op == event.SendWant && c != nil && c.closed:
			default:
				v.bad("%s: it still waits since %s", v.at(i), v.at(w))
			}
		}
		want[e.G] = -1
		if waiting(e.Op) {
			want[e.G] = i
		}
	}
}
