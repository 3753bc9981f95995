package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// channels are the channels of a run, by object.
type channels map[int]*channelState

// channelState collects what was sent to and received from a channel. A
// channel is first in, first out; but goroutines note what they did a little
// later, so two of them may stand in the other order in the record. Where
// values are known they put that right.
type channelState struct {
	sends, recvs []int           // indices of events; in the end, the sends that nobody received
	all          []int           // all sends
	of           map[sent]*[]int // sends of one value, in order
	last         map[[2]int]int  // by sender and receiver: the last send paired
	closed       int             // index of the close, -1
	blind        bool            // events are missing: only values can tell what belongs together
}

// sent is a value; the zero sent is one that is not known.
type sent struct {
	known bool
	bits  uint64
	text  string
}

// most is how many sends are looked at for the partner of one receive.
const most = 64

func (cs channels) of(object int) *channelState {
	c := cs[object]
	if c == nil {
		c = &channelState{closed: -1}
		cs[object] = c
	}
	return c
}

func (cs channels) add(i int, e *model.Event) {
	if e.Object < 0 {
		return
	}
	c := cs.of(e.Object)
	switch {
	case e.Op == event.Send:
		c.sends, c.all = append(c.sends, i), append(c.all, i)
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
		if b.outside && b.x.Mode == model.Controlled && !cs[object].fits(b) {
			b.partial(object)
		}
	}
}

func (c *channelState) finish(b *builder) {
	c.of, c.last = map[sent]*[]int{}, map[[2]int]int{}
	for _, s := range c.sends {
		v := b.sent(s)
		if c.of[v] == nil {
			c.of[v] = new([]int)
		}
		*c.of[v] = append(*c.of[v], s)
	}
	left := c.sends
	for _, r := range c.recvs {
		if b.x.Events[r].Flags&event.FlagClosed != 0 || !c.pairRecv(b, r, &left) {
			c.pairClose(b, r)
		}
	}
	c.sends = slices.DeleteFunc(c.sends, func(s int) bool { return b.x.Events[s].Link >= 0 })
}

// fits says whether what was received is what was sent, first in, first out. Where
// it is not, code that is not recorded has sent or received as well.
func (c *channelState) fits(b *builder) bool {
	n := 0
	for _, r := range c.recvs {
		e := &b.x.Events[r]
		if e.Flags&event.FlagClosed != 0 || c.closed >= 0 && e.Link == c.closed || len(c.all) == 0 {
			continue
		}
		if n == len(c.all) || e.Link != c.all[n] {
			return false
		}
		n++
	}
	return true
}

// sent returns the value of a send or a receive. Where a run has more text than is kept,
// a text tells nothing: its partner's may be lost.
func (b *builder) sent(i int) sent {
	e := &b.log.Entries[i]
	if e.Flags&event.FlagNoValue != 0 || b.log.TextLost && e.Flags&event.FlagText != 0 {
		return sent{}
	}
	return sent{true, e.Aux, e.Text}
}

// pairRecv pairs receive r with a send of the same value, or where the one or
// the other is not known, with the first. left are all sends.
func (c *channelState) pairRecv(b *builder, r int, left *[]int) bool {
	v := b.sent(r)
	if v.known && (c.take(b, r, c.of[v]) || !c.blind && c.take(b, r, c.of[sent{}])) {
		return true
	}
	return !v.known && !c.blind && c.take(b, r, left)
}

// take pairs receive r with the first of the queued sends that nothing speaks
// against: what a goroutine gets from another, it gets in the order of sending.
func (c *channelState) take(b *builder, r int, queue *[]int) bool {
	if queue == nil {
		return false
	}
	for len(*queue) > 0 && b.x.Events[(*queue)[0]].Link >= 0 {
		*queue = (*queue)[1:]
	}
	for _, s := range (*queue)[:min(len(*queue), most)] {
		way := [2]int{b.x.Events[s].G, b.x.Events[r].G}
		if last, ok := c.last[way]; b.x.Events[s].Link < 0 && (!ok || s > last) {
			c.last[way] = s
			b.link(s, r)
			b.link(r, s)
			return true
		}
	}
	return false
}

// pairClose links a receive with the close that ended it.
func (c *channelState) pairClose(b *builder, r int) {
	ended := b.x.Events[r].Flags&(event.FlagClosed|event.FlagSelect) != 0
	if !ended || c.closed < 0 || c.closed > r {
		return
	}
	b.link(r, c.closed)
	if b.x.Events[c.closed].Link < 0 {
		b.link(c.closed, r)
	}
}

// unsent says that somebody received what nobody is known to have sent: the
// sender has not come to note it.
func (c *channelState) unsent(b *builder) bool {
	return !c.blind && slices.ContainsFunc(c.recvs, func(r int) bool {
		e := &b.x.Events[r]
		return e.Link < 0 && e.Flags&event.FlagClosed == 0
	})
}
