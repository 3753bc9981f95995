package search

import (
	"threading101/kernel/explore/wire"
	"threading101/kernel/sched"
)

// MaxProcs is how many goroutines and alarms a run may have: sets of them are the
// bits of a word.
const MaxProcs = 64

// Config says what to search and how long.
type Config struct {
	Mode    string       // one of the searches of package sched
	Budget  int64        // nanoseconds
	Runs    int          // at most; 0: any number
	Seed    uint64       // of what is decided at random
	Share   int          // which part of the search this is, from 0
	Shares  int          // of how many; 0: it is all
	Visible []uint32     // sites known to race
	Now     func() int64 // nanoseconds
	Stopped func() bool  // somebody wants it to end
	Write   func([]byte) // takes a line: see package wire
}

// Search tries the schedules of a program, run after run:
//
//	for s.Next() {
//		make a run: Planned or Choose at each decision
//		s.End(…)
//	}
type Search struct {
	History History
	Run     Schedule // what is decided in the run under way

	cfg      Config
	report   report
	tree     *tree    // nil: all runs are made at random
	sampler  *sampler // nil: none is
	probes   probes
	outcomes outcomes
	visible  []shown // by site
	leads    []shown // by site: what others read in the same step, and nobody can tell before
	plans    []shown // by place: see Plan
	lacks    []shown // by site: of operations of groups in which there may be too little
	peeks    []shown // by site: of reads of locks that others use meanwhile
	monitors []shown // by site: see Monitor
	commutes bool    // see Commutes
	races    map[pair]bool
	raced    []pair // in the run under way, not told yet

	began, told      int64
	runs, classes    int
	blocked          int
	width            int  // goroutines for which there is room
	renew            bool // what was found changes what a step is
	again            bool // the run under way is to be made again
	abandoned        bool // the run under way leads to nothing new
	unseen           bool // something races that is no step, or is printed by none
	unsettled        bool // values were noted while others could go on
	blurred          bool // not every moment was seen at which a condition is to be true
	endless          bool // a loop may go round as often as one likes, and leaves nothing behind
	untried          bool // there are runs that are left out, or cut off
	cut              bool // the run under way is one
	ended, announced bool
	counter          counter
	kept             []class
	depth            int
}

// shown says whether accesses at a site are steps.
type shown uint8

const (
	hidden shown = iota
	next         // from the next run on
	visible
)

// pair is the sites of a race.
type pair struct{ a, b uint32 }

// New returns a search.
func New(cfg Config) *Search {
	s := &Search{cfg: cfg, report: report{write: cfg.Write}, races: map[pair]bool{}, width: 4}
	s.History.Races.Found = s.race
	for _, site := range cfg.Visible {
		s.know(site)
	}
	s.promote()
	s.renew = false
	switch cfg.Mode {
	case sched.SearchDPOR:
		s.tree = newTree(&s.History, sourceSets)
		s.tree.share = share{cfg.Share, cfg.Shares}
	case sched.SearchSleep:
		s.tree = newTree(&s.History, sleepSets)
	case sched.SearchPlain:
		s.tree = newTree(&s.History, allOrders)
	case sched.SearchSample:
	default:
		s.tree = newTree(&s.History, allOrders)
		s.tree.most = 0
	}
	if s.tree == nil || cfg.probed() {
		s.sampler = &sampler{h: &s.History, next: sched.NewRandom(cfg.Seed).Next}
	}
	s.began = cfg.Now()
	return s
}

// bounded says whether so many preemptions are allowed and no more.
func (s *Search) bounded() bool { return s.tree != nil && s.tree.most >= 0 }

