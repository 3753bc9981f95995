package rt

import (
	"time"
	"unsafe"

	"threading101/kernel/event"
)

// timers are those of a controlled run.
type timers struct {
	known map[unsafe.Pointer]*timer // by what the program has: a *time.Timer or a *time.Ticker
	full  []*timer                  // tickers whose last tick was not received yet
	rang  map[source]int            // how often, on the free clock
}

// timer is what stands behind a *time.Timer, a *time.Ticker or a channel of
// time.After.
type timer struct {
	c      chan time.Time // holds one; nil if a function is to be started
	l      *Later         // the function
	period int64          // of a ticker
	next   int64          // when the alarm rings, or rang last
	alarm  *alarm
	from   source
}

// source is where a goroutine waits for time again and again.
type source struct{ g, site uint32 }

// mostTicks is how often a ticker ticks on the free clock while others can go on,
// and mostRings how often other alarms ring, and sleepers wake, that come from one
// place. There they may do so any number of times, whatever the others do: a search
// would follow nothing else. From then on they come when nobody else can go on.
const (
	mostTicks = 4
	mostRings = 8
)

// holds says whether an alarm from there is to wait until nobody else can go on.
func (c *control) holds(from source, most int) bool {
	return c.free() && c.lib.timers.rang[from] >= most
}

// rings counts one.
func (c *control) rings(from source) {
	if !c.free() {
		return
	}
	if c.lib.timers.rang == nil {
		c.lib.timers.rang = map[source]int{}
	}
	c.lib.timers.rang[from]++
}

func (c *control) newTimer(s uint32, d, period time.Duration, l *Later) *timer {
	g := c.enter()
	t := &timer{l: l, period: int64(period), from: source{g.ID, s}}
	if l == nil {
		t.c = make(chan time.Time, 1)
		c.note(g, event.Timer, 0, s, t.ptr(), uint64(d))
	}
	t.set(c, int64(d))
	c.over(g)
	return t
}

func (t *timer) ptr() unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&t.c)) }

func (t *timer) set(c *control, d int64) {
	t.alarm = c.timer(d, t.brings(), t.fire, c.holds(t.from, mostRings))
	t.alarm.g.pend.about = t.object(c)
	t.next = t.alarm.when
}

// object is what a search takes the timer for: its channel, or itself.
func (t *timer) object(c *control) *object {
	if !c.observed {
		return nil
	}
	o := c.object(t.key())
	o.ticks = t.c != nil
	return o
}

func (t *timer) key() unsafe.Pointer {
	if t.c != nil {
		return t.ptr()
	}
	return unsafe.Pointer(t)
}

func (t *timer) brings() brings { return brings{channel: t.ptr(), starts: t.l} }

// fire is what the alarm does.
func (t *timer) fire() {
	ctl.rings(t.from)
	if t.l != nil {
		t.l.Start()
		ctl.happened()
		return
	}
	t.fill()
	if t.period > 0 {
		ctl.lib.timers.full = append(ctl.lib.timers.full, t)
	}
}

// fill puts the time into the channel, unless there is one in it.
func (t *timer) fill() {
	select {
	case t.c <- wall(ctl.clock):
		ctl.changed(t.ptr())
		ctl.happened()
	default:
	}
}

// rearm sets the alarms of tickers whose channels are empty again: for the next
// tick after now. Those that nobody received were lost anyway, and a ticker that
// nobody listens to would let time pass for ever. It is the same alarm again.
func (c *control) rearm() {
	all := &c.lib.timers
	kept := all.full[:0]
	for _, t := range all.full {
		if len(t.c) > 0 {
			kept = append(kept, t)
			continue
		}
		t.next += t.period * ((c.clock-t.next)/t.period + 1)
		t.alarm.when, t.alarm.g.held = t.next, c.holds(t.from, mostTicks)
		c.set(t.alarm)
	}
	clear(all.full[len(kept):])
	all.full = kept
}

