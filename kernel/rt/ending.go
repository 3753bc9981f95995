package rt

import (
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// What package rtcontext, which stands in for package context, asks for.

// From runs f, which is to end a context, for the call at site s.
func From(s uint32, f func()) {
	if record.Ring == nil {
		f()
		return
	}
	g := record.Current()
	g.NeedExtra().From = s
	f()
	g.Extra.From = 0
}

// Closing notes that the running goroutine is about to have a library close a
// channel.
func Closing(s uint32, c <-chan struct{}) {
	if record.Ring != nil {
		record.Note(event.Close, 0, record.Current().From(s), record.ChanAddr(c), 0)
	}
}

// CloseStep has do close c, and perhaps other channels, in one step of a
// controlled run.
func CloseStep(s uint32, c <-chan struct{}, do func()) {
	g := ctl.enter()
	s = g.From(s)
	ctl.point(g, event.Close, s, nil)
	ctl.observer.library(g)
	select {
	case <-c:
		do() // again
	default:
		do()
		ctl.note(g, event.Close, 0, s, donePtr(c), 0)
		ctl.acted(g)
		ctl.endedWith()
	}
	ctl.over(g)
}

// AskEnded announces, in a controlled run, that somebody asks whether a context
// has ended.
func AskEnded(s uint32) {
	if ctl == nil {
		return
	}
	g := ctl.enter()
	ctl.point(g, event.Ended, s, nil)
	g.read(0, uint32(ctl.changes))
	ctl.over(g)
}

// SetAlarm has fire, which ends the context whose Done channel is done, called by
// the scheduler of a controlled run once d has passed. The function it returns
// takes that back: it is called in the step that ends the context.
func SetAlarm(d time.Duration, done <-chan struct{}, fire func()) (stop func()) {
	g := ctl.enter()
	a := ctl.timer(int64(d), brings{ends: donePtr(done)}, func() {
		fire()
		ctl.endedWith()
		ctl.happened()
	}, false)
	if ctl.lib.contexts[donePtr(done)] != nil {
		ctl.lib.deadlines = append(ctl.lib.deadlines, deadline{done, a})
	}
	ctl.over(g)
	return func() { ctl.silence(a) }
}

// deadline is that of a context that is made of another, and may end with that.
type deadline struct {
	done  <-chan struct{}
	alarm *alarm
}

// endedWith is called when a context has ended, and all that are made of it: their
// deadlines will not pass any more, and who waits for their ends can go on.
func (c *control) endedWith() {
	kept := c.lib.deadlines[:0]
	for _, d := range c.lib.deadlines {
		select {
		case <-d.done:
			c.silence(d.alarm)
		default:
			kept = append(kept, d)
		}
	}
	clear(c.lib.deadlines[len(kept):])
	c.lib.deadlines = kept
	c.reask()
}

// ContextMade notes that the context whose Done channel is done was made of the one
// with the other, and whether it has a deadline.
func ContextMade(s uint32, done, of <-chan struct{}, timed bool) {
	var flags uint8
	if timed {
		flags = event.FlagTimed
	}
	record.Note(event.Context, flags, s, record.ChanAddr(done), uint64(record.ChanAddr(of)))
}

// Descends notes that the context whose Done channel is done was made of the one
// with the other, and ends when that does.
func Descends(done, of <-chan struct{}) {
	g := ctl.enter()
	if ctl.lib.contexts == nil {
		ctl.lib.contexts = map[unsafe.Pointer]unsafe.Pointer{}
	}
	if donePtr(done) != donePtr(of) {
		ctl.lib.contexts[donePtr(done)] = donePtr(of)
	}
	ctl.over(g)
}

func donePtr(c <-chan struct{}) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&c)) }

// Clock is the time of a controlled run. To ask for it is not to look at the
// clock.
func Clock() time.Time { return wall(ctl.clock) }

// Watch is a function that waits for a library to close a channel.
type Watch struct {
	c <-chan struct{}
	l *Later
}

// WatchFor has l started in a controlled run when c is closed, by whomever.
func WatchFor(c <-chan struct{}, l *Later) *Watch {
	g := ctl.enter()
	w := &Watch{c, l}
	l.Ask()
	ctl.lib.watches = append(ctl.lib.watches, w)
	ctl.over(g)
	return w
}

// Stop takes it back, and says whether there was something to take back.
func (w *Watch) Stop(s uint32) bool {
	g := ctl.enter()
	defer ctl.over(g)
	ctl.point(g, event.StopTimer, s, nil)
	ctl.observer.library(g)
	for i, other := range ctl.lib.watches {
		if other == w {
			ctl.lib.watches = append(ctl.lib.watches[:i], ctl.lib.watches[i+1:]...)
			w.l.CallOff()
			ctl.acted(g)
			return true
		}
	}
	return false
}

// bring starts what waited for channels that are closed now.
func (c *control) bring() {
	kept := c.lib.watches[:0]
	for _, w := range c.lib.watches {
		select {
		case <-w.c:
			w.l.Start()
		default:
			kept = append(kept, w)
		}
	}
	clear(c.lib.watches[len(kept):])
	c.lib.watches = kept
}

// serveLibrary does what is due of a library's constructs before a decision.
func (c *control) serveLibrary() {
	if len(c.lib.timers.full)+len(c.lib.watches) > 0 {
		c.doServe()
	}
}

func (c *control) doServe() {
	c.rearm()
	c.bring()
}
