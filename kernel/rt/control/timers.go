package control

import (
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// timers are those of a controlled run.
type timers struct {
	Known map[unsafe.Pointer]*timer // by what the program has: a *time.Timer or a *time.Ticker
	full  []*timer                  // tickers whose last tick was not received yet
	rang  map[source]int            // how often, on the free clock
}

// timer is what stands behind a *time.Timer, a *time.Ticker or a channel of
// time.After.
type timer struct {
	C      chan time.Time // holds one; nil if a function is to be started
	l      *Later         // the function
	period int64          // of a ticker
	next   int64          // when the alarm rings, or rang last
	alarm  *alarm
	from   source
}

// source is where a goroutine waits for time again and again.
type source struct{ g, site uint32 }

// MostTicks is how often a ticker ticks on the free clock while others can go on,
// and mostRings how often other alarms ring, and sleepers wake, that come from one
// place. There they may do so any number of times, whatever the others do: a search
// would follow nothing else. From then on they come when nobody else can go on.
const (
	MostTicks = 4
	mostRings = 8
)

// holds says whether an alarm from there is to wait until nobody else can go on.
func (from source) holds(c *Scheduler, most int) bool {
	return c.Free() && c.Library.Timers.rang[from] >= most
}

// rings counts one.
func (from source) rings(c *Scheduler) {
	if !c.Free() {
		return
	}
	if c.Library.Timers.rang == nil {
		c.Library.Timers.rang = map[source]int{}
	}
	c.Library.Timers.rang[from]++
}

func NewTimer(c *Scheduler, s uint32, d, period time.Duration, l *Later) *timer {
	g := c.Enter()
	t := &timer{l: l, period: int64(period), from: source{g.ID, s}}
	if l == nil {
		t.C = make(chan time.Time, 1)
		c.Note(g, event.Timer, 0, s, t.ptr(), uint64(d))
	}
	t.set(c, int64(d))
	c.Leave(g)
	return t
}

func (t *timer) ptr() unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&t.C)) }

func (t *timer) set(c *Scheduler, d int64) {
	t.alarm = NewAlarm(c, d, t.brings(), t.fire, t.from.holds(c, mostRings))
	t.alarm.g.Pending.About = t.object(c)
	t.next = t.alarm.when
}

// object is what a search takes the timer for: its channel, or itself.
func (t *timer) object(c *Scheduler) *Object {
	if !c.Observed {
		return nil
	}
	o := c.Object(t.key())
	o.Ticks = t.C != nil
	return o
}

func (t *timer) key() unsafe.Pointer {
	if t.C != nil {
		return t.ptr()
	}
	return unsafe.Pointer(t)
}

func (t *timer) brings() Brings { return Brings{channel: t.ptr(), starts: t.l} }

// fire is what the alarm does.
func (t *timer) fire() {
	t.from.rings(Active)
	if t.l != nil {
		t.l.Start()
		Active.Happened()
		return
	}
	t.fill()
	if t.period > 0 {
		Active.Library.Timers.full = append(Active.Library.Timers.full, t)
	}
}

// fill puts the time into the channel, unless there is one in it.
func (t *timer) fill() {
	select {
	case t.C <- WallTime(Active.Clock):
		Active.Changed(t.ptr())
		Active.Happened()
	default:
	}
}

// rearm sets the alarms of tickers whose channels are empty again: for the next
// tick after now. Those that nobody received were lost anyway, and a ticker that
// nobody listens to would let time pass for ever. It is the same alarm again.
func rearm(c *Scheduler) {
	all := &c.Library.Timers
	kept := all.full[:0]
	for _, t := range all.full {
		if len(t.C) > 0 {
			kept = append(kept, t)
			continue
		}
		t.next += t.period * ((c.Clock-t.next)/t.period + 1)
		t.alarm.when, t.alarm.g.held = t.next, t.from.holds(c, MostTicks)
		t.alarm.set(c)
	}
	clear(all.full[len(kept):])
	all.full = kept
}

// Real is the timer as the program knows it. Go has stopped it; code that is not
// ours may reset it, and then it does what it is for when real time has come.
func (t *timer) Real() *time.Timer {
	r := time.AfterFunc(1<<62, t.firedOutside)
	r.Stop()
	r.C = t.C
	g := Active.Enter()
	if Active.Library.Timers.Known == nil {
		Active.Library.Timers.Known = map[unsafe.Pointer]*timer{}
	}
	Active.Library.Timers.Known[unsafe.Pointer(r)] = t
	Active.Leave(g)
	return r
}

// Ticker is real for a ticker: in Go, too, that is a timer by another name.
func (t *timer) Ticker() *time.Ticker {
	const _ = -(unsafe.Sizeof(time.Ticker{}) ^ unsafe.Sizeof(time.Timer{}))
	return (*time.Ticker)(unsafe.Pointer(t.Real()))
}

// firedOutside is what a timer does that code which is not ours has reset.
func (t *timer) firedOutside() {
	if t.l != nil {
		t.l.f()
		return
	}
	g := Active.Enter()
	Active.Point(g, event.Timer, 0, nil)
	t.fill()
	Active.Leave(g)
}

func (t *timer) Stop(c *Scheduler, g *G, s uint32) bool {
	c.Point(g, event.StopTimer, s, t.key())
	c.Observer.Revokes(g, t.object(c))
	pending := t.callOff(c)
	if pending && t.l != nil {
		t.l.CallOff()
	}
	c.Note(g, event.StopTimer, 0, s, t.ptr(), record.Bit(pending || t.period > 0))
	c.Acted(g)
	return pending
}

func (t *timer) Reset(c *Scheduler, g *G, s uint32, d int64, period int64) bool {
	c.Point(g, event.Timer, s, t.key())
	c.Observer.Revokes(g, t.object(c))
	pending := t.callOff(c)
	if t.l != nil && !pending {
		t.l.Ask()
	}
	c.Note(g, event.Timer, 0, s, t.ptr(), uint64(d))
	t.period = period
	t.set(c, d)
	c.Acted(g)
	return pending
}

// callOff takes back what the timer was to do, or has done where nobody noticed,
// and says whether there was something to take back.
func (t *timer) callOff(c *Scheduler) bool {
	pending := t.alarm.Silence(c)
	full := c.Library.Timers.full
	for i, other := range full {
		if other == t {
			c.Library.Timers.full = append(full[:i], full[i+1:]...)
			break
		}
	}
	select {
	case <-t.C:
		c.Changed(t.ptr())
		c.Observer.Drains(t.object(c))
		return true
	default:
		return pending
	}
}

// Silence stops an alarm, also one whose time has come but that did not ring.
func (a *alarm) Silence(c *Scheduler) bool {
	if a.stop() {
		c.Observer.Plans(c.Running)
		return true
	}
	if a.g.at < 0 {
		return false
	}
	c.disable(a.g)
	c.Observer.Plans(c.Running)
	return true
}