// real is the timer as the program knows it. Go has stopped it; code that is not
// ours may reset it, and then it does what it is for when real time has come.
func (t *timer) real() *time.Timer {
	r := time.AfterFunc(1<<62, t.foreign)
	r.Stop()
	r.C = t.c
	g := ctl.enter()
	if ctl.lib.timers.known == nil {
		ctl.lib.timers.known = map[unsafe.Pointer]*timer{}
	}
	ctl.lib.timers.known[unsafe.Pointer(r)] = t
	ctl.over(g)
	return r
}

// ticker is real for a ticker: in Go, too, that is a timer by another name.
func (t *timer) ticker() *time.Ticker {
	const _ = -(unsafe.Sizeof(time.Ticker{}) ^ unsafe.Sizeof(time.Timer{}))
	return (*time.Ticker)(unsafe.Pointer(t.real()))
}

// foreign is what a timer does that code which is not ours has reset.
func (t *timer) foreign() {
	if t.l != nil {
		t.l.f()
		return
	}
	g := ctl.enter()
	ctl.point(g, event.Timer, 0, nil)
	t.fill()
	ctl.over(g)
}

func timerStopControlled(c *control, s uint32, t *time.Timer) bool {
	g := c.enter()
	defer c.over(g)
	if mine := c.lib.timers.known[unsafe.Pointer(t)]; mine != nil {
		return c.stopTimer(g, s, mine)
	}
	return t.Stop()
}

func timerResetControlled(c *control, s uint32, t *time.Timer, d time.Duration) bool {
	g := c.enter()
	defer c.over(g)
	if mine := c.lib.timers.known[unsafe.Pointer(t)]; mine != nil {
		return c.resetTimer(g, s, mine, int64(d), 0)
	}
	return t.Reset(d)
}

func tickerStopControlled(c *control, s uint32, t *time.Ticker) {
	g := c.enter()
	defer c.over(g)
	if mine := c.lib.timers.known[unsafe.Pointer(t)]; mine != nil {
		c.stopTimer(g, s, mine)
		return
	}
	t.Stop()
}

func tickerResetControlled(c *control, s uint32, t *time.Ticker, d time.Duration) {
	g := c.enter()
	defer c.over(g)
	if mine := c.lib.timers.known[unsafe.Pointer(t)]; mine != nil {
		c.resetTimer(g, s, mine, int64(d), int64(d))
		return
	}
	t.Reset(d)
}

func (c *control) stopTimer(g *g, s uint32, t *timer) bool {
	c.point(g, event.StopTimer, s, t.key())
	c.observer.revokes(g, t.object(c))
	pending := c.callOff(t)
	if pending && t.l != nil {
		t.l.CallOff()
	}
	c.note(g, event.StopTimer, 0, s, t.ptr(), bit(pending || t.period > 0))
	c.acted(g)
	return pending
}

func (c *control) resetTimer(g *g, s uint32, t *timer, d, period int64) bool {
	c.point(g, event.Timer, s, t.key())
	c.observer.revokes(g, t.object(c))
	pending := c.callOff(t)
	if t.l != nil && !pending {
		t.l.Ask()
	}
	c.note(g, event.Timer, 0, s, t.ptr(), uint64(d))
	t.period = period
	t.set(c, d)
	c.acted(g)
	return pending
}

// callOff takes back what the timer was to do, or has done where nobody noticed,
// and says whether there was something to take back.
func (c *control) callOff(t *timer) bool {
	pending := c.silence(t.alarm)
	full := c.lib.timers.full
	for i, other := range full {
		if other == t {
			c.lib.timers.full = append(full[:i], full[i+1:]...)
			break
		}
	}
	select {
	case <-t.c:
		c.changed(t.ptr())
		c.observer.drains(t.object(c))
		return true
	default:
		return pending
	}
}

// silence stops an alarm, also one whose time has come but that did not ring.
func (c *control) silence(a *alarm) bool {
	if a.stop() {
		c.observer.plans(c.running)
		return true
	}
	if a.g.at < 0 {
		return false
	}
	c.disable(a.g)
	c.observer.plans(c.running)
	return true
}
