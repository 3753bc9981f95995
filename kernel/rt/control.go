package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// ctl is the scheduler of a controlled run; nil if Go's own schedules.
var ctl *control

// control is a scheduler. One goroutine runs at a time, the one whose turn it
// is; all of this belongs to it. Each operation is announced; then the source
// decides which of the announced operations that can be done is done next; it is
// done, and its goroutine goes on to its next announcement.
type control struct {
	spec   sched.Spec
	source sched.Source
	strict sched.Strict // the source, where its decisions may not fit; else nil
	hold   backend

	running *g
	main    *g
	last    *g          // made the last step
	ready   []*g        // announced what they can do
	open    []*object   // all who wait in their groups can go on as well
	at      sched.Point // what the source is asked
	ids     []uint32    // for it
	forward []*g        // must go on to their next announcement before anything is decided
	tired   []*g        // repeat themselves: they go on when nobody else can
	alarms  alarms      // what time will bring
	held    []*g        // whom time lets go on when nobody else can: see mostTicks

	clock   int64  // virtual nanoseconds
	steps   uint64 // operations done
	turns   uint64 // operations announced
	hash    uint64 // of all that was done, in order
	changes uint64 // of anything by anybody; see spin.go
	idle    uint64 // rounds without one, while only tired ones could go on
	toiler  *g     // of whom the recording says that it has computed since the last event
	toiled  int64  // nanoseconds of work for which time has not passed yet
	toils   uint64 // how often it has
	epoch   uint64 // counts the times that time passed because nobody could go on
	looks   uint64 // at the clock, since the last change
	keys    map[element]uint64
	visits  []uint32

	things   // what operations are about
	spare    []*g
	lib      library
	quiet    bool // nothing is recorded
	dying    bool // the run is over, what is left of it unwinds
	live     int  // goroutines that have not ended
	all      []*g // they
	looked   bool // before a deadlock was to be declared, and nobody came since
	mainGone bool // main called Goexit
	early    bool // main returned before those came to their first operation who wait in it
	deciding int  // 1 while a goroutine decides that is not counted: for a library's, or as its last deed

	outcome  []string // the values that were asked for, as they were when main ended; nil if it has not
	gate     gate     // where goroutines come in that are not under control
	observer observer // what sees more than a source; one that does nothing where nobody does
	observed bool     // somebody does
}

// object is something that operations are about. The real mutex, channel or
// group is its state; here is what only a scheduler needs to know.
type object struct {
	ptr     unsafe.Pointer // keeps it from being collected, and its address from being used again
	ord     uint32         // in the order of first use: the same in each run of a schedule
	version uint32         // counts changes
	waiters queue          // have announced an operation on it
	line                   // of a channel: what they announced
	group                  // the same, where all wait for the same
	queue   []*g           // of a Cond: who waits to be woken, first come first
	holder  *g             // of a Once: who is doing it
	writers int            // of an RWMutex: who wait to write; new readers wait behind them
	tried   bool           // of a lock: somebody tried to take it in vain, and went on
	rw      bool           // known to be an RWMutex
	ticks   bool           // the channel of a timer
	bare    bool           // the recording knows that this channel has no buffer
}

// pending is an announced operation.
type pending struct {
	op     event.Op
	site   uint32
	obj    *object
	can    func(unsafe.Pointer) bool // of the object, for all who announced this: see group
	wait   func() bool               // for this one; nil: always
	comm   *comm                     // of a channel
	sel    *selection                // of a select
	about  *object                   // what it is about, where it never waits: for a search
	ord    uint32                    // the same, of anything
	lock   *object                   // of a condition
	wanted record.Value              // goes with the want
	state  pendingState
	listed bool  // it is in the lists of what it is about
	said   bool  // its want is recorded
	wakes  bool  // it is woken by a condition
	adds   int32 // to a group; what is taken away is below 0
	until  int64 // what it waits for, of one that sleeps
	among  int   // alternatives that are all its own; 0: there is one
}

type pendingState uint8

const (
	notPending pendingState = iota
	waiting                 // cannot be done now; its want is recorded
	able
	served // done by its partner
)

// backend holds the goroutines that are not running.
type backend interface {
	// body returns what a go statement is to run, nil if nothing.
	body(g *g, f func()) func()
	// wait returns when g, which is new, has the turn for the first time.
	wait(g *g)
	// switchTo gives the turn to next, and returns when from has it again.
	switchTo(from, next *g)
	// leave gives the turn to next; its goroutine will never have it again.
	leave(next *g)
	// gone forgets g, which has ended.
	gone(g *g)
	// fatal is called before a fatal error; goexit in place of runtime.Goexit.
	// Where they return, Go does what it does.
	fatal(c *control, text string)
	goexit()
	// done says that main has returned, exit that the program ends.
	done(c *control)
	exit(c *control, code int)
	// closed says that nobody comes in: who tries is left over from the program's
	// first initialisation, which is done again in each run.
	closed() bool
	// strangers says how many goroutines there may be that are not under control.
	strangers(c *control) int
	// others counts goroutines that are not under control and may do what those
	// wait for who are.
	others(c *control) int
	// stop ends a run that cannot go on. It does not return.
	stop(c *control, why event.Stop)
}