// Next prepares a run, and says whether there is one to make.
func (s *Search) Next() bool {
	if s.cut && !s.random() {
		s.tree.nodes = s.tree.nodes[:(len(s.tree.nodes)+1)/2]
	}
	s.cut = false
	switch {
	case s.ended:
		return false
	case s.renew: // also where the run did not come to its end
		s.restart()
	case s.made() == 0 || s.again:
	case s.random() && s.sampler.guided():
	case s.over():
		return false
	case s.tree != nil && !s.advance():
		s.finish(wire.EndDone)
		return false
	}
	s.again, s.renew, s.abandoned = false, false, false
	s.History.Reset(s.width)
	s.Run.Switches, s.Run.Preemptions = s.Run.Switches[:0], 0
	s.raced = s.raced[:0]
	s.depth = 0
	if s.random() {
		s.sampler.begin()
	}
	return true
}

// made is how many runs were made.
func (s *Search) made() int { return s.runs + s.blocked + s.probes.runs }

// restart begins anew: it is another tree.
func (s *Search) restart() {
	s.probe(false)
	s.promote()
	s.outcomes.forget()
	s.classes, s.kept, s.endless, s.untried = 0, s.kept[:0], false, false
	if s.tree != nil {
		s.tree.nodes, s.tree.fresh, s.tree.cut = s.tree.nodes[:0], 0, false
		if s.bounded() {
			s.tree.most = 0
		}
	}
}

// promote makes steps of the accesses that were found to race.
func (s *Search) promote() {
	s.commutes = len(s.visible) == 0
	for _, all := range [][]shown{s.visible, s.leads, s.plans, s.lacks, s.peeks, s.monitors} {
		for i := range all {
			if all[i] == next {
				all[i] = visible
			}
		}
	}
}

// deeper goes on to the next number of preemptions, and says whether there is
// anything more to try.
func (s *Search) deeper() bool {
	t := s.tree
	switch {
	case s.unseen || s.unsettled || s.untried || s.blurred: // there are orders that nobody tried
		return false
	case !s.bounded():
		s.report.send(wire.Level{Name: s.cfg.Mode})
		return false
	}
	s.report.send(wire.Level{Name: sched.SearchBound, K: t.most})
	if !t.cut {
		s.report.send(wire.Level{Name: sched.SearchPlain})
		return false
	}
	t.most++
	t.nodes, t.fresh, t.cut = t.nodes[:0], 0, false
	return true
}

// Late says whether time is over, or somebody wants an end: in the middle of a run.
func (s *Search) Late() bool {
	return s.cfg.Stopped() || s.cfg.Budget > 0 && s.cfg.Now()-s.began > s.cfg.Budget
}

// over says whether time is over, or somebody wants an end.
func (s *Search) over() bool {
	if s.cfg.Runs > 0 && s.made() >= s.cfg.Runs {
		s.finish(wire.EndBudget)
	}
	now := s.cfg.Now()
	switch {
	case s.cfg.Stopped():
		s.finish(wire.EndStopped)
	case s.cfg.Budget > 0 && now-s.began > s.cfg.Budget:
		s.finish(wire.EndBudget)
	case now-s.told > tellEvery:
		s.tell(now)
	}
	return s.ended
}

// tellEvery is how long, in nanoseconds, nothing is told.
const tellEvery = 100_000_000

// Planned returns the next decision if an earlier run began with it: whose step,
// who takes part, which of the alternatives, and by what it is known.
func (s *Search) Planned() (m Move, ok bool) {
	if s.random() {
		return m, false
	}
	n := s.tree.planned(s.depth)
	if n == nil {
		return m, false
	}
	s.depth++
	return Move{Proc: n.proc, Partner: n.partner, Key: n.key, Sign: n.sign}, true
}

// Choose decides: it returns the place of a move, or -1 if the run leads to
// nothing new.
func (s *Search) Choose(c *Choice) int {
	s.depth++
	i := 0
	if s.random() {
		i = s.sampler.choose(c)
	} else {
		i = s.tree.choose(c)
	}
	s.abandoned = i < 0
	return i
}

