package control

import (
	"unsafe"

	"threading101/kernel/event"
)

// Deadline is that of a context that is made of another, and may end with that.
type Deadline struct {
	Done  <-chan struct{}
	Alarm *alarm
}

// EndedWith is called when a context has ended, and all that are made of it: their
// deadlines will not pass any more, and who waits for their ends can go on.
func EndedWith(c *Scheduler) {
	kept := c.Library.Deadlines[:0]
	for _, d := range c.Library.Deadlines {
		select {
		case <-d.Done:
			d.Alarm.Silence(c)
		default:
			kept = append(kept, d)
		}
	}
	clear(c.Library.Deadlines[len(kept):])
	c.Library.Deadlines = kept
	c.reask()
}

func DonePtr(c <-chan struct{}) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&c)) }

// Watch is a function that waits for a library to close a channel.
type Watch struct {
	C <-chan struct{}
	L *Later
}

// Stop takes it back, and says whether there was something to take back.
func (w *Watch) Stop(s uint32) bool {
	g := Active.Enter()
	defer Active.Leave(g)
	Active.Point(g, event.StopTimer, s, nil)
	Active.Observer.Library(g)
	for i, other := range Active.Library.Watches {
		if other == w {
			Active.Library.Watches = append(Active.Library.Watches[:i], Active.Library.Watches[i+1:]...)
			w.L.CallOff()
			Active.Acted(g)
			return true
		}
	}
	return false
}

// bring starts what waited for channels that are closed now.
func bring(c *Scheduler) {
	kept := c.Library.Watches[:0]
	for _, w := range c.Library.Watches {
		select {
		case <-w.C:
			w.L.Start()
		default:
			kept = append(kept, w)
		}
	}
	clear(c.Library.Watches[len(kept):])
	c.Library.Watches = kept
}

// serveLibrary does what is due of a library's constructs before a decision.
func serveLibrary(c *Scheduler) {
	if len(c.Library.Timers.full)+len(c.Library.Watches) > 0 {
		doServe(c)
	}
}

func doServe(c *Scheduler) {
	rearm(c)
	bring(c)
}