// begin takes control of the program, with the running goroutine as main.
func begin(spec sched.Spec, hold backend, main *g) *control {
	c := &control{spec: spec, hold: hold}
	c.at.Ready, c.at.About = c.list, c.about
	c.follow(c.spec.Source())
	if c.spec.Steps == 0 {
		c.spec.Steps = sched.DefaultSteps
	}
	c.reset(spec.Seed)
	record.Larger, record.Clock = func(id uint32) *record.G { return &c.newG(id).G }, &c.clock
	c.join(main)
	main.begun = true
	c.running = main
	return c
}

// follow makes c do as source decides.
func (c *control) follow(source sched.Source) {
	c.source, c.strict, c.observed = source, nil, false
	if strict, ok := source.(sched.Strict); ok && !c.spec.Lenient {
		c.strict = strict
	}
	if c.observer, c.observed = source.(observer); !c.observed {
		c.observer = unobserved{source}
	}
}

// reset makes c a scheduler at the start of a run.
func (c *control) reset(seed uint64) {
	c.spec.Seed = seed
	c.source.Reset(seed)
	c.things.reset()
	c.all, c.ready, c.open, c.forward, c.tired, c.alarms = c.all[:0], c.ready[:0], c.open[:0], c.forward[:0], c.tired[:0], alarms{}
	c.held = nil
	c.clock, c.steps, c.hash, c.changes, c.idle, c.looks, c.live, c.mainGone, c.early = 0, 0, 0, 0, 0, 0, 0, false, false
	clear(c.visits)
	clear(c.keys)
	c.toiler = nil
	c.epoch, c.toiled, c.toils, c.last = 0, 0, 0, nil
	c.lib = library{}
	c.outcome = nil
}

// join counts g among those under control.
func (c *control) join(g *g) {
	c.live++
	if g.ID == record.MainID {
		c.main = g
	}
	g.seat = len(c.all)
	c.all = append(c.all, g)
}

// part no longer counts g, which has ended.
func (c *control) part(g *g) {
	c.live--
	last := len(c.all) - 1
	moved := c.all[last]
	c.all[g.seat], moved.seat = moved, g.seat
	c.all[last] = nil
	c.all = c.all[:last]
}

// enter returns the running goroutine. One that is not under control, because a
// library started it or because it was away in one, waits here for its turn.
func (c *control) enter() *g {
	if g := c.running; g != nil && g.Self == record.Self() && !c.gate.suspected() {
		return g
	}
	return c.arrive()
}

// over ends an operation: one that belongs to a library's goroutine gives the
// turn back, since nobody knows when its next operation will come.
func (c *control) over(g *g) {
	if g.foreign {
		c.release(g)
	}
}

// point announces an operation that can always be done, and returns when it is
// to be done.
func (c *control) point(g *g, op event.Op, s uint32, ptr unsafe.Pointer) {
	g.pend = pending{op: op, site: s}
	c.tellAbout(g, ptr)
	c.await(g)
}

// block announces an operation on ptr that can be done only while wait returns
// true, which is asked again at each change of ptr.
func (c *control) block(g *g, op event.Op, s uint32, ptr unsafe.Pointer, wait func() bool) {
	g.pend = pending{op: op, site: s, obj: c.object(ptr), wait: wait}
	c.await(g)
}

// blockOn is block with a question about the object.
func (c *control) blockOn(g *g, op event.Op, s uint32, ptr unsafe.Pointer, can func(unsafe.Pointer) bool) {
	g.pend = pending{op: op, site: s, obj: c.object(ptr), can: can}
	c.await(g)
}

// await announces g's pending operation and returns when it is to be done, or,
// with state served, when a partner did it.
func (c *control) await(g *g) {
	c.turns++
	if c.dying {
		panic(unwind{})
	}
	g.epoch, g.glanced = c.epoch, 0
	c.announce(g)
	next := c.next()
	c.running = next
	if next != g {
		c.hold.switchTo(g, next)
	}
	if g.pend.state == served {
		return
	}
	c.retire(g)
	c.count(g)
}

// count counts a step, and ends the run that has too many.
func (c *control) count(g *g) {
	c.last, g.moved = g, true
	c.steps++
	if c.steps&(c.steps-1) == 0 {
		c.keepTrail()
	}
	if c.steps >= c.spec.Steps {
		c.stop(event.StopSteps, g.pend.site, g)
	}
}

