package rt

import (
	"sync"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Sleep is time.Sleep.
func Sleep(s uint32, d time.Duration) {
	if control.Active != nil {
		control.Sleep(control.Active, s, int64(d))
		return
	}
	if record.Ring == nil {
		time.Sleep(d)
		return
	}
	record.Note(event.Sleep, 0, s, 0, uint64(d))
	time.Sleep(d)
	record.Note(event.Woke, 0, s, 0, 0)
}

// TimeNow is time.Now. Under a scheduler others may come before it: a loop that
// waits by looking at the clock must not keep them from what it waits for.
func TimeNow() time.Time {
	if control.Active == nil {
		return time.Now()
	}
	g := control.Active.Enter()
	t := control.WallTime(control.TimeFor(control.Active, g))
	control.Active.Leave(g)
	return t
}

// TimeSince is time.Since.
func TimeSince(t time.Time) time.Duration {
	if control.Active == nil {
		return time.Since(t)
	}
	return TimeNow().Sub(t)
}

// TimeUntil is time.Until.
func TimeUntil(t time.Time) time.Duration {
	if control.Active == nil {
		return time.Until(t)
	}
	return t.Sub(TimeNow())
}

// Timers and tickers keep their types: what a learner has is a *time.Timer that
// Go made, and the channel in it is one that values are received from.
//
// Without a scheduler Go's own timers work, and setting and stopping them is
// noted. Under one, the *time.Timer is one that Go has stopped; an alarm of the
// scheduler puts the time into a channel of ours, which lies in the timer's
// field C, and Stop and Reset act on that alarm.

// TimeAfter is time.After.
func TimeAfter(s uint32, d time.Duration) <-chan time.Time {
	if control.Active != nil {
		return control.NewTimer(control.Active, s, d, 0, nil).C
	}
	return NewTimer(s, d).C
}

// LenTimer is len(t.C), and CapTimer is cap(t.C): an alarm of the scheduler has its time
// lie in the channel, where Go shows none.
func LenTimer(c <-chan time.Time) int {
	if control.Active != nil {
		return 0
	}
	return len(c)
}

// CapTimer: see LenTimer.
func CapTimer(c <-chan time.Time) int {
	if control.Active != nil {
		return 0
	}
	return cap(c)
}

// TimeTick is time.Tick.
func TimeTick(s uint32, d time.Duration) <-chan time.Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(s, d).C
}

// NewTimer is time.NewTimer.
func NewTimer(s uint32, d time.Duration) *time.Timer {
	if control.Active != nil {
		return control.NewTimer(control.Active, s, d, 0, nil).Real()
	}
	t := time.NewTimer(d)
	noteTimer(event.Timer, s, t.C, uint64(d))
	return t
}

// NewTicker is time.NewTicker.
func NewTicker(s uint32, d time.Duration) *time.Ticker {
	if control.Active != nil && d > 0 {
		return control.NewTimer(control.Active, s, d, d, nil).Ticker()
	}
	t := time.NewTicker(d)
	noteTimer(event.Timer, s, t.C, uint64(d))
	return t
}

// AfterFunc is time.AfterFunc.
func AfterFunc(s uint32, d time.Duration, f func()) *time.Timer {
	if record.Ring == nil && control.Active == nil || f == nil {
		return time.AfterFunc(d, f)
	}
	l := control.NewLater(s, f)
	l.Ask()
	if control.Active != nil {
		return control.NewTimer(control.Active, s, d, 0, l).Real()
	}
	t := time.AfterFunc(d, l.Run)
	functions.put(t, l)
	return t
}

// TimerStop is t.Stop.
func TimerStop(s uint32, t *time.Timer) bool {
	if control.Active != nil {
		return timerStopControlled(control.Active, s, t)
	}
	if record.Ring == nil || t == nil {
		return t.Stop()
	}
	pending := t.Stop()
	if l := functions.get(t); l != nil && pending {
		l.CallOff()
	}
	noteTimer(event.StopTimer, s, t.C, record.Bit(pending))
	return pending
}

