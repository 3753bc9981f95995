package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/model"
)

// Options says what the recording itself cannot.
type Options struct {
	Mode     model.Mode
	Status   model.Status // how the program ended, as seen from outside; OK may become CutOff or Leak
	Reason   string
	ExitCode int
	Fatal    *Fatal // a fatal error
	Panic    *Fatal // a panic that nobody recovered
	Stdout   string
	Races    []model.Race
	Outside  bool                                       // the program has to do with what is not recorded, which may wake who waits
	Locate   func(file string, line, col int) model.Pos // nil: as the sites say
}

// Fatal is what Go says about a fatal error, or a panic: the recorder does not see
// it coming.
type Fatal struct {
	Main    bool        // it was main's
	Created model.Pos   // where the goroutine was started
	At      []model.Pos // its calls, innermost first
}

// Read makes an Execution of the memory that a program recorded into. Sites
// are those of its instrumentation, by number.
func Read(mem []byte, sites []event.Site, o Options) (*model.Execution, error) {
	l, err := ReadLog(mem)
	if err != nil {
		return nil, err
	}
	return l.Execution(sites, o), nil
}

// Execution puts the log in order. The races of a controlled run it finds itself.
func (l *Log) Execution(sites []event.Site, o Options) *model.Execution {
	if o.Mode != model.Controlled {
		return l.inOrder(sites, o)
	}
	o.Races = nil
	x := l.inOrder(sites, o)
	all, complete := races(x)
	x.Races, x.RacesPartial = all, !complete
	return x
}

func (l *Log) inOrder(sites []event.Site, o Options) *model.Execution {
	l = l.withoutChoices().withoutCases().withoutContexts().withoutHints().withoutAsked().withUnnoted(sites, o)
	for range settleRounds {
		x := l.build(sites, o)
		moves := lateSends(x)
		if len(moves) == 0 {
			unlinkLateSends(x) // of pairs that cannot be one: the sender began later
			return x
		}
		l = l.settled(moves)
	}
	x := l.build(sites, o)
	unlinkLateSends(x)
	return x
}

// build makes an Execution of the log as it stands.
func (l *Log) build(sites []event.Site, o Options) *model.Execution {
	o.Races = slices.Clone(o.Races)
	b := newBuilder(l, sites, o)
	b.goroutines()
	b.events()
	b.parts()
	b.buffers()
	b.computed()
	b.names()
	for i := range b.x.Events {
		b.pair(i)
	}
	b.channels.finish(b)
	b.stopped()
	b.ends()
	crash{b}.blame(o.Fatal)
	crash{b}.panicPlace(o.Panic)
	b.findRaces()
	b.conclude()
	b.asked()
	b.prompts()
	b.choices()
	return b.x
}

// builder makes an Execution of a Log.
type builder struct {
	x        *model.Execution
	log      *Log
	sites    []event.Site
	places   []model.Pos // of sites; worked out once for each
	located  []bool
	locate   func(string, int, int) model.Pos
	lanes    map[uint32]int  // by goroutine number
	paths    map[string]bool // identifiers taken
	objects  *objects
	rows     []row // for each goroutine
	locks    map[int]*lockState
	groups   map[int]*groupState
	conds    map[int]*condState
	memory   map[place]*memoryState
	onces    map[int]int // index of the event that did it
	channels channels
	given    map[int]bool    // channels that a library gave
	halted   map[uint64]bool // channels of timers that were stopped in time, by address
	end      judge.End
	outside  bool           // see Options.Outside
	accesses map[uint32]int // recorded accesses to memory, by site
}

// row is what is known of a goroutine beyond its lane.
type row struct {
	number  uint32
	site    uint32   // of the go statement
	created int      // index of the go event, -1
	started int      // index of the start event, -1
	last    int      // index of its last event, -1
	before  int      // index of the event before that one, -1
	want    int      // index of a want not granted so far, -1
	over    int      // index of the event that ended it, -1
	names   []string // offered by the program, the most telling first
	ranks   []uint64 // of the names
	arg     string   // its first argument, where it may serve as a name
	library bool     // started by a library
}

func newBuilder(l *Log, sites []event.Site, o Options) *builder {
	if len(sites) == 0 {
		sites = make([]event.Site, 1)
	}
	locate := o.Locate
	if locate == nil {
		locate = func(file string, line, col int) model.Pos { return model.Pos{File: file, Line: line} }
	}
	return &builder{
		x: &model.Execution{
			Mode: o.Mode, Clock: "wall", Status: o.Status, Reason: o.Reason, ExitCode: o.ExitCode,
			Fatal: o.Fatal != nil, Procs: l.Procs, Races: o.Races, Stdout: o.Stdout, Skipped: l.Skipped,
		},
		outside: o.Outside, log: l, sites: sites, places: make([]model.Pos, len(sites)), located: make([]bool, len(sites)), locate: locate,
		lanes: map[uint32]int{}, paths: map[string]bool{}, objects: newObjects(),
		locks: map[int]*lockState{}, groups: map[int]*groupState{}, conds: map[int]*condState{},
		memory: map[place]*memoryState{}, onces: map[int]int{}, channels: channels{}, accesses: map[uint32]int{},
		given: map[int]bool{}, halted: map[uint64]bool{},
	}
}

