package control

import (
	"unsafe"

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
	finite  sched.Finite // the source, where its decisions may come to an end; else nil
	Backend Backend

	Running *G
	main    *G
	Last    *G          // made the last step
	at      sched.Point // what the source is asked

	runnable // who can go on
	progress // whether anything changes, and who waits for that in a loop
	history  // what was done
	prompt   prompting
	Ledger   // what operations are about

	Clock  int64  // virtual nanoseconds
	Epoch  uint64 // counts the times that time passed because nobody could go on
	Turns  uint64 // operations announced
	alarms alarms // what time will bring
	Held   []*G   // whom time lets go on when nobody else can: see mostTicks
	looks  uint64 // at the clock, since the last change

	spare    []*G
	Library  library
	Quiet    bool   // nothing is recorded
	Dying    bool   // the run is over, what is left of it unwinds
	live     int    // goroutines that have not ended
	all      []*G   // they
	looked   bool   // before a deadlock was to be declared, and nobody came since
	mainGone bool   // main called Goexit
	early    bool   // main returned before those came to their first operation who wait in it
	picks    uint64 // choices other than who is next, where they are kept
	deciding int    // 1 while a goroutine decides that is not counted: for a library's, or as its last deed

	conditions Conditions // that are watched
	unmet      bool       // the access made last was no point at which others may come between

	Outcome  []string // the values that were asked for, as they were when main ended; nil if it has not
	gate     gate     // where goroutines come in that are not under control
	Observer Observer // what sees more than a source; one that does nothing where nobody does
	Observed bool     // somebody does
}

// begin takes control of the program, with the running goroutine as main.
func begin(spec sched.Spec, hold Backend, main *G) *Scheduler {
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
	c.finite, _ = source.(sched.Finite)
	if strict, ok := source.(sched.Strict); ok && !c.Spec.Lenient {
		c.strict = strict
	}
	if c.Observer, c.Observed = source.(Observer); !c.Observed {
		c.Observer = unobserved{source}
	}
}

// reset makes c a scheduler at the start of a run.
func (c *Scheduler) reset(seed uint64) {
	c.Spec.Seed = seed
	c.source.Reset(seed)
	c.Ledger.reset()
	c.all, c.Ready, c.Open, c.Forward, c.yielded, c.alarms = c.all[:0], c.Ready[:0], c.Open[:0], c.Forward[:0], c.yielded[:0], alarms{}
	c.Held, c.prompt, c.picks = nil, prompting{}, 0
	c.Clock, c.Steps, c.hash, c.Changes, c.idle, c.looks, c.live, c.mainGone, c.early = 0, 0, 0, 0, 0, 0, 0, false, false
	clear(c.visits)
	clear(c.keys)
	c.computing = nil
	c.Epoch, c.PendingWork, c.workDone, c.Last = 0, 0, 0, nil
	c.Library = library{}
	c.Outcome, c.conditions = nil, Conditions{locks: c.conditions.locks[:0]}
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
	if g := c.caller(); g != nil && !c.gate.suspected() {
		return g
	}
	return c.gate.arrive(c)
}

// caller returns the calling goroutine if it has the turn, else nil. It is asked by
// goroutines that do not have it as well, while who does gives it away: whatever
// they read there, it is not them, since each takes the turn from itself or is given
// it by a channel. So the detector looks away.
//
//go:norace
func (c *Scheduler) caller() *G {
	if g := c.Running; g != nil && g.Self == record.Self() {
		return g
	}
	return nil
}

// Leave ends an operation: one that belongs to a library's goroutine gives the
// turn back, since nobody knows when its next operation will come.
func (c *Scheduler) Leave(g *G) {
	if g.unmanaged {
		c.release(g)
		return
	}
	c.settled()
}

// settled is called by the goroutine with the turn when it goes back to code of its
// own. It may wait there where the scheduler does not see it; then the watchdog takes
// its turn, after all goroutines were stopped for a moment. That orders what it did
// here before what the watchdog does, and the detector does not know.
func (c *Scheduler) settled() { record.RaceRelease(unsafe.Pointer(&c.gate)) }

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
