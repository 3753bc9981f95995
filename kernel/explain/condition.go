package explain

import (
	"slices"

	"threading101/kernel/event"
)

// condition is what happened to a Cond, in order.
type condition struct {
	signals []int        // events: Signal and Broadcast
	idle    map[int]bool // of these, the ones when nobody waited
	waiting []int        // goroutines that wait now and were not woken, the first one first
	woken   map[int]int  // by goroutine that was woken and has not come to go on: by which event
	last    map[int]int  // by goroutine: the event with which it last began to wait
}

// conditions follows the Conds of the run.
func (s *speaker) conditions() map[int]*condition {
	all := map[int]*condition{}
	for i := range s.x.Events {
		e := &s.x.Events[i]
		if e.Object < 0 || event.Table[e.Op].Class != event.ClassCond {
			continue
		}
		c := all[e.Object]
		if c == nil {
			c = &condition{idle: map[int]bool{}, woken: map[int]int{}, last: map[int]int{}}
			all[e.Object] = c
		}
		c.event(i, e.Op, e.G)
	}
	return all
}

func (c *condition) event(i int, op event.Op, g int) {
	switch op {
	case event.CondWant:
		c.waiting = append(c.waiting, g)
		c.last[g] = i
	case event.CondWait:
		if _, ok := c.woken[g]; !ok {
			c.waiting = slices.DeleteFunc(c.waiting, func(w int) bool { return w == g })
		}
		delete(c.woken, g)
	case event.Signal, event.Broadcast:
		c.signals = append(c.signals, i)
		c.idle[i] = len(c.waiting) == 0
		n := min(1, len(c.waiting))
		if op == event.Broadcast {
			n = len(c.waiting)
		}
		for _, w := range c.waiting[:n] {
			c.woken[w] = i
		}
		c.waiting = c.waiting[n:]
	}
}

// waits says whether a goroutine waits at the end of the run, and no signal was
// meant for it.
func (c *condition) waits(g int) bool { return slices.Contains(c.waiting, g) }
