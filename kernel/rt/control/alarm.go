package control

import "threading101/kernel/sched"

// alarm is something that time will bring.
type alarm struct {
	when int64 // virtual nanoseconds
	seq  uint64
	g    *G  // who goes on then; one with a fire is no goroutine
	at   int // in the heap; -1 if not in it
	Brings
}

// alarms is a heap: the first is the earliest, and of equal ones the oldest.
type alarms struct {
	all []*alarm
	seq uint64
}

// NewAlarm has fire called by the scheduler once d has passed on the virtual clock;
// on the free clock at any moment. What that brings is said with it, and
// whether it is held back.
func NewAlarm(c *Scheduler, d int64, brings Brings, fire func(), held bool) *alarm {
	a := &alarm{when: c.later(d), Brings: brings, g: &G{at: -1, Fire: fire, held: held}}
	a.g.ID = alarmID + uint32(c.alarms.seq)%alarmID
	a.g.alarm = a
	c.Observer.Joins(a.g)
	a.set(c)
	c.Observer.Plans(c.Running)
	return a
}

// alarmID is the first number of what is no goroutine, for a source: a replay
// must tell alarms apart. Numbers from sched.Picked on mean something else.
const alarmID = 1 << 30

// Free says whether the clock is: what time would bring may come at any moment.
func (c *Scheduler) Free() bool { return c.Spec.Clock == sched.Free }

// later is the time d from now.
func (c *Scheduler) later(d int64) int64 {
	if d < 0 {
		d = 0
	}
	if t := c.Clock + d; t >= c.Clock {
		return t
	}
	return 1<<63 - 1
}

// set starts an alarm.
func (a *alarm) set(c *Scheduler) {
	c.alarms.seq++
	a.seq = c.alarms.seq
	c.alarms.push(a)
	if c.Free() {
		c.enable(a.g)
	}
}

// letOne lets the one go on that was held back first.
func letOne(c *Scheduler) {
	g := c.Held[0]
	c.Held = without(c.Held, g)
	g.held = false
	c.enable(g)
}

// stop takes the alarm back, and says whether it had not rung.
func (a *alarm) stop() bool {
	if a.at < 0 {
		return false
	}
	Active.alarms.remove(a)
	Active.disable(a.g)
	Active.Observer.Prevents(a.g)
	return true
}

// now is the virtual time. Each look at the clock takes a microsecond, and more
// and more as nothing else happens, so that a loop that waits for a time by
// looking gets there.
func (c *Scheduler) now() int64 {
	if c.Running != nil {
		c.Running.acts++
	}
	c.looks++
	step := int64(1000)
	if len(c.Ready)+len(c.Open) == 0 && c.Backend.unmanaged(c) <= 0 && c.gate.away == 0 {
		step <<= min(c.looks/32, 20)
	}
	t := c.later(step)
	if len(c.alarms.all) > 0 {
		t = min(t, max(c.Clock, c.alarms.all[0].when)) // who sleeps till then is asked first
	}
	c.Clock = t
	return t
}

// advance lets time pass until something happens.
func (c *Scheduler) advance() {
	if when := c.alarms.all[0].when; when > c.Clock {
		c.Clock = when
	}
	c.Observer.TimePassed()
	c.due()
}

// due makes those able whose time has come.
func (c *Scheduler) due() {
	if c.Free() {
		return
	}
	for len(c.alarms.all) > 0 && c.alarms.all[0].when <= c.Clock {
		a := c.alarms.all[0]
		c.alarms.remove(a)
		c.enable(a.g)
	}
}

// ring lets an alarm that was chosen do what it is for.
func (g *G) ring(c *Scheduler) {
	c.disable(g)
	if a := g.alarm; a.at >= 0 {
		c.alarms.remove(a)
		c.Clock = max(c.Clock, a.when)
	}
	c.Observer.Rings(g)
	g.Fire()
}

func (h *alarms) before(i, j int) bool {
	a, b := h.all[i], h.all[j]
	return a.when < b.when || a.when == b.when && a.seq < b.seq
}

func (h *alarms) swap(i, j int) {
	h.all[i], h.all[j] = h.all[j], h.all[i]
	h.all[i].at, h.all[j].at = i, j
}

func (h *alarms) push(a *alarm) {
	a.at = len(h.all)
	h.all = append(h.all, a)
	h.up(a.at)
}

func (h *alarms) remove(a *alarm) {
	i, last := a.at, len(h.all)-1
	h.swap(i, last)
	h.all[last] = nil
	h.all = h.all[:last]
	a.at = -1
	if i < last {
		h.up(i)
		h.down(i)
	}
}

func (h *alarms) up(i int) {
	for i > 0 && h.before(i, (i-1)/2) {
		h.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
}

func (h *alarms) down(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h.all); child++ {
			if h.before(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		h.swap(i, least)
		i = least
	}
}
