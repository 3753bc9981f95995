package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// clock is a vector clock (Mattern, Virtual Time and Global States of
// Distributed Systems, 1988): for each goroutine that uses shared memory, how
// far one knows of it. What lies past its end is 0.
type clock []uint32

// of returns how far component i is known.
func (c clock) of(i int) uint32 {
	if i < 0 || i >= len(c) {
		return 0
	}
	return c[i]
}

// join makes c know what d knows.
func (c *clock) join(d clock) {
	if n := len(d) - len(*c); n > 0 {
		*c = append(*c, make(clock, n)...)
	}
	for i, t := range d {
		(*c)[i] = max((*c)[i], t)
	}
}

// order follows, event by event, what each goroutine knows of the others by the
// rules of Go's memory model (https://go.dev/ref/mem): with which hands an
// operation gives and takes is in the table of operations. The order in which the
// scheduler let them go on is not among those rules.
type order struct {
	x     *model.Execution
	part  []int   // for each goroutine its component, -1 if it has none
	owner []int   // and the other way round
	now   []clock // for each goroutine what it knows
	begun []bool
	born  map[int]clock // by goroutine: what its creator knew
	given []given       // by object, from 1; the first is of events that say none
	doer  map[int]int   // by Once: the goroutine that runs the function
	at    map[int]clock // by event: what its goroutine knew at a send, close or signal
	chans map[int]*channelClock
	last  [][]int     // by goroutine: the locks it holds, the last one last
	touch func(i int) // called at each access to memory, when all that it learns is known, and at each use of a lock, before
}

// given is what was given of an object: with one hand, but for a lock, where what
// readers give is for writers only.
type given struct{ all, readers clock }

// channelClock is what a channel hands back to those who send.
type channelClock struct {
	buffer int // at most as many values as its buffer holds; -1 if events are missing
	sends  int
	recvs  []clock
	all    clock
}

func newOrder(x *model.Execution, part []int, touch func(i int)) *order {
	owner := make([]int, len(part)-count(part, -1))
	for g, p := range part {
		if p >= 0 {
			owner[p] = g
		}
	}
	return &order{
		x: x, part: part, owner: owner, touch: touch, now: make([]clock, len(x.Goroutines)), begun: make([]bool, len(x.Goroutines)),
		born: map[int]clock{}, given: make([]given, 1+len(x.Objects)), doer: map[int]int{},
		at: map[int]clock{}, chans: buffersOf(x), last: make([][]int, len(x.Goroutines)),
	}
}

// buffersOf finds out for each channel how many values its buffer holds. Where that was
// not told it is taken for as many as lay in it at most. They are never more, and to
// assume less only adds order: a race may be missed, but none is invented. 0 means that
// each value was received as it was sent.
func buffersOf(x *model.Execution) map[int]*channelClock {
	all, lying := map[int]*channelClock{}, map[int]int{}
	for i := range x.Events {
		e := &x.Events[i]
		if e.Object < 0 || e.Op != event.Send && e.Op != event.Recv {
			continue
		}
		c := all[e.Object]
		if c == nil {
			c = &channelClock{buffer: x.Objects[e.Object].Buffer}
			all[e.Object] = c
		}
		switch {
		case x.Dropped > 0:
			c.buffer = -1
		case e.Op == event.Recv && e.Link >= 0 && x.Events[e.Link].Op == event.Send:
			lying[e.Object]--
		case e.Op == event.Send:
			lying[e.Object]++
			if !handedOver(x, i) {
				c.buffer = max(c.buffer, lying[e.Object])
			}
		}
	}
	return all
}

// handedOver says whether the value sent in event i was received in the same
// moment.
func handedOver(x *model.Execution, i int) bool {
	r := x.Events[i].Link
	return r == i+1 || r == i+2 && x.Events[i+1].Op == event.Select
}

// knows returns what goroutine g knows so far; it will learn more.
func (o *order) knows(g int) *clock { return &o.now[g] }

