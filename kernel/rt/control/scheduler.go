package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// Active is the scheduler of a controlled run; nil if Go's own schedules.
var Active *Scheduler

// Scheduler is a scheduler. One goroutine runs at a time, the one whose turn it
// is; all of this belongs to it. Each operation is announced; then the source
// decides which of the announced operations that can be done is done next; it is
// done, and its goroutine goes on to its next announcement.
type Scheduler struct {
	Spec    sched.Spec
	source  sched.Source
	strict  sched.Strict // the source, where its decisions may not fit; else nil
	Backend backend

	Running *G
	main    *G
	Last    *G          // made the last step
	at      sched.Point // what the source is asked

	runnable // who can go on
	progress // whether anything changes, and who waits for that in a loop
	history  // what was done
	Ledger   // what operations are about

	Clock  int64  // virtual nanoseconds
	Epoch  uint64 // counts the times that time passed because nobody could go on
	Turns  uint64 // operations announced
	alarms alarms // what time will bring
	Held   []*G   // whom time lets go on when nobody else can: see mostTicks
	looks  uint64 // at the clock, since the last change

	spare    []*G
	Library  library
	Quiet    bool // nothing is recorded
	Dying    bool // the run is over, what is left of it unwinds
	live     int  // goroutines that have not ended
	all      []*G // they
	looked   bool // before a deadlock was to be declared, and nobody came since
	mainGone bool // main called Goexit
	early    bool // main returned before those came to their first operation who wait in it
	deciding int  // 1 while a goroutine decides that is not counted: for a library's, or as its last deed

	Outcome  []string // the values that were asked for, as they were when main ended; nil if it has not
	gate     gate     // where goroutines come in that are not under control
	Observer observer // what sees more than a source; one that does nothing where nobody does
	Observed bool     // somebody does
}

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
	Rw      bool           // known to be an RWMutex
	Ticks   bool           // the channel of a timer
	bare    bool           // the recording knows that this channel has no buffer
}

// Pending is an announced operation.
type Pending struct {
	Op      event.Op
	Site    uint32
	WaitsOn *Object
	can     func(unsafe.Pointer) bool // of the object, for all who announced this: see group
	Wait    func() bool               // for this one; nil: always
	Comm    *Comm                     // of a channel
	Select  *Selection                // of a select
	About   *Object                   // what it is about, where it never waits: for a search
	Ord     uint32                    // the same, of anything
	Lock    *Object                   // of a condition
	wanted  record.Value              // goes with the want
	state   pendingState
	Listed  bool  // it is in the lists of what it is about
	Noted   bool  // its want is recorded
	Wakes   bool  // it is woken by a condition
	Adds    int32 // to a group; what is taken away is below 0
	until   int64 // what it waits for, of one that sleeps
	Among   int   // alternatives that are all its own; 0: there is one
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
	body(g *G, f func()) func()
	// wait returns when g, which is new, has the turn for the first time.
	wait(g *G)
	// switchTo gives the turn to next, and returns when from has it again.
	switchTo(from, next *G)
	// leave gives the turn to next; its goroutine will never have it again.
	leave(next *G)
	// gone forgets g, which has ended.
	gone(g *G)
	// Fatal is called before a fatal error; goexit in place of runtime.Goexit.
	// Where they return, Go does what it does.
	Fatal(c *Scheduler, text string)
	Goexit()
	// done says that main has returned, exit that the program ends.
	done(c *Scheduler)
	Exit(c *Scheduler, code int)
	// closed says that nobody comes in: who tries is left over from the program's
	// first initialisation, which is done again in each run.
	closed() bool
	// unmanaged says how many goroutines there may be that are not under control.
	unmanaged(c *Scheduler) int
	// others counts goroutines that are not under control and may do what those
	// wait for who are.
	others(c *Scheduler) int
	// stop ends a run that cannot go on. It does not return.
	stop(c *Scheduler, why event.Stop)
}

// begin takes control of the program, with the running goroutine as main.
func begin(spec sched.Spec, hold backend, main *G) *Scheduler {
	c := &Scheduler{Spec: spec, Backend: hold}
	c.at.Ready, c.at.About = c.list, c.about
	c.follow(c.Spec.Source())
	if c.Spec.Steps == 0 {
		c.Spec.Steps = sched.DefaultSteps
	}
	c.reset(spec.Seed)
	record.Larger, record.Clock = func(id uint32) *record.G { return &c.newG(id).G }, &c.Clock
	c.join(main)
	main.begun = true
	c.Running = main
	return c
}

