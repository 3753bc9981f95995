package rt

import (
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
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
	g := control.Active.Enter()
	s = g.From(s)
	control.Active.Point(g, event.Close, s, nil)
	control.Active.Observer.Library(g)
	select {
	case <-c:
		do() // again
	default:
		do()
		control.Active.Note(g, event.Close, 0, s, control.DonePtr(c), 0)
		control.Active.Acted(g)
		control.EndedWith(control.Active)
	}
	control.Active.Leave(g)
}

// AskEnded announces, in a controlled run, that somebody asks whether a context
// has ended.
func AskEnded(s uint32) {
	if control.Active == nil {
		return
	}
	g := control.Active.Enter()
	control.Active.Point(g, event.Ended, s, nil)
	g.Read(0, uint32(control.Active.Changes))
	control.Active.Leave(g)
}

// SetAlarm has fire, which ends the context whose Done channel is done, called by
// the scheduler of a controlled run once d has passed. The function it returns
// takes that back: it is called in the step that ends the context.
func SetAlarm(d time.Duration, done <-chan struct{}, fire func()) (stop func()) {
	g := control.Active.Enter()
	a := control.NewAlarm(control.Active, int64(d), control.Brings{Ends: control.DonePtr(done)}, func() {
		fire()
		control.EndedWith(control.Active)
		control.Active.Happened()
	}, false)
	if control.Active.Library.Contexts[control.DonePtr(done)] != nil {
		control.Active.Library.Deadlines = append(control.Active.Library.Deadlines, control.Deadline{Done: done, Alarm: a})
	}
	control.Active.Leave(g)
	return func() { a.Silence(control.Active) }
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
	g := control.Active.Enter()
	if control.Active.Library.Contexts == nil {
		control.Active.Library.Contexts = map[unsafe.Pointer]unsafe.Pointer{}
	}
	if control.DonePtr(done) != control.DonePtr(of) {
		control.Active.Library.Contexts[control.DonePtr(done)] = control.DonePtr(of)
	}
	control.Active.Leave(g)
}

// Clock is the time of a controlled run. To ask for it is not to look at the
// clock.
func Clock() time.Time { return control.WallTime(control.Active.Clock) }

// WatchFor has l started in a controlled run when c is closed, by whomever.
func WatchFor(c <-chan struct{}, l *control.Later) *control.Watch {
	g := control.Active.Enter()
	w := &control.Watch{C: c, L: l}
	l.Ask()
	control.Active.Library.Watches = append(control.Active.Library.Watches, w)
	control.Active.Leave(g)
	return w
}
