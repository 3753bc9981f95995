package control

// queue is who has announced something about an object, in that order. Each knows
// its place, so that of a hundred thousand any one can leave at once.
type queue struct {
	places []waiter
	gone   int // places that were left
}

// waiter is one in a queue: of a goroutine, for one of its cases perhaps.
type waiter struct {
	g  *G   // nil if it left
	at *int // where the goroutine keeps its place
}

// few is how many places are not worth being moved up.
const few = 32

func (q *queue) join(g *G, at *int) {
	*at = len(q.places)
	q.places = append(q.places, waiter{g, at})
}

func (q *queue) leave(at int) {
	q.places[at] = waiter{}
	if q.gone++; q.gone == len(q.places) {
		q.places, q.gone = q.places[:0], 0
	} else if q.gone > few && q.gone > len(q.places)/2 {
		q.moveUp()
	}
}

// len is how many there are.
func (q *queue) len() int { return len(q.places) - q.gone }

// moveUp closes the gaps.
func (q *queue) moveUp() {
	kept := q.places[:0]
	for _, p := range q.places {
		if p.g != nil {
			*p.at = len(kept)
			kept = append(kept, p)
		}
	}
	clear(q.places[len(kept):])
	q.places, q.gone = kept, 0
}

// line is who announced what on a channel: how many, and since when. Asking each
// of a thousand about each other would take a million questions.
type line struct {
	n       [2]int    // receives, sends; a case of a select counts as one
	first   [2]uint64 // the epoch of the earliest of them
	counted bool      // first is right
}

func side(send bool) int {
	if send {
		return 1
	}
	return 0
}

func (l *line) add(send bool, n int) {
	l.n[side(send)] += n
	l.counted = false
}

// earliest returns the epoch since which somebody has announced a send, or a
// receive.
func (o *Object) earliest(send bool) uint64 {
	if !o.line.counted {
		o.line.counted = true
		o.line.first = [2]uint64{^uint64(0), ^uint64(0)}
		for _, p := range o.waiters.places {
			w := p.g
			if w == nil {
				continue
			}
			for _, send := range [2]bool{false, true} {
				if w.announced(o, send) {
					o.line.first[side(send)] = min(o.line.first[side(send)], w.Epoch)
				}
			}
		}
	}
	return o.line.first[side(send)]
}

// announced says whether g announced a send, or a receive, on a channel.
func (g *G) announced(o *Object, send bool) bool {
	if g.Pending.Comm != nil {
		return g.Pending.Comm.Send == send
	}
	return g.Pending.Select != nil && g.Pending.Select.has(o, send)
}

// Group is all who announced an operation that each of them can do, or none:
// to lock one mutex. A thousand that wait for it are not asked one by one when
// it is unlocked, and again when one of them has it.
type Group struct {
	All    []*G
	unsaid []*G // announced it when it could be done: that they wait is not recorded
	opened bool // it can be done
}

func (o *Object) joinGroup(c *Scheduler, g *G) {
	g.at = len(o.Group.All)
	o.Group.All = append(o.Group.All, g)
	if !g.Pending.can(o.Ptr) {
		g.want(c)
		return
	}
	o.Group.unsaid = append(o.Group.unsaid, g)
	o.openGroup(c)
}

func (o *Object) leaveGroup(c *Scheduler, g *G) {
	all := o.Group.All
	last := len(all) - 1
	moved := all[last]
	all[g.at], moved.at = moved, g.at
	all[last] = nil
	o.Group.All = all[:last]
	g.at = -1
	if last == 0 {
		o.closeGroup(c)
		o.Group.unsaid = o.Group.unsaid[:0]
	}
}

// reconsiderGroup asks once for all.
func (o *Object) reconsiderGroup(c *Scheduler) {
	if o.Group.All[0].Pending.can(o.Ptr) {
		o.openGroup(c)
		return
	}
	o.closeGroup(c)
	for _, g := range o.Group.unsaid {
		if g.at >= 0 && g.Pending.Object == o && g.Pending.can != nil {
			g.want(c)
		}
	}
	o.Group.unsaid = o.Group.unsaid[:0]
}

func (o *Object) openGroup(c *Scheduler) {
	if !o.Group.opened {
		o.Group.opened = true
		c.Open = append(c.Open, o)
	}
}

func (o *Object) closeGroup(c *Scheduler) {
	if !o.Group.opened {
		return
	}
	o.Group.opened = false
	for i, other := range c.Open {
		if other == o {
			c.Open = append(c.Open[:i], c.Open[i+1:]...)
			return
		}
	}
}