// follow makes c do as source decides.
func (c *Scheduler) follow(source sched.Source) {
	c.source, c.strict, c.Observed = source, nil, false
	if strict, ok := source.(sched.Strict); ok && !c.Spec.Lenient {
		c.strict = strict
	}
	if c.Observer, c.Observed = source.(observer); !c.Observed {
		c.Observer = unobserved{source}
	}
}

// reset makes c a scheduler at the start of a run.
func (c *Scheduler) reset(seed uint64) {
	c.Spec.Seed = seed
	c.source.Reset(seed)
	c.Ledger.reset()
	c.all, c.Ready, c.Open, c.Forward, c.yielded, c.alarms = c.all[:0], c.Ready[:0], c.Open[:0], c.Forward[:0], c.yielded[:0], alarms{}
	c.Held = nil
	c.Clock, c.Steps, c.hash, c.Changes, c.idle, c.looks, c.live, c.mainGone, c.early = 0, 0, 0, 0, 0, 0, 0, false, false
	clear(c.visits)
	clear(c.keys)
	c.computing = nil
	c.Epoch, c.PendingWork, c.workDone, c.Last = 0, 0, 0, nil
	c.Library = library{}
	c.Outcome = nil
}

// join counts g among those under control.
func (c *Scheduler) join(g *G) {
	c.live++
	if g.ID == record.MainID {
		c.main = g
	}
	g.seat = len(c.all)
	c.all = append(c.all, g)
}

// part no longer counts g, which has ended.
func (c *Scheduler) part(g *G) {
	c.live--
	last := len(c.all) - 1
	moved := c.all[last]
	c.all[g.seat], moved.seat = moved, g.seat
	c.all[last] = nil
	c.all = c.all[:last]
}

// Enter returns the running goroutine. One that is not under control, because a
// library started it or because it was away in one, waits here for its turn.
func (c *Scheduler) Enter() *G {
	if g := c.Running; g != nil && g.Self == record.Self() && !c.gate.suspected() {
		return g
	}
	return c.gate.arrive(c)
}

// Leave ends an operation: one that belongs to a library's goroutine gives the
// turn back, since nobody knows when its next operation will come.
func (c *Scheduler) Leave(g *G) {
	if g.unmanaged {
		c.release(g)
	}
}

// Point announces an operation that can always be done, and returns when it is
// to be done.
func (c *Scheduler) Point(g *G, op event.Op, s uint32, ptr unsafe.Pointer) {
	g.Pending = Pending{Op: op, Site: s}
	g.tellAbout(c, ptr)
	c.Await(g)
}

// Block announces an operation on ptr that can be done only while wait returns
// true, which is asked again at each change of ptr.
func (c *Scheduler) Block(g *G, op event.Op, s uint32, ptr unsafe.Pointer, wait func() bool) {
	g.Pending = Pending{Op: op, Site: s, WaitsOn: c.Object(ptr), Wait: wait}
	c.Await(g)
}

// BlockOn is block with a question about the object.
func (c *Scheduler) BlockOn(g *G, op event.Op, s uint32, ptr unsafe.Pointer, can func(unsafe.Pointer) bool) {
	g.Pending = Pending{Op: op, Site: s, WaitsOn: c.Object(ptr), can: can}
	c.Await(g)
}

// Await announces g's pending operation and returns when it is to be done, or,
// with state served, when a partner did it.
func (c *Scheduler) Await(g *G) {
	c.Turns++
	if c.Dying {
		panic(Unwind{})
	}
	g.Epoch, g.Glanced = c.Epoch, 0
	c.announce(g)
	next := c.next()
	c.Running = next
	if next != g {
		c.Backend.switchTo(g, next)
	}
	if g.Pending.state == served {
		return
	}
	c.retire(g)
	c.Count(g)
}

// Count counts a step, and ends the run that has too many.
func (c *Scheduler) Count(g *G) {
	c.Last, g.moved = g, true
	c.Steps++
	if c.Steps&(c.Steps-1) == 0 {
		c.keepTrail()
	}
	if c.Steps >= c.Spec.Steps {
		c.stop(event.StopSteps, g.Pending.Site, g)
	}
}

// announce puts g among those that can go on, or those that wait.
func (c *Scheduler) announce(g *G) {
	g.Pending.Listed = true
	if g.Yielded {
		g.Pending.apart()
	}
	switch o := g.Pending.WaitsOn; {
	case g.Pending.can != nil:
		o.joinGroup(c, g)
		return
	case o != nil:
		o.waiters.join(g, &g.queued)
		if g.Pending.Comm != nil {
			o.line.add(g.Pending.Comm.Send, 1)
		}
	case g.Pending.Select != nil:
		g.Pending.Select.enlist(c, g)
	}
	if g.able(c) {
		c.enable(g)
	} else {
		g.want(c)
	}
	switch p := &g.Pending; {
	case p.Comm != nil && p.WaitsOn != nil && p.WaitsOn.line.n[side(!p.Comm.Send)] > 0:
		c.reconsider(p.WaitsOn)
	case p.Select != nil:
		p.Select.withdrawn(c)
	}
}