// tell returns what goroutine g knows now, for others, and begins a new stretch
// of its work, of which they know nothing.
func (o *order) tell(g int) clock {
	known := slices.Clone(o.now[g])
	if p := o.part[g]; p >= 0 {
		o.now[g][p]++
	}
	return known
}

// all is what all goroutines together know: each of itself the most. It stands
// for what is not known: who learns it races with nobody.
func (o *order) all() clock {
	c := make(clock, len(o.owner))
	for p, g := range o.owner {
		c[p] = o.now[g].of(p)
	}
	return c
}

// begin makes goroutine g known with its first event.
func (o *order) begin(g int) {
	if o.begun[g] {
		return
	}
	o.begun[g] = true
	if known, ok := o.born[g]; ok {
		o.now[g].join(known)
		delete(o.born, g)
	} else if g != 0 {
		o.now[g].join(o.all()) // started by a library, or before what was kept
	}
	if p := o.part[g]; p >= 0 {
		o.now[g].join(append(make(clock, p), 1))
	}
}

// step follows event i. A try that failed has learned nothing, and told nobody.
func (o *order) step(i int) {
	e := &o.x.Events[i]
	o.begin(e.G)
	row := &event.Table[e.Op]
	switch {
	case row.By == event.ByAccess:
		o.touch(i)
		return
	case row.Hold != event.HoldNothing && e.Failed():
		return
	case usesLock(e):
		o.touch(i) // before it learns: to wait for a lock changes it, and this one might have waited
	}
	if row.By == event.ByOnce {
		o.once(e)
		return
	}
	for hands := row.Takes; hands != 0; hands = hands.Rest() {
		o.take(e, hands.First())
	}
	if row.By == event.ByAtomic {
		o.touch(i)
	}
	for hands := row.Gives; hands != 0 && !e.Failed(); hands = hands.Rest() {
		o.give(i, e, hands.First())
	}
	o.hold(e, row)
}

// take makes the goroutine of e know what was given with that hand.
func (o *order) take(e *model.Event, hand event.Hands) {
	switch hand {
	case event.HandChild, event.HandClosing: // see begin, and the message
	case event.HandMessage:
		o.recv(e)
	case event.HandRoom:
		o.room(e)
	case event.HandSignal:
		o.woken(e)
	case event.HandAll: // nobody knows which goroutine it met outside
		o.knows(e.G).join(o.all())
	default:
		if object := o.object(e); object >= 0 {
			o.knows(e.G).join(*o.of(object, hand))
		}
	}
}

// give lets those who take with that hand later know what the goroutine of event i
// knows.
func (o *order) give(i int, e *model.Event, hand event.Hands) {
	switch hand {
	case event.HandChild:
		if e.Partner >= 0 {
			o.born[e.Partner] = o.tell(e.G)
		}
	case event.HandRoom: // see received
	case event.HandMessage, event.HandClosing:
		o.at[i] = o.tell(e.G)
	case event.HandSignal:
		o.at[i] = o.tell(e.G)
		o.of(e.Object, hand).join(o.at[i])
	default:
		if object := o.object(e); object >= 0 {
			o.hand(object, e, hand)
		}
	}
}

// hand adds what the goroutine of e knows to what was given of an object before, or
// puts it in its place.
func (o *order) hand(object int, e *model.Event, hand event.Hands) {
	if e.Op == event.WGAdd && delta(e) >= 0 {
		return // only what is done in a group lets others go on
	}
	of := o.of(object, hand)
	if event.Table[e.Op].Anew && e.Flags&event.FlagNoValue == 0 {
		*of = o.tell(e.G)
		return
	}
	of.join(o.tell(e.G)) // also a store in a sync.Map: it may add to what was there
}

// of is what was given of an object with a hand.
func (o *order) of(object int, hand event.Hands) *clock {
	g := &o.given[1+object]
	if hand == event.HandReaders {
		return &g.readers
	}
	return &g.all
}

