package seek

import (
	"sync/atomic"
	"syscall"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/explore/wire"
	"threading101/kernel/judge"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// searchFD is where a search writes what it finds: the kernel's pipe.
const searchFD = 3

// searchClocks bounds the vector clocks of a run, one for each step, to 256 MB.
const searchClocks = 1 << 26

// seeker is the scheduler's side of a search: it tells what can be done and what
// was done, and has done what the search decides.
type seeker struct {
	offers  // what can be done next
	lead    lead
	c       *control.Scheduler
	budget  time.Duration // of the whole search; 0: none
	procs   []*control.G  // by their place in the search's history
	chosen  *control.G    // by the last decision
	last    *control.G    // main, if it has ended last
	cur     int           // whose step is being made
	key     uint32
	picks   uint64 // choices other than who is next, in this run
	sender  int    // who handed something over, in this step
	output  []byte // to standard output
	errors  []byte // to standard error
	spans   spans
	called  []bool          // by a function's number: it was told that somebody calls it
	noted   noted           // of the values of expressions
	watch   watching        // of conditions
	several []search.Access // of one step
	limits  []uint32        // of calls at once: see tooMany
	wanted  []uint32        // numbers of goroutines: see started
	unseen  []unseen        // reads by libraries
	looks   []look          // reads of locks, as memory
	uses    []use           // of locks
	site    uint32          // of the step decided last
	doing   uint32          // the same with what is done there
	told    bool            // the search knows how the run ended
	made    uint64          // runs
	worked  uint64          // how often work was done
	fixed   [3]bool         // it was told what is held fixed
	pauses  bool            // random numbers were drawn that say how long somebody waits
	looked  bool            // somebody looked at the clock
	ticks   bool            // it was told that tickers tick only so often
}

// newSeeker returns the search that spec asks for.
func newSeeker(c *control.Scheduler, spec sched.Spec) control.Searcher {
	k := &seeker{c: c, budget: time.Duration(spec.Budget)}
	k.values = spec.Values
	k.limits, k.wanted, k.lead = spec.AtOnce, spec.Started, newLead(spec)
	k.search = search.New(search.Config{
		Mode: spec.Search, Budget: int64(spec.Budget), Runs: int(spec.Repeat), Seed: spec.Seed, Now: record.Nanotime,
		Share: int(spec.Share), Shares: int(spec.Shares), Visible: spec.Visible,
		Stopped: func() bool { return atomic.LoadUint64(record.Word(record.Ring, event.OffSearchStop)) != 0 },
		Write:   writeFound,
	})
	return k
}

// More says whether the search asks for another run.
func (k *seeker) More() bool { return k.search.Next() }

func writeFound(line []byte) {
	for len(line) > 0 {
		n, err := syscall.Write(searchFD, line)
		if err != nil && err != syscall.EINTR {
			return
		}
		line = line[max(n, 0):]
	}
}

// Begins prepares for a run.
func (k *seeker) Begins() {
	k.made++
	clear(k.procs)
	k.procs, k.picks, k.output, k.cur, k.told, k.chosen, k.last = k.procs[:0], 0, k.output[:0], -1, false, nil, nil
	k.errors = k.errors[:0]
	k.spans.reset()
	k.unseen, k.looks, k.uses = k.unseen[:0], k.looks[:0], k.uses[:0]
	k.noted = noted{}
	k.watch.begins()
	k.lead.begins()
	k.join(k.c.Running, -1)
}

// join adds a goroutine or an alarm that creator made.
func (k *seeker) join(g *control.G, creator int) {
	c := k.c
	g.Proc = k.search.Spawn(creator)
	if g.Proc < 0 {
		c.Abandon()
	}
	c.Spec.Steps = min(c.Spec.Steps, searchClocks/uint64(k.search.Width()))
	k.procs = append(k.procs, g)
	if run := k.c.Running; run != nil && run != g { // its first lines are of the step of another
		creator = run.Proc
	}
	k.spans.starts(creator)
}

func (k *seeker) Joins(g *control.G) { k.join(g, k.cur) }

func (k *seeker) JoinsLater(g *control.G) {
	k.join(g, k.cur)
	k.search.History.Races.Library(g.Proc)
}

// Reset implements [sched.Source]. A search lasts for all its runs.
func (k *seeker) Reset(uint64) {}

// Pick implements [sched.Source]: what nobody asks an observer for is the first.
func (k *seeker) Pick(n int) int { return k.PickFirst(n) }

// PickFirst chooses as the replay of a token does that says nothing of the choice, and
// counts it as that does.
func (k *seeker) PickFirst(n int) int {
	if n < 2 {
		return 0
	}
	if i, led := k.lead.picks(n); led {
		return k.picked(i)
	}
	return k.picked(0)
}

func (k *seeker) PickOwn(n int) int { return k.chose(alternative(k.key), n) }

func (k *seeker) FixesOrder()  { k.holds(0, wire.NoteMapOrder) }
func (k *seeker) FixesRandom() { k.holds(1, wire.NoteRandom) }

func (k *seeker) DrawsPause() {
	k.pauses = true
	k.timed()
}

// timed holds such numbers fixed where somebody looks at the clock.
func (k *seeker) timed() {
	if k.pauses && k.looked {
		k.FixesRandom()
	}
}

// holds tells once that something is the same in each run.
func (k *seeker) holds(i int, what wire.Kind) {
	if !k.fixed[i] {
		k.fixed[i] = true
		k.search.Note(what, 0, "")
	}
}

// ticksHeld tells once that something which time brings again and again waits until
// nobody else can go on. All that is tried is tried within that.
func (k *seeker) ticksHeld() {
	if !k.ticks {
		k.ticks = true
		k.search.Note(wire.NoteTicks, 0, record.Decimal(control.MostTicks))
	}
}

func (k *seeker) PutsAside(s uint32, pure bool) {
	if pure {
		k.search.Endless()
	} else {
		k.search.Untried(wire.NoteRounds, s)
	}
}

// picked notes a choice other than who is next.
func (k *seeker) picked(i int) int {
	if i != 0 {
		run := &k.search.Run
		run.Switches = append(run.Switches, sched.Switch{Step: k.picks, To: sched.Picked + uint32(i)})
	}
	k.picks++
	return i
}

// Choose implements [sched.Source]: it has the search decide.
func (k *seeker) Choose(p *sched.Point) int {
	c := k.c
	k.search.History.Finish()
	k.watch.decides()
	k.unsure()
	g, m := k.decided(c, p)
	k.site, k.cur, k.key, k.sender = g.Pending.Site, g.Proc, m.Key, -1
	k.doing = placeAndOp(&g.Pending)
	k.search.History.Begin(g.Proc, m.Counted)
	if other := k.sends(c, g, &m); other != nil && (!k.lead.led || k.lead.free) {
		k.key = keyOf(0, control.Partner{G: g, I: -1})
		g = other
	}
	if len(c.Held) > 0 && !k.edge(g) {
		k.ticksHeld()
	}
	k.noteSwitch(c, g, p.N)
	k.chosen = g
	if g.Fire == nil && !m.Counted {
		g.Passed = g.Pending.Site
	}
	return c.PlaceOf(g)
}

// sends returns who sends what receiver gets, if that is who made the last step:
// then it goes on, and nobody has to be switched to.
func (k *seeker) sends(c *control.Scheduler, receiver *control.G, m *search.Move) *control.G {
	if m.Partner < 0 || receiver.Pending.Comm == nil {
		return nil
	}
	other := k.procs[m.Partner]
	if other != c.Last || other.Pending.Comm == nil || !other.GoesOn() {
		return nil
	}
	return other
}

// decided asks the search.
func (k *seeker) decided(c *control.Scheduler, p *sched.Point) (*control.G, search.Move) {
	k.choice.Begin(k.current(c))
	if k.lead.leads(c.Steps, p.N) {
		k.follow(c, p)
		k.strayed(c)
	}
	if m, ok := k.search.Planned(); ok {
		g := k.procs[m.Proc]
		if !g.GoesOn() || signOf(g) != m.Sign {
			k.search.Unrepeatable(g.Pending.Site)
			c.Abandon()
		}
		m.Counted = k.counted(g)
		return g, m
	}
	if !k.lead.led {
		k.list(c)
	}
	i := k.search.Choose(&k.choice)
	if i < 0 {
		c.Abandon()
	}
	m := k.choice.Moves[i]
	return k.procs[m.Proc], m
}

// current is the place of who made the last step, -1 if it cannot go on.
func (k *seeker) current(c *control.Scheduler) int {
	if c.Last != nil && c.Last.GoesOn() {
		return c.Last.Proc
	}
	return -1
}

// list lists all that can be done.
func (k *seeker) list(c *control.Scheduler) {
	for _, g := range c.Ready {
		k.offer(c, g)
	}
	for _, o := range c.Open {
		for _, g := range o.Group.All {
			k.offer(c, g)
		}
	}
}

// signOf is by what an announced operation is known again in a later run.
func signOf(g *control.G) uint64 {
	h := uint64(g.Pending.Op)<<56 ^ uint64(g.Pending.Site)<<32 ^ uint64(g.Pending.Ord)
	if g.Pending.Object != nil {
		h ^= uint64(g.Pending.Object.Ord) << 16
	}
	return h
}

// noteSwitch keeps the decision, unless a replay decides so by itself.
func (k *seeker) noteSwitch(c *control.Scheduler, g *control.G, n int) {
	stays := c.Last != nil && c.Last.GoesOn() && c.Last.Pending.Listed // also one that has yielded, where it waits for a lock: a replay stays with it
	if stays && g != c.Last && !k.edge(c.Last) && !k.edge(g) {
		k.search.Run.Preemptions++
	}
	if n < 2 || stays && g == c.Last {
		return
	}
	if g.Fire == nil && !stays && g.ID == lowest(c) {
		return
	}
	k.search.Run.Switches = append(k.search.Run.Switches, sched.Switch{Step: c.Steps, To: g.ID})
}

// lowest is the lowest number of those that can go on.
func lowest(c *control.Scheduler) uint32 {
	low := ^uint32(0)
	for _, g := range c.Ready {
		low = min(low, g.ID)
	}
	for _, o := range c.Open {
		for _, g := range o.Group.All {
			low = min(low, g.ID)
		}
	}
	return low
}

// Concluded tells the search, once, how the run ended.
func (k *seeker) Concluded(ended *control.Result) {
	c := k.c
	if k.told {
		return
	}
	k.told = true
	h := &k.search.History
	beyond := atomic.LoadUint32(&c.Library.Beyond)
	if beyond&control.BeyondLimit != 0 { // the library itself rolls back what it breaks off
		k.search.Untried(wire.NoteLimit, 0)
	}
	if beyond&control.BeyondStatements != 0 {
		k.search.Untried(wire.NoteDatabase, 0)
	}
	if ended.Stop == event.StopSteps {
		k.search.Cut(wire.NoteSteps, k.site, record.Decimal(c.Spec.Steps))
	}
	switch {
	case ended.Stop == event.NotStopped && (ended.Failed || ended.Exit) && k.cur >= 0:
		h.Touch(k.cur, search.Access{Kind: search.Global})
	case k.last != nil:
		k.Counts(k.last)
	}
	if ended.Stop == event.NotStopped {
		k.concludes(k.cur)
	}
	h.Finish()
	status := k.status(c, ended)
	for _, g := range k.procs {
		switch {
		case g.Fire != nil:
			if g.GoesOn() {
				h.Pending(g.Proc, true, nil)
			}
		case !g.Over:
			k.inGroupNext(g)
			h.Pending(g.Proc, g.Pending.Listed && g.GoesOn() && k.counted(g), k.planned(g, k.pendings(g)))
		}
	}
	e := search.Ending{Status: status, Marks: k.marks(status)}
	switch {
	case !k.values:
		e.Output, e.Errors = k.output, k.errors
	case c.Outcome != nil:
		e.Values = joined(c.Outcome)
	}
	k.search.End(&e)
}

// inGroupNext tells of what g would have done next to a wait group.
func (k *seeker) inGroupNext(g *control.G) {
	switch p := &g.Pending; {
	case !p.Listed:
	case p.Op == event.WGAdd || p.Op == event.WGDone:
		k.search.AboutToAdd(p.Thing().Ord, p.Site)
	case p.Op == event.Wait:
		k.search.Waits(g.Proc, p.Thing().Ord)
	}
}

// joined is all texts with something between them that no text has.
func joined(all []string) string {
	text := ""
	for i, s := range all {
		if i > 0 {
			text += wire.ValueSeparator
		}
		text += s
	}
	return text
}

// status is how the run ended, in package trace's words.
func (k *seeker) status(c *control.Scheduler, ended *control.Result) string {
	switch {
	case ended.Failed:
		return "panic"
	case ended.Stop == event.StopDeadlock:
		return "deadlock"
	case ended.Stop != event.NotStopped:
		return "limit"
	case ended.Exit && ended.Code != 0:
		return "exit"
	case ended.Exit:
		return "ok" // os.Exit: it is meant to leave the others behind
	}
	switch control.Judged(c) {
	case judge.Leak:
		return "leak"
	case judge.CutOff:
		return "cut-off"
	}
	return "ok"
}

// marks are what else is to be known of the run.
func (k *seeker) marks(status string) string {
	text := k.spans.marks()
	if more := k.spans.tooMany(k.limits); more != "" {
		text = mark(text, more)
	}
	if mainReturned(status) {
		for _, n := range k.wanted {
			if k.started() < uint64(n) {
				text = mark(text, "started-under-"+record.Decimal(n))
			}
		}
	}
	for _, i := range k.c.Lost() {
		text = mark(text, "false-"+record.Decimal(i))
	}
	if k.search.Raced() {
		text = mark(text, "race")
	}
	if status == "cut-off" || status == "leak" {
		text = mark(text, "unjoined")
	}
	return text
}

// mainReturned says whether a run that ends so was over with main, and not before.
func mainReturned(status string) bool {
	return status == "ok" || status == "cut-off" || status == "leak"
}

// started is how many goroutines there were besides main; an alarm is none.
func (k *seeker) started() (n uint64) {
	for _, g := range k.procs[1:] {
		if g.Fire == nil {
			n++
		}
	}
	return n
}

func mark(text, more string) string {
	if text == "" {
		return more
	}
	return text + wire.MarkSeparator + more
}

// Printed takes what the program prints to a standard stream.
func (k *seeker) Printed(errors bool, text string) {
	all := &k.output
	if errors {
		all = &k.errors
	}
	const most = 4 << 10
	*all = append(*all, text[:min(len(text), most-len(*all))]...)
}

func init() { control.RegisterSearch(newSeeker) }
