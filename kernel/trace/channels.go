package trace

import (
	"slices"

	"threading101/kernel/event"
)

// channels are the channels of a run, by object.
type channels map[int]*channelState

// channelState collects what was sent to and received from a channel. A
// channel is first in, first out; but goroutines note what they did a little
// later, so two of them may stand in the other order in the record. Where
// values are known they put that right.
type channelState struct {
	sends, recvs []int // indices of events not paired yet
	closed       int   // index of the close, -1
	blind        bool  // events are missing: only values can tell what belongs together
}

// outOfOrder is how far from its place the partner of an event is looked for.
const outOfOrder = 64

func (cs channels) of(object int) *channelState {
	c := cs[object]
	if c == nil {
		c = &channelState{closed: -1}
		cs[object] = c
	}
	return c
}

func (cs channels) add(i int, e *Event) {
	if e.Object < 0 {
		return
	}
	c := cs.of(e.Object)
	switch {
	case e.Op == event.Send:
		c.sends = append(c.sends, i)
	case e.Op == event.Recv:
		c.recvs = append(c.recvs, i)
	case e.Op == event.Close && c.closed < 0:
		c.closed = i
	}
}

// gap is called where events are missing: what was not paired by then stays so.
func (c *channelState) gap() { c.blind = true }

// finish pairs what every channel saw.
func (cs channels) finish(b *builder) {
	order := make([]int, 0, len(cs))
	for object := range cs {
		order = append(order, object)
	}
	slices.Sort(order)
	for _, object := range order {
		cs[object].finish(b)
	}
}

func (c *channelState) finish(b *builder) {
	var left []int // receives without a send
	for _, r := range c.recvs {
		if b.x.Events[r].Flags&event.FlagClosed == 0 && c.pairRecv(b, r) {
			continue
		}
		left = append(left, r)
	}
	for _, r := range left {
		closing := b.x.Events[r].Flags&(event.FlagClosed|event.FlagSelect) != 0
		if closing && c.closed >= 0 && c.closed < r {
			b.link(r, c.closed)
			if b.x.Events[c.closed].Link < 0 {
				b.link(c.closed, r)
			}
		}
	}
	c.recvs = left
}

// pairRecv pairs receive r with the first send of the same value.
func (c *channelState) pairRecv(b *builder, r int) bool {
	for k, s := range c.sends[:min(len(c.sends), outOfOrder)] {
		if b.goesWith(s, r, c.blind) {
			b.link(s, r)
			b.link(r, s)
			copy(c.sends[1:], c.sends[:k]) // those passed over stay first
			c.sends = c.sends[1:]
			return true
		}
	}
	return false
}

// goesWith says whether receive r may have got what s sent. A value that is not
// known goes with any, unless sure is asked for.
func (b *builder) goesWith(s, r int, sure bool) bool {
	from, to := &b.log.Entries[s], &b.log.Entries[r]
	if from.Flags&event.FlagNoValue != 0 || to.Flags&event.FlagNoValue != 0 {
		return !sure
	}
	return from.Aux == to.Aux && from.Text == to.Text
}