// TimerReset is t.Reset.
func TimerReset(s uint32, t *time.Timer, d time.Duration) bool {
	if control.Active != nil {
		return timerResetControlled(control.Active, s, t, d)
	}
	if record.Ring == nil || t == nil {
		return t.Reset(d)
	}
	l := functions.get(t)
	asked := l != nil && l.Asked()
	if l != nil && !asked {
		l.Ask()
	}
	noteTimer(event.Timer, s, t.C, uint64(d))
	pending := t.Reset(d)
	if asked && !pending {
		l.Ask() // the one asked for is about to begin
	}
	return pending
}

// TickerStop is t.Stop.
func TickerStop(s uint32, t *time.Ticker) {
	if control.Active != nil {
		tickerStopControlled(control.Active, s, t)
		return
	}
	t.Stop()
	noteTimer(event.StopTimer, s, t.C, 1)
}

// TickerReset is t.Reset.
func TickerReset(s uint32, t *time.Ticker, d time.Duration) {
	if control.Active != nil && d > 0 {
		tickerResetControlled(control.Active, s, t, d)
		return
	}
	t.Reset(d)
	noteTimer(event.Timer, s, t.C, uint64(d))
}

func noteTimer(op event.Op, s uint32, c <-chan time.Time, aux uint64) {
	if record.Ring != nil {
		record.Note(op, 0, s, record.ChanAddr(c), aux)
	}
}

// functions knows what the timers run that AfterFunc made and Go's own clock
// drives.
var functions functionTimers

type functionTimers struct {
	mu  sync.Mutex
	all map[*time.Timer]*control.Later
}

// maxFunctions bounds them. A timer past it is noted when it is set, and no more.
const maxFunctions = 1 << 14

func (f *functionTimers) put(t *time.Timer, l *control.Later) {
	record.RaceDisable()
	f.mu.Lock()
	if f.all == nil {
		f.all = map[*time.Timer]*control.Later{}
	}
	if len(f.all) < maxFunctions {
		f.all[t] = l
	}
	f.mu.Unlock()
	record.RaceEnable()
}

func (f *functionTimers) get(t *time.Timer) *control.Later {
	record.RaceDisable()
	f.mu.Lock()
	l := f.all[t]
	f.mu.Unlock()
	record.RaceEnable()
	return l
}

// Method values.

func TimerStopFunc(s uint32, t *time.Timer) func() bool {
	return func() bool { return TimerStop(s, t) }
}

func TimerResetFunc(s uint32, t *time.Timer) func(time.Duration) bool {
	return func(d time.Duration) bool { return TimerReset(s, t, d) }
}

func TickerStopFunc(s uint32, t *time.Ticker) func() { return func() { TickerStop(s, t) } }

func TickerResetFunc(s uint32, t *time.Ticker) func(time.Duration) {
	return func(d time.Duration) { TickerReset(s, t, d) }
}

func timerStopControlled(c *control.Scheduler, s uint32, t *time.Timer) bool {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		return mine.Stop(c, g, s)
	}
	return t.Stop()
}

func timerResetControlled(c *control.Scheduler, s uint32, t *time.Timer, d time.Duration) bool {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		return mine.Reset(c, g, s, int64(d), 0)
	}
	return t.Reset(d)
}

func tickerStopControlled(c *control.Scheduler, s uint32, t *time.Ticker) {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		mine.Stop(c, g, s)
		return
	}
	t.Stop()
}

func tickerResetControlled(c *control.Scheduler, s uint32, t *time.Ticker, d time.Duration) {
	g := c.Enter()
	defer c.Leave(g)
	if mine := c.Library.Timers.Known[unsafe.Pointer(t)]; mine != nil {
		mine.Reset(c, g, s, int64(d), int64(d))
		return
	}
	t.Reset(d)
}