// End ends a run that came to an end of its own.
func (s *Search) End(e *Ending) {
	s.tellRaces()
	switch {
	case s.again:
		return
	case s.abandoned, !s.random() && !s.tree.counts():
		s.blocked++
		return
	}
	if s.random() && s.sampler.guided() {
		s.sampler.guide = nil
		s.keep(e) // it is one that was counted
		return
	}
	s.count()
	if s.renew {
		return
	}
	s.account(e)
}

// count counts a run that came to its end.
func (s *Search) count() {
	if s.random() {
		s.sampler.end()
	}
	if s.probes.under {
		s.probes.runs++
		return
	}
	s.runs++
	s.probes.size(&s.History)
}

// keep keeps the run for its outcome if none is shorter. It returns the outcome's
// number, -1 if there are too many, and says whether it kept the run.
func (s *Search) keep(e *Ending) (i int, kept bool) {
	i = s.outcomes.find(e)
	if i < 0 {
		return i, false
	}
	o := s.outcomes.all[i]
	if kept = o.wants(&s.Run, s.probes.under); kept {
		o.best.set(&s.Run)
		o.met, o.news, o.drawn = true, true, s.probes.under
	}
	return i, kept
}

func (s *Search) account(e *Ending) {
	i, kept := s.keep(e)
	if i < 0 {
		return
	}
	o := s.outcomes.all[i]
	o.news = true
	if kept && s.random() {
		s.sampler.guide = s.History.commuted(s.sampler.made)
	}
	if s.probes.under {
		o.probes++
		return
	}
	if s.bounded() && s.tree.most > 0 && s.tree.spent() < s.tree.most {
		return // it was made with fewer preemptions allowed
	}
	o.runs++
	if s.cfg.Mode == sched.SearchDPOR || s.cfg.Mode == sched.SearchSleep {
		s.class(i, o)
	}
	if !s.announced {
		s.announced = true
		s.tell(s.cfg.Now())
	}
}

// class counts a class.
func (s *Search) class(i int, o *outcome) {
	s.classes++
	o.classes++
	n := Count{unknown: o.count.unknown}
	if !n.unknown {
		n = s.counter.extensions(&s.History)
	}
	o.count.add(n)
	if len(s.kept) < mostClasses {
		s.kept = append(s.kept, class{i, n, append([]sched.Switch(nil), s.Run.Switches...)})
	}
}

// class is an execution that stands for all that differ in order only. It is told
// at the end: until then there may be a race that makes several of it.
type class struct {
	outcome  int
	count    Count
	schedule []sched.Switch
}

// mostClasses is how many classes are told.
const mostClasses = 200

// race is told of each pair of accesses that race.
func (s *Search) race(a, b, _ uint32) {
	s.show(a)
	s.show(b)
	s.pair(a, b)
}

// Unordered is told of a race between accesses that are steps already, or become some.
func (s *Search) Unordered(a, b uint32) { s.pair(a, b) }

// Unseen is told of a race with an access that is no step: what comes of its being
// earlier or later is not tried.
func (s *Search) Unseen(a, b uint32) {
	if !s.unseen {
		s.unseen = true
		s.Note(wire.NoteRead, a, "")
	}
	s.pair(a, b)
}

// UnseenPrint is told of a print that is no step.
func (s *Search) UnseenPrint(site uint32) {
	if !s.unseen {
		s.unseen = true
		s.Note(wire.NotePrint, site, "")
	}
}

// UnseenValues is told that values were noted in no step, while others could go on.
func (s *Search) UnseenValues() {
	if !s.unsettled {
		s.unsettled = true
		s.Note(wire.NoteValues, 0, "")
	}
}

// UnseenMoments is told that what a condition reads was changed in no step of its own:
// what the condition would have been in between is not tried.
func (s *Search) UnseenMoments(site uint32) {
	if !s.blurred {
		s.blurred = true
		s.Note(wire.NoteMoments, site, "")
	}
}

// pair notes a race in the run under way.
func (s *Search) pair(a, b uint32) {
	p := pair{min(a, b), max(a, b)}
	for _, q := range s.raced {
		if q == p {
			return
		}
	}
	s.raced = append(s.raced, p)
}

