package trace

import (
	"slices"

	"threading101/kernel/event"
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
// rules of Go's memory model (https://go.dev/ref/mem). The order in which the
// scheduler let them go on is not among those rules.
type order struct {
	x     *Execution
	part  []int   // for each goroutine its component, -1 if it has none
	owner []int   // and the other way round
	now   []clock // for each goroutine what it knows
	begun []bool
	born  map[int]clock // by goroutine: what its creator knew
	locks map[int]*lockClock
	done  map[int]*clock // by wait group, condition or Once
	doer  map[int]int    // by Once: the goroutine that runs the function
	value map[int]*clock // by atomic variable
	at    map[int]clock  // by event: what its goroutine knew at a send, close or signal
	chans map[int]*channelClock
	last  [][]int     // by goroutine: the locks it holds, the last one last
	touch func(i int) // called at each access to memory, when all that it learns is known
}

// lockClock is what a lock hands on: writers to all, readers to writers.
type lockClock struct{ writers, readers clock }

// channelClock is what a channel hands back to those who send.
type channelClock struct {
	buffer int // at most as many values as its buffer holds; -1 if events are missing
	sends  int
	recvs  []clock
	all    clock
}

func newOrder(x *Execution, part []int, touch func(i int)) *order {
	owner := make([]int, len(part)-count(part, -1))
	for g, p := range part {
		if p >= 0 {
			owner[p] = g
		}
	}
	return &order{
		x: x, part: part, owner: owner, touch: touch, now: make([]clock, len(x.Goroutines)), begun: make([]bool, len(x.Goroutines)),
		born: map[int]clock{}, locks: map[int]*lockClock{}, done: map[int]*clock{}, doer: map[int]int{},
		value: map[int]*clock{}, at: map[int]clock{}, chans: x.buffers(), last: make([][]int, len(x.Goroutines)),
	}
}

// buffers finds out for each channel how many values lay in it at most. That
// is never more than its buffer holds, and to assume less only adds order: a
// race may be missed, but none is invented. 0 means that each value was received
// as it was sent.
func (x *Execution) buffers() map[int]*channelClock {
	all, lying := map[int]*channelClock{}, map[int]int{}
	for i := range x.Events {
		e := &x.Events[i]
		if e.Object < 0 || e.Op != event.Send && e.Op != event.Recv {
			continue
		}
		c := all[e.Object]
		if c == nil {
			c = &channelClock{}
			all[e.Object] = c
		}
		switch {
		case x.Dropped > 0:
			c.buffer = -1
		case e.Op == event.Recv && e.Link >= 0 && x.Events[e.Link].Op == event.Send:
			lying[e.Object]--
		case e.Op == event.Send:
			lying[e.Object]++
			if !x.handedOver(i) {
				c.buffer = max(c.buffer, lying[e.Object])
			}
		}
	}
	return all
}

// handedOver says whether the value sent in event i was received in the same
// moment.
func (x *Execution) handedOver(i int) bool {
	r := x.Events[i].Link
	return r == i+1 || r == i+2 && x.Events[i+1].Op == event.Select
}

// knows returns what goroutine g knows, of which it will know more.
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

// step follows event i.
func (o *order) step(i int) {
	e := &o.x.Events[i]
	o.begin(e.G)
	switch event.Table[e.Op].Class {
	case event.ClassGoroutine:
		o.goroutine(e)
	case event.ClassMutex, event.ClassRWMutex:
		o.lock(e)
	case event.ClassCond:
		o.cond(i, e)
	case event.ClassWaitGroup:
		o.group(e)
	case event.ClassChannel:
		o.channel(i, e)
	case event.ClassOnce:
		o.once(e)
	case event.ClassAtomic:
		o.atomic(i, e)
	case event.ClassMemory:
		o.touch(i)
	}
}

func (o *order) goroutine(e *Event) {
	switch {
	case e.Op == event.Go && e.Partner >= 0:
		o.born[e.Partner] = o.tell(e.G)
	case e.Op == event.Inside:
		o.knows(e.G).join(o.all()) // whom it met outside is not known
	}
}

func (o *order) lockClock(object int) *lockClock {
	l := o.locks[object]
	if l == nil {
		l = &lockClock{}
		o.locks[object] = l
	}
	return l
}

func (o *order) lock(e *Event) {
	if e.Object < 0 || e.Failed() {
		return
	}
	l := o.lockClock(e.Object)
	switch e.Op {
	case event.Lock, event.TryLock:
		o.acquire(e.G, e.Object)
	case event.RLock, event.TryRLock:
		o.knows(e.G).join(l.writers)
	case event.Unlock:
		o.release(e.G, e.Object)
	case event.RUnlock:
		l.readers.join(o.tell(e.G))
	}
}

func (o *order) acquire(g, object int) {
	l := o.lockClock(object)
	o.knows(g).join(l.writers)
	o.knows(g).join(l.readers)
	o.last[g] = append(o.last[g], object)
}

func (o *order) release(g, object int) {
	o.lockClock(object).writers.join(o.tell(g))
	if i := slices.Index(o.last[g], object); i >= 0 {
		o.last[g] = slices.Delete(o.last[g], i, i+1)
	}
}

// cond: a signal comes before the Wait that it ends; and Wait gives its lock
// back and takes it again.
func (o *order) cond(i int, e *Event) {
	switch e.Op {
	case event.Signal, event.Broadcast:
		o.at[i] = o.tell(e.G)
		o.sum(e.Object).join(o.at[i])
	case event.CondWant:
		if l := o.lockOf(e); l >= 0 {
			o.release(e.G, l)
		}
	case event.CondWait:
		if known, ok := o.at[e.Link]; ok {
			o.knows(e.G).join(known)
		} else {
			o.knows(e.G).join(*o.sum(e.Object))
		}
		if l := o.lockOf(e); l >= 0 {
			o.acquire(e.G, l)
		}
	}
}

// lockOf is the lock of the Cond in e: as recorded, or else the one that the
// goroutine took last, -1 if it holds none.
func (o *order) lockOf(e *Event) int {
	if e.lock > 0 {
		return e.lock - 1
	}
	if held := o.last[e.G]; e.Op == event.CondWant && len(held) > 0 {
		return held[len(held)-1]
	}
	return -1
}

// sum is what an object hands on of all that it was told.
func (o *order) sum(object int) *clock {
	c := o.done[object]
	if c == nil {
		c = new(clock)
		o.done[object] = c
	}
	return c
}

// group: each Done comes before the Wait that it lets go on.
func (o *order) group(e *Event) {
	switch e.Op {
	case event.WGDone, event.WGAdd:
		o.sum(e.Object).join(o.tell(e.G))
	case event.Wait:
		o.knows(e.G).join(*o.sum(e.Object))
	}
}

// once: the end of the function comes before every return of Do.
func (o *order) once(e *Event) {
	switch e.Op {
	case event.OnceDo:
		o.doer[e.Object] = e.G
	case event.Once:
		g, known := o.doer[e.Object]
		if known && g == e.G {
			o.sum(e.Object).join(o.tell(g))
			delete(o.doer, e.Object)
			return
		}
		o.knows(e.G).join(*o.sum(e.Object))
		if known { // it has not come to note its own return
			o.knows(e.G).join(o.now[g])
		}
	}
}

// atomic: an atomic operation comes after the one whose effect it observes.
func (o *order) atomic(i int, e *Event) {
	if e.Object < 0 {
		return
	}
	v := o.value[e.Object]
	if v == nil {
		v = new(clock)
		o.value[e.Object] = v
	}
	if e.Op != event.AtomicStore {
		o.knows(e.G).join(*v)
	}
	o.touch(i)
	switch {
	case !stores(e.Op) || e.Failed():
	case e.Op == event.AtomicStore && e.Flags&event.FlagNoValue == 0:
		*v = o.tell(e.G)
	default: // one that adds to what was there, or may do so: a store in a sync.Map
		v.join(o.tell(e.G))
	}
}

// channel: a send comes before its receive, a close before the receives that
// find the channel closed; a receive before the end of a send without a buffer,
// or before the send that its place in the buffer is needed for.
func (o *order) channel(i int, e *Event) {
	switch e.Op {
	case event.Send:
		o.send(i, e)
	case event.Recv:
		o.recv(e)
	case event.Close:
		o.at[i] = o.tell(e.G)
	}
}

func (o *order) send(i int, e *Event) {
	if c := o.chans[e.Object]; c != nil {
		switch n := c.sends - c.buffer; {
		case c.buffer < 0:
			o.knows(e.G).join(c.all)
		case c.buffer > 0 && n >= 0 && n < len(c.recvs):
			o.knows(e.G).join(c.recvs[n])
		}
		c.sends++
	}
	o.at[i] = o.tell(e.G)
}

func (o *order) recv(e *Event) {
	known, ok := o.at[e.Link]
	if !ok {
		if !o.fromTimer(e) {
			o.knows(e.G).join(o.all()) // who sent or closed is not recorded
		}
		return
	}
	if o.x.Events[e.Link].Op == event.Send {
		o.received(e)
		delete(o.at, e.Link)
	}
	o.knows(e.G).join(known)
}

// received tells the senders of a receive.
func (o *order) received(e *Event) {
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
func (o *order) fromTimer(e *Event) bool {
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