// apart has who announced p be asked by itself, and not with all who announced
// the same: unlike them it is put aside.
func (p *Pending) apart() {
	if can := p.can; can != nil {
		ptr := p.WaitsOn.Ptr
		p.can, p.Wait = nil, func() bool { return can(ptr) }
	}
}

// retire takes back what announce did: g goes on.
func (c *Scheduler) retire(g *G) {
	if !g.Pending.Listed {
		return
	}
	g.Pending.Listed = false
	switch o := g.Pending.WaitsOn; {
	case g.Pending.can != nil:
		o.leaveGroup(c, g)
	case o != nil:
		c.disable(g)
		o.waiters.leave(g.queued)
		if g.Pending.Comm != nil {
			o.line.add(g.Pending.Comm.Send, -1)
		}
	default:
		c.disable(g)
		if g.Pending.Select != nil {
			g.Pending.Select.delist(c, g)
		}
	}
	g.Pending.state = notPending
}

// able says whether g's pending operation can be done.
func (g *G) able(c *Scheduler) bool {
	switch p := &g.Pending; {
	case p.Wait != nil:
		return p.Wait()
	case p.Comm != nil:
		return p.Comm.Can(c, g)
	case p.Select != nil:
		return p.Select.can(c, g)
	}
	return true
}

// enable puts g among those that can go on.
func (c *Scheduler) enable(g *G) {
	g.Pending.state = able
	if g.Yielded && !g.invited(c) {
		c.yielded = append(c.yielded, g)
		return
	}
	if g.held {
		c.Held = append(c.Held, g)
		return
	}
	g.at = len(c.Ready)
	c.Ready = append(c.Ready, g)
}

// disable takes g out of those that can go on.
func (c *Scheduler) disable(g *G) {
	if g.at < 0 {
		if g.Yielded {
			c.yielded = without(c.yielded, g)
		}
		if g.held {
			c.Held = without(c.Held, g)
		}
		return
	}
	last := len(c.Ready) - 1
	moved := c.Ready[last]
	c.Ready[g.at] = moved
	moved.at = g.at
	c.Ready[last] = nil
	c.Ready = c.Ready[:last]
	g.at = -1
}

// want notes that g waits, once for each operation.
func (g *G) want(c *Scheduler) {
	p := &g.Pending
	p.state = waiting
	if !p.Noted {
		p.Noted = true
		c.NoteWant(g, p)
	}
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

// pick is a choice from 0 to n-1 other than who is next.
func (c *Scheduler) pick(n int) int {
	if n < 2 {
		return 0
	}
	picked := c.source.Pick(n)
	c.checkReplay()
	return picked
}

// without removes g from list, and keeps the order of the others.
func without(list []*G, g *G) []*G {
	for i, other := range list {
		if other == g {
			copy(list[i:], list[i+1:])
			list[len(list)-1] = nil
			return list[:len(list)-1]
		}
	}
	return list
}

// Thing is the object that an operation is about, nil if there is none.
func (p *Pending) Thing() *Object {
	if p.WaitsOn != nil {
		return p.WaitsOn
	}
	return p.About
}

// tellAbout tells a search what g's operation is about.
func (g *G) tellAbout(c *Scheduler, ptr unsafe.Pointer) {
	if c.Observed && ptr != nil {
		o := c.Object(ptr)
		g.Pending.About, g.Pending.Ord = o, o.Ord
	}
}

// PointInGroup announces an operation of a wait group.
func PointInGroup(c *Scheduler, g *G, op event.Op, s uint32, ptr unsafe.Pointer, n int) {
	g.Pending = Pending{Op: op, Site: s, Adds: int32(n)}
	g.tellAbout(c, ptr)
	c.Await(g)
}

// PointOnCond announces that g is about to wait for a condition, and to let go of
// its lock.
func PointOnCond(c *Scheduler, g *G, s uint32, ptr, lock unsafe.Pointer) {
	g.Pending = Pending{Op: event.CondWant, Site: s}
	if g.tellAbout(c, ptr); c.Observed {
		g.Pending.Lock = c.Object(lock)
	}
	c.Await(g)
}

// BlockQuietly is block for an operation whose want is recorded already.
func (c *Scheduler) BlockQuietly(g *G, op event.Op, s uint32, ptr unsafe.Pointer, wait func() bool) {
	g.Pending = Pending{Op: op, Site: s, WaitsOn: c.Object(ptr), Wait: wait, Noted: true}
	c.Await(g)
}