// show makes the accesses at a site steps.
func (s *Search) show(site uint32) { s.renew = mark(&s.visible, site) || s.renew }

// Visible says whether accesses at a site are steps: one of them races.
func (s *Search) Visible(site uint32) bool { return shows(s.visible, site) }

// Commutes says whether additions whose sum nobody looks at may be made in
// any order. Which came first may order what is done before and after: as soon as
// there is a race, it matters which runs have it, and they are as writes.
func (s *Search) Commutes() bool { return s.commutes }

// Watch makes a step of what is done at a site, from the next run on, as an access
// that races is one: somebody notices whether it was done.
func (s *Search) Watch(site uint32) {
	if mark(&s.visible, site) {
		s.renew = true
		s.Note(wire.NoteWatched, site, "")
	}
}

// Peek makes a step of the reads of locks at a site, from the next run on: others use
// them meanwhile. Other reads there are steps or not, whatever becomes of these.
func (s *Search) Peek(site uint32) {
	if mark(&s.peeks, site) {
		s.renew = true
		s.Note(wire.NoteWatched, site|peekBit, "")
	}
}

// Peeks says whether they are.
func (s *Search) Peeks(site uint32) bool { return shows(s.peeks, site) }

// Monitor makes a step of what is done at a site, from the next run on, and one that
// conflicts with all others that may change whether a condition is true.
func (s *Search) Monitor(site uint32) {
	if mark(&s.monitors, site) {
		s.renew = true
		s.Note(wire.NoteWatched, site|monitorBit, "")
	}
	s.Watch(site)
}

// Monitors says whether it is.
func (s *Search) Monitors(site uint32) bool { return shows(s.monitors, site) }

// monitorBit tells a site of [Search.Monitor] from others, as peekBit does.
const monitorBit = 1 << 29

// peekBit tells a site of [Search.Peek] from others, where searches tell each other of
// them.
const peekBit = 1 << 30

// know makes steps of what another search has found to be some.
func (s *Search) know(site uint32) {
	if site&peekBit != 0 {
		mark(&s.peeks, site&^peekBit)
		return
	}
	if site&monitorBit != 0 {
		site &^= monitorBit
		mark(&s.monitors, site)
	}
	s.show(site)
}

// Lead says that more is accessed in the step at a site than is known when it is
// announced. It conflicts with everything from the next run on.
func (s *Search) Lead(site uint32) {
	s.show(site)
	s.renew = mark(&s.leads, site) || s.renew
}

// Leads says whether that is known of a site.
func (s *Search) Leads(site uint32) bool { return shows(s.leads, site) }

// Plan says that in the step of a place somebody begins to wait for a time, which is
// not known when the step is announced: from the next run on it touches the clock. A
// place is a site, and what is done there.
func (s *Search) Plan(place uint32) { s.renew = mark(&s.plans, place) || s.renew }

// Plans says whether that is known of a place.
func (s *Search) Plans(place uint32) bool { return shows(s.plans, place) }

// mark marks a site from the next run on, and says whether that is new.
func mark(all *[]shown, site uint32) bool {
	for int(site) >= len(*all) {
		*all = append(*all, hidden)
	}
	if (*all)[site] != hidden {
		return false
	}
	(*all)[site] = next
	return true
}

func shows(all []shown, site uint32) bool { return int(site) < len(all) && all[site] == visible }

// Raced says whether there was a race in the run under way.
func (s *Search) Raced() bool { return len(s.raced) > 0 }

func (s *Search) tellRaces() {
	for _, p := range s.raced {
		if !s.races[p] {
			s.races[p] = true
			s.report.send(wire.Race{A: p.a, B: p.b, Schedule: s.Run.Switches})
		}
	}
}

// Width is for how many goroutines there is room: so many components has a clock.
func (s *Search) Width() int { return s.width }