// announce puts g among those that can go on, or those that wait.
func (c *control) announce(g *g) {
	g.pend.listed = true
	if g.tired {
		g.pend.apart()
	}
	switch o := g.pend.obj; {
	case g.pend.can != nil:
		c.joinGroup(g, o)
		return
	case o != nil:
		o.waiters.join(g, &g.queued)
		if g.pend.comm != nil {
			o.line.add(g.pend.comm.send, 1)
		}
	case g.pend.sel != nil:
		g.pend.sel.enlist(c, g)
	}
	if c.able(g) {
		c.enable(g)
	} else {
		c.want(g)
	}
	switch p := &g.pend; {
	case p.comm != nil && p.obj != nil && p.obj.line.n[side(!p.comm.send)] > 0:
		c.reconsider(p.obj)
	case p.sel != nil:
		c.withdrawn(p.sel)
	}
}

// apart has who announced p be asked by itself, and not with all who announced
// the same: unlike them it is put aside.
func (p *pending) apart() {
	if can := p.can; can != nil {
		ptr := p.obj.ptr
		p.can, p.wait = nil, func() bool { return can(ptr) }
	}
}

// retire takes back what announce did: g goes on.
func (c *control) retire(g *g) {
	if !g.pend.listed {
		return
	}
	g.pend.listed = false
	switch o := g.pend.obj; {
	case g.pend.can != nil:
		c.leaveGroup(g, o)
	case o != nil:
		c.disable(g)
		o.waiters.leave(g.queued)
		if g.pend.comm != nil {
			o.line.add(g.pend.comm.send, -1)
		}
	default:
		c.disable(g)
		if g.pend.sel != nil {
			g.pend.sel.delist(c, g)
		}
	}
	g.pend.state = notPending
}

// able says whether g's pending operation can be done.
func (c *control) able(g *g) bool {
	switch p := &g.pend; {
	case p.wait != nil:
		return p.wait()
	case p.comm != nil:
		return c.canComm(g, p.comm)
	case p.sel != nil:
		return c.canSelect(g, p.sel)
	}
	return true
}

// enable puts g among those that can go on.
func (c *control) enable(g *g) {
	g.pend.state = able
	if g.tired && !c.invited(g) {
		c.tired = append(c.tired, g)
		return
	}
	if g.held {
		c.held = append(c.held, g)
		return
	}
	g.at = len(c.ready)
	c.ready = append(c.ready, g)
}

// disable takes g out of those that can go on.
func (c *control) disable(g *g) {
	if g.at < 0 {
		if g.tired {
			c.tired = without(c.tired, g)
		}
		if g.held {
			c.held = without(c.held, g)
		}
		return
	}
	last := len(c.ready) - 1
	moved := c.ready[last]
	c.ready[g.at] = moved
	moved.at = g.at
	c.ready[last] = nil
	c.ready = c.ready[:last]
	g.at = -1
}

// want notes that g waits, once for each operation.
func (c *control) want(g *g) {
	p := &g.pend
	p.state = waiting
	if !p.said {
		p.said = true
		c.noteWant(g, p)
	}
}

// changed says that an object is not as it was: those that have announced
// something about it are asked again.
func (c *control) changed(ptr unsafe.Pointer) {
	if o := c.objectAt(ptr); o != nil {
		c.touched(o)
	}
}

func (c *control) touched(o *object) {
	o.version++
	c.reconsider(o)
}

// reconsider asks those again who announced something about o.
func (c *control) reconsider(o *object) {
	if len(o.group.all) > 0 {
		c.reconsiderGroup(o)
	}
	for _, p := range o.waiters.places {
		g := p.g
		if g == nil {
			continue
		}
		switch can := c.able(g); {
		case can && g.pend.state == waiting:
			c.enable(g)
		case can && g.tired && g.at < 0 && c.invited(g):
			c.tired = without(c.tired, g)
			c.enable(g)
		case !can && g.pend.state == able:
			c.disable(g)
			c.want(g)
		}
	}
}

// reask asks all who wait: something changed where nothing of ours saw it. In the
// order in which the objects were first used, which is the same in each run.
func (c *control) reask() {
	for _, o := range c.oldObjects[:c.nObjects] {
		if o.waiters.len()+len(o.group.all) > 0 {
			c.touched(o)
		}
	}
}

// object returns what is known of the object at ptr.
func (c *control) object(ptr unsafe.Pointer) *object {
	o := c.objectAt(ptr)
	if o == nil {
		o = c.newObject(ptr)
		c.objects[ptr] = o
	}
	return o
}

// pick is a choice from 0 to n-1 other than who is next.
func (c *control) pick(n int) int {
	if n < 2 {
		return 0
	}
	picked := c.source.Pick(n)
	c.checkReplay()
	return picked
}

// without removes g from list, and keeps the order of the others.
func without(list []*g, g *g) []*g {
	for i, other := range list {
		if other == g {
			copy(list[i:], list[i+1:])
			list[len(list)-1] = nil
			return list[:len(list)-1]
		}
	}
	return list
}