// site returns a record's site; an unknown one is the zero site.
func (b *builder) site(n uint32) *event.Site {
	if int(n) >= len(b.sites) {
		n = 0
	}
	return &b.sites[n]
}

// pos returns where a site is; the zero Pos for no site.
func (b *builder) pos(n uint32) model.Pos {
	if n == 0 || int(n) >= len(b.sites) {
		return model.Pos{}
	}
	if !b.located[n] {
		s := &b.sites[n]
		b.places[n], b.located[n] = b.locate(s.File, s.Line, s.Col), true
	}
	return b.places[n]
}

// events makes the events, with goroutine, object and value.
func (b *builder) events() {
	b.x.Events = make([]model.Event, 0, len(b.log.Entries))
	var last uint64
	for i := range b.log.Entries {
		e := &b.log.Entries[i]
		if e.N > last+1 && b.x.Dropped == 0 {
			b.x.DroppedAt = i
		}
		b.x.Dropped += e.N - last - 1
		last = e.N
		b.x.Events = append(b.x.Events, model.Event{
			Step: int(e.N), G: b.lanes[e.G], Op: e.Op, Flags: e.Flags, Object: b.object(i, e),
			Pos: b.pos(e.Site), T: e.T, Partner: -1, Link: -1, Value: b.value(e), Site: b.site(e.Site),
		})
	}
	b.selects()
	b.whatNext()
	b.timers()
	b.bareNames()
}

// stopped says where the scheduler ended the run.
func (b *builder) stopped() {
	s := &b.x.Stopped
	s.Why, s.Pos, s.G = b.log.Stop, b.pos(b.log.StopSite), -1
	if lane, ok := b.lanes[b.log.StopG]; ok && b.log.StopG != 0 {
		s.G = lane
	}
}

// timers marks the channels of timers, and those that a library gave.
func (b *builder) timers() {
	channels := map[uint64]bool{}
	for i := range b.log.Entries {
		switch e := &b.log.Entries[i]; {
		case e.Obj == 0:
		case e.Op == event.Timer:
			channels[e.Obj], b.halted[e.Obj] = true, false
		case e.Op == event.StopTimer && e.Aux != 0:
			b.halted[e.Obj] = true
		case b.x.Events[i].Object >= 0 && b.site(e.Site).Given:
			b.given[b.x.Events[i].Object] = true
		}
	}
	for i := range b.x.Objects {
		o := &b.x.Objects[i]
		o.Timer = event.Classes[o.Class].Kin == event.ClassChannel && channels[o.Addr]
	}
}

// pair finds what event i belongs with, and keeps the books.
func (b *builder) pair(i int) {
	e := &b.x.Events[i]
	if b.x.Dropped > 0 && i == b.x.DroppedAt {
		b.forget()
	}
	r := &b.rows[e.G]
	if r.want >= 0 && b.grants(i, e.Op) {
		b.x.Events[r.want].Link = i
	}
	switch event.Table[e.Op].Class {
	case event.ClassGoroutine:
		b.pairGoroutine(i, e)
	case event.ClassMutex, event.ClassRWMutex:
		b.pairLock(i, e)
	case event.ClassWaitGroup:
		b.pairGroup(i, e)
	case event.ClassChannel:
		b.channels.add(i, e)
	case event.ClassCond:
		b.pairCond(i, e)
	case event.ClassOnce:
		b.pairOnce(i, e)
	case event.ClassMemory:
		b.pairMemory(i, e)
	case event.ClassDatabase:
		b.pairStatement(e)
	}
	b.advance(i, e)
}

// grants says whether event i is what its goroutine waits for.
func (b *builder) grants(i int, op event.Op) bool {
	want := &b.x.Events[b.rows[b.x.Events[i].G].want]
	return event.Table[want.Op].Wait == op && (want.Object == b.x.Events[i].Object || want.Op == event.SelectWant)
}

// advance notes that i is now its goroutine's last event. Whatever a goroutine
// does after a want, it no longer waits.
func (b *builder) advance(i int, e *model.Event) {
	if e.Op == event.Name {
		return
	}
	r := &b.rows[e.G]
	r.before, r.last, r.want = r.last, i, -1
	switch {
	case event.Table[e.Op].Wait != event.None:
		r.want = i
	case ends(e.Op):
		r.over = i
	}
}

// ends says whether a goroutine does nothing after an operation.
func ends(op event.Op) bool { return int(op) < len(event.Table) && event.Table[op].Last }

// forget drops what was known of locks, channels and variables: events are
// missing here.
func (b *builder) forget() {
	clear(b.locks)
	clear(b.groups)
	clear(b.conds)
	clear(b.memory)
	for _, c := range b.channels {
		c.gap()
	}
	for g := range b.rows {
		b.rows[g].want = -1
	}
}

// link leads from one event to another, and to its goroutine where that is another.
func (b *builder) link(from, to int) {
	e := &b.x.Events[from]
	e.Link, e.Partner = to, -1
	if g := b.x.Events[to].G; g != e.G {
		e.Partner = g
	}
}