// object is what e gives or takes: its object, of a Wait on a condition the lock.
func (o *order) object(e *model.Event) int {
	if event.Table[e.Op].By == event.ByCond {
		return o.lockOf(e)
	}
	return e.Object
}

// hold follows which locks a goroutine holds to write.
func (o *order) hold(e *model.Event, row *event.Row) {
	object := o.object(e)
	held := o.last[e.G]
	switch {
	case object < 0:
	case row.Hold == event.HoldToWrite || e.Op == event.CondWait:
		o.last[e.G] = append(held, object)
	case row.Hold == event.HoldNoWrite || e.Op == event.CondWant:
		if i := slices.Index(held, object); i >= 0 {
			o.last[e.G] = slices.Delete(held, i, i+1)
		}
	}
}

// lockOf is the lock of the Cond in e: as recorded, or else the one that the
// goroutine took last, -1 if it holds none.
func (o *order) lockOf(e *model.Event) int {
	if e.Lock > 0 {
		return e.Lock - 1
	}
	if held := o.last[e.G]; e.Op == event.CondWant && len(held) > 0 {
		return held[len(held)-1]
	}
	return -1
}

// woken: a signal comes before the Wait that it ends.
func (o *order) woken(e *model.Event) {
	if known, ok := o.at[e.Link]; ok {
		o.knows(e.G).join(known)
	} else {
		o.knows(e.G).join(*o.of(e.Object, event.HandSignal))
	}
}

// once: the end of the function comes before every return of Do.
func (o *order) once(e *model.Event) {
	if event.Table[e.Op].Gives == 0 { // it begins to do it
		o.doer[e.Object] = e.G
		return
	}
	g, known := o.doer[e.Object]
	done := o.of(e.Object, event.HandOnce)
	if known && g == e.G {
		done.join(o.tell(g))
		delete(o.doer, e.Object)
		return
	}
	o.knows(e.G).join(*done)
	if known { // it has not come to note its own return
		o.knows(e.G).join(o.now[g])
	}
}

// room: a receive comes before the send that its place in the buffer is needed for.
func (o *order) room(e *model.Event) {
	c := o.chans[e.Object]
	if c == nil {
		return
	}
	switch n := c.sends - c.buffer; {
	case c.buffer < 0:
		o.knows(e.G).join(c.all)
	case c.buffer > 0 && n >= 0 && n < len(c.recvs):
		o.knows(e.G).join(c.recvs[n])
	}
	c.sends++
}

// recv: a send comes before its receive, a close before the receives that find the
// channel closed; a receive before the end of a send without a buffer.
func (o *order) recv(e *model.Event) {
	known, ok := o.at[e.Link]
	if !ok {
		if !o.fromTimer(e) {
			o.knows(e.G).join(o.all()) // who sent or closed is not recorded
		}
		return
	}
	o.knows(e.G).join(known)
	if o.x.Events[e.Link].Op == event.Send {
		o.received(e)
		delete(o.at, e.Link)
	}
}

// received tells the senders of a receive, and of what that has learned from its own
// sender.
func (o *order) received(e *model.Event) {
	c := o.chans[e.Object]
	if c == nil {
		return
	}
	switch told := o.tell(e.G); {
	case c.buffer < 0:
		c.all.join(told)
	case c.buffer == 0:
		o.knows(o.x.Events[e.Link].G).join(told)
	default:
		c.recvs = append(c.recvs, told)
	}
}

// fromTimer says whether a receive's channel is one that the clock sends to.
func (o *order) fromTimer(e *model.Event) bool {
	return e.Object >= 0 && o.x.Objects[e.Object].Timer
}

// count says how often n is among all.
func count(all []int, n int) (times int) {
	for _, m := range all {
		if m == n {
			times++
		}
	}
	return times
}