// Spawn adds a goroutine, or an alarm. It returns -1 if there is no room for it:
// then the run is to be given up, and made again if Next says so.
func (s *Search) Spawn(creator int) int {
	if len(s.History.procs) < s.width {
		return s.History.Spawn(creator)
	}
	if s.width == MaxProcs {
		s.Note(wire.NoteMany, 0, "")
		s.finish(wire.EndLimit)
		s.again = true
		return -1
	}
	s.width *= 2
	s.again = true
	return -1
}

// Unrepeatable ends the search: the program did not do what it did before.
func (s *Search) Unrepeatable(site uint32) {
	s.Note(wire.NoteUnrepeatable, site, "")
	s.again = true
	s.finish(wire.EndUnrepeatable)
}

// GiveUp ends a search whose run under way does not come back.
func (s *Search) GiveUp(kind wire.Kind, site uint32, text string) {
	s.Note(kind, site, text)
	s.finish(wire.EndLimit)
}

// Endless is told that a goroutine was put aside because another round of its loop
// would be as the last one, and leave nothing behind. Of such loops there are as many
// interleavings as one likes, and all that differ were tried.
func (s *Search) Endless() {
	if s.endless {
		return
	}
	s.endless = true
	s.Note(wire.NotePutAside, 0, "")
	for _, o := range s.outcomes.all {
		o.news = true // it is not counted any more
	}
}

// Untried is told that there are runs that nobody will try: kind says why.
func (s *Search) Untried(kind wire.Kind, site uint32) { s.leaveOut(kind, site, "") }

// UntriedFile is told of a file that others than the program's own steps may change.
func (s *Search) UntriedFile(site uint32, file string) { s.leaveOut(wire.NoteFiles, site, file) }

// UntriedValue is told of a value that a database makes up.
func (s *Search) UntriedValue(site uint32, what string) { s.leaveOut(wire.NoteMadeUp, site, what) }

func (s *Search) leaveOut(kind wire.Kind, site uint32, text string) {
	if !s.untried {
		s.Note(kind, site, text)
	}
	s.untried = true
}

// Cut is told that the run under way met a limit. What it would have done nobody
// knows; runs that differ from it only in the end would most likely meet it as well.
// text says how far the limit goes.
func (s *Search) Cut(kind wire.Kind, site uint32, text string) {
	s.leaveOut(kind, site, text)
	s.cut = true
}

// GiveUpRun is told that the run under way will not come to its end: time is over.
// It counts for nothing.
func (s *Search) GiveUpRun(kind wire.Kind, site uint32) {
	s.Untried(kind, site)
	s.abandoned = true
}

// counted is a number of interleavings as it is told: "" if it is not known.
func (s *Search) counted(n Count) string {
	if s.endless || n.unknown {
		return ""
	}
	return n.String()
}

// Note tells the learner something.
func (s *Search) Note(kind wire.Kind, site uint32, text string) {
	s.report.send(wire.Note{Kind: kind, Site: site, Text: text})
}

func (s *Search) finish(why wire.Reason) {
	if s.ended {
		return
	}
	s.ended = true
	s.tell(s.cfg.Now())
	for _, c := range s.kept {
		s.report.send(wire.Class{Outcome: c.outcome, Interleavings: s.counted(c.count), Schedule: c.schedule})
	}
	s.report.send(wire.End{Why: why})
}

// tell writes how far it is.
func (s *Search) tell(now int64) {
	s.told = now
	for i, o := range s.outcomes.all {
		if o.news {
			o.news = false
			s.report.outcome(i, o, s.counted(o.count))
			s.report.probes(i, o)
		}
	}
	level := wire.Level{Name: sched.SearchSample}
	if s.tree != nil {
		level = wire.Level{Name: s.cfg.Mode, K: max(s.tree.most, 0)}
	}
	s.report.send(wire.Progress{Runs: s.runs + s.probes.runs, Classes: s.classes, Blocked: s.blocked, Elapsed: int(now - s.began), Level: level})
}
