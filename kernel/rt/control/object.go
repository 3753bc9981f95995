package control

import "unsafe"

// Object is something that operations are about. The real mutex, channel or
// group is its state; here is what only a scheduler needs to know.
type Object struct {
	Ptr     unsafe.Pointer // keeps it from being collected, and its address from being used again
	Ord     uint32         // in the order of first use: the same in each run of a schedule
	Version uint32         // counts changes
	waiters queue          // have announced an operation on it
	line                   // of a channel: what they announced
	Group                  // the same, where all wait for the same
	Queue   []*G           // of a Cond: who waits to be woken, first come first
	Holder  *G             // of a Once: who is doing it
	Writers int            // of an RWMutex: who wait to write; new readers wait behind them
	Tried   bool           // of a lock: somebody tried to take it in vain, and went on
	RW      bool           // known to be an RWMutex
	Ticks   bool           // the channel of a timer
	told    bool           // the recording knows how large the buffer of this channel is
}

// Changed says that an object is not as it was: those that have announced
// something about it are asked again.
func (c *Scheduler) Changed(ptr unsafe.Pointer) {
	if o := c.objectAt(ptr); o != nil {
		c.Touched(o)
	}
}

func (c *Scheduler) Touched(o *Object) {
	o.Version++
	c.reconsider(o)
}

// reconsider asks those again who announced something about o.
func (c *Scheduler) reconsider(o *Object) {
	if len(o.Group.All) > 0 {
		o.reconsiderGroup(c)
	}
	for _, p := range o.waiters.places {
		g := p.g
		if g == nil {
			continue
		}
		switch can := g.able(c); {
		case can && g.Pending.state == waiting:
			c.enable(g)
		case can && g.Yielded && g.at < 0 && g.invited(c):
			c.yielded = without(c.yielded, g)
			c.enable(g)
		case !can && g.Pending.state == able:
			c.disable(g)
			g.want(c)
		}
	}
}

// reask asks all who wait: something changed where nothing of ours saw it. In the
// order in which the objects were first used, which is the same in each run.
func (c *Scheduler) reask() {
	for _, o := range c.oldObjects[:c.nObjects] {
		if o.waiters.len()+len(o.Group.All) > 0 {
			c.Touched(o)
		}
	}
}
