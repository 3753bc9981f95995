package explore

import (
	"context"
	"runtime"
	"slices"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

const (
	quickTime   = 150 * time.Millisecond // for the first search, by one process: enough for a lesson's program
	findTime    = 200 * time.Millisecond // for the shortest runs, once all are known
	leastTime   = 5 * time.Millisecond   // less is not worth a process
	reportEvery = 100 * time.Millisecond
	mostWorkers = 8
	firstSeed   = 1
)

// explorer is one exploration under way.
type explorer struct {
	ctx      context.Context
	spec     Spec
	began    time.Time
	deadline time.Time
	final    time.Time // when all is over, whatever is still under way
	workers  int
	seed     uint64 // the last that was given to a process

	full, rest []report // of processes that have ended: of the search that tried everything, and of all others
	fault      *model.Fault
	stopped    string // why no further search is begun, before the budget is used up
	steps      uint64 // that a run may have; 0: as many as usual in a search
}

func newExplorer(ctx context.Context, s Spec) *explorer {
	switch {
	case s.Schedules > 0:
		s.Budget = mostTime
	case s.Budget <= 0:
		s.Budget = DefaultBudget
	}
	if s.Workers <= 0 {
		s.Workers = min(runtime.GOMAXPROCS(0), mostWorkers)
	}
	if s.Run.Alone {
		s.Workers = 1
	}
	e := &explorer{ctx: ctx, spec: s, began: time.Now(), workers: s.Workers, seed: firstSeed}
	e.deadline = e.began.Add(s.Budget)
	e.final = e.deadline.Add(lateness)
	return e
}

// lateness is how long after the budget runs may be made again, to be shown, or made
// shorter. A part of the budget is kept for that as well.
var lateness = 600 * time.Millisecond // tests take as long as they need

const (
	mostKept = 300 * time.Millisecond
	keptPart = 10 // of the budget

	startTime  = 4 * time.Millisecond // of a process, on a machine that has nothing else to do
	replayPart = 4                    // of the budget
)

// climb tries everything, quickly, then with all processes; where that is too
// much all with few preemptions, and some of the others. Whatever the level, it
// looks for the shortest run of each outcome.
func (e *explorer) climb() error {
	rungs := []func() error{e.quick, e.patient, e.longer, e.shared, e.bounded, e.sampled, e.seeded, e.shortest, e.confirm}
	if e.spec.Schedules > 0 {
		rungs = e.counted()
	}
	for _, rung := range rungs {
		if err := rung(); err != nil {
			return err
		}
	}
	return nil
}

// part is how long a rung takes that leaves time to those after it: all there is
// where no run came to its end yet, since it takes that long.
func (e *explorer) part() time.Duration {
	if e.noneEnded() {
		return e.left()
	}
	return e.left() / 2
}

// noneEnded says whether all runs so far met a limit.
func (e *explorer) noneEnded() bool { return !slices.ContainsFunc(e.rest, report.ended) }

// ended says whether one of the runs came to its end.
func (r report) ended() bool {
	return slices.ContainsFunc(r.outcomes, func(f found) bool { return f.status != model.Limit })
}

// tooLong says whether all runs so far were longer than those of a search may be.
func (e *explorer) tooLong() bool { return met(e.rest, wire.NoteSteps) && e.noneEnded() }

// over says that no further rung is worth its while.
func (e *explorer) over() bool {
	return e.full != nil || e.stopped != "" || e.left() < leastTime || e.tooMany() || e.tooLong()
}

// left is what is left of the budget for searches.
func (e *explorer) left() time.Duration {
	return time.Until(e.deadline) - max(min(mostKept, e.spec.Budget/keptPart), e.replayTime())
}

// replayTime is about how long it takes to make a run of each outcome again, or the
// most that is kept for that.
func (e *explorer) replayTime() time.Duration {
	var longest time.Duration
	for _, r := range e.rest {
		if n := min(len(r.outcomes), mostOutcomes); n > 0 {
			one := startTime + time.Duration(r.progress.Elapsed/max(r.progress.Runs, 1))
			longest = max(longest, one*time.Duration((n+e.workers-1)/e.workers))
		}
	}
	return min(longest, e.spec.Budget/replayPart)
}

// finishing is for what is done with what was found: it ends at the latest when all
// is over.
func (e *explorer) finishing() (context.Context, context.CancelFunc) {
	return context.WithDeadline(e.ctx, e.final)
}

func (e *explorer) quick() error {
	all, err := e.exhaust([]sched.Spec{e.order(sched.SearchDPOR, min(quickTime, e.spec.Budget/2))})
	if completed(all) {
		e.full = all
	} else {
		e.rest = append(e.rest, all...)
	}
	return err
}

// patient looks again, longer and longer, where the first look was over before one
// run was: what to do with a program depends on how its runs end, not on how fast the
// machine is.
func (e *explorer) patient() error {
	for budget := 2 * quickTime; e.hurried() && budget < e.left(); budget *= 2 {
		all, err := e.exhaust([]sched.Spec{e.order(sched.SearchDPOR, budget)})
		if completed(all) {
			e.full, e.rest = all, nil
		} else {
			e.rest = all
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hurried says whether time was over before one run was.
func (e *explorer) hurried() bool {
	slow := slices.ContainsFunc(e.rest, func(r report) bool { return r.slow && len(r.outcomes) == 0 })
	return slow && e.full == nil && e.stopped == "" && e.noneEnded() && !met(e.rest, wire.NoteSteps)
}

// longSteps is how many steps a run may have where all those of the usual length were
// cut off. The usual length lets a search come round often in a program with a loop
// that never ends; this one lets a long program come to its end.
const longSteps = 2_000_000

// longer lets runs have more steps, where none came to its end.
func (e *explorer) longer() error {
	if !e.tooLong() {
		return nil
	}
	e.steps = longSteps
	all, err := e.exhaust([]sched.Spec{e.order(sched.SearchDPOR, e.left()/2)})
	switch {
	case completed(all):
		e.full, e.rest = all, nil
	case slices.ContainsFunc(all, report.ended):
		e.rest = all
	default:
		e.steps = 0
	}
	return err
}

// shared has each process try a part. They divide the decisions between them, and
// which accesses are decisions depends on which race: if one of them finds a race
// that was not known, they did not divide the same, and begin again.
func (e *explorer) shared() error {
	for !e.over() && !e.violated(e.rest) {
		orders, known := e.each(sched.SearchDPOR, e.part()), racing(e.rest)
		for i := range orders {
			orders[i].Share, orders[i].Shares, orders[i].Visible = uint64(i), uint64(e.workers), known
		}
		all, err := e.exhaust(orders)
		if err == nil && completed(all) && (e.workers == 1 || len(racing(slices.Concat(e.rest, all))) == len(known)) {
			e.full = all
			return nil
		}
		e.rest = append(e.rest, all...)
		if err != nil || !completed(all) {
			return err
		}
	}
	return nil
}

func (e *explorer) exhaust(orders []sched.Spec) ([]report, error) {
	return e.search(model.Exhaustive, orders, e.violated)
}

// completed says whether all have tried their part.
func completed(all []report) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(r report) bool { return !r.completed() })
}

// racing are the sites of what is a step because of what was met: accesses that
// race, and what somebody notices.
func racing(all []report) (sites []uint32) {
	for _, r := range all {
		for _, one := range r.races {
			sites = append(sites, one.A, one.B)
		}
		for _, n := range r.notes {
			if n.Kind == wire.NoteWatched {
				sites = append(sites, n.Site)
			}
		}
	}
	slices.Sort(sites)
	return slices.Compact(sites)
}

// bounded has one process try all with few preemptions, and the others some.
func (e *explorer) bounded() error {
	if e.over() || e.violated(e.rest) {
		return nil
	}
	orders := e.each(sched.SearchSample, e.left()/2)
	orders[0].Search = sched.SearchBound
	return e.some(model.Bounded, orders)
}

func (e *explorer) sampled() error {
	if e.over() || e.violated(e.rest) {
		return nil
	}
	return e.some(model.Sampled, e.each(sched.SearchSample, e.left()))
}

func (e *explorer) some(level model.Level, orders []sched.Spec) error {
	all, err := e.search(level, orders, e.violated)
	e.rest = append(e.rest, all...)
	return err
}

// shortest has one process look for the shortest run of each outcome, where the
// search was not one by the number of preemptions.
func (e *explorer) shortest() error {
	budget := min(findTime, e.left())
	if e.full == nil && !e.violated(e.rest) || e.stopped != "" || budget < leastTime || e.proven(e.rest) {
		return nil
	}
	level := model.Exhaustive
	if e.full == nil {
		level = model.Bounded
	}
	all, err := e.search(level, []sched.Spec{e.order(sched.SearchFind, budget)}, e.proven)
	e.rest = append(e.rest, all...)
	return err
}

// proven says whether, with what is told in more, no run of any outcome can have
// fewer preemptions than that known.
func (e *explorer) proven(more []report) bool {
	for _, s := range merge(e.full, more, e.spec.Values).outcomes {
		if !s.Proven {
			return false
		}
	}
	return true
}

// violated says whether, of what is to be checked, nothing is left that could
// still hold. Of a search that may yet try everything nobody knows that before
// it has: how often is asked as well.
func (e *explorer) violated(all []report) bool {
	if len(e.spec.Properties) == 0 || e.full != nil {
		return false
	}
	outcomes := merge(nil, all, e.spec.Values).list()
	for _, p := range e.spec.Properties {
		p = p.Among(e.spec.Values)
		broken := false
		for i := range outcomes {
			broken = broken || p.Violated(&outcomes[i])
		}
		if !broken {
			return false
		}
	}
	return true
}

// order is what one process is asked for.
func (e *explorer) order(search string, budget time.Duration) sched.Spec {
	return sched.Spec{
		Seed: firstSeed, Search: search, Values: len(e.spec.Values) > 0, Budget: uint64(budget), Clock: e.spec.Clock, Steps: e.steps,
		AtOnce: property.AtOnce(e.spec.Properties), Started: property.Started(e.spec.Properties),
		Switches: e.spec.From.Switches, Led: e.spec.From.Steps, Turns: e.spec.From.Turns, Begun: e.spec.From.Begun,
	}
}

// each is orders for all processes, with seeds of their own, the same each time.
func (e *explorer) each(search string, budget time.Duration) []sched.Spec {
	var all []sched.Spec
	for range e.workers {
		o := e.order(search, budget)
		e.seed++
		o.Seed = e.seed
		all = append(all, o)
	}
	return all
}

// search starts a process for each order and returns what they said when all
// have ended: of themselves, because enough is found, or because ctx has ended.
func (e *explorer) search(level model.Level, orders []sched.Spec, enough func([]report) bool) ([]report, error) {
	var all []*worker
	var failed error
	for _, o := range orders {
		w, err := begin(e.spec.Run, o, len(orders))
		if err != nil {
			failed = err
			break
		}
		all = append(all, w)
	}
	if failed != nil {
		stop(all)
	}
	e.await(level, all, enough)
	reports := e.nameCalls(reportsOf(all))
	e.heed(reports)
	return reports, failed
}

// await returns when all processes have ended.
func (e *explorer) await(level model.Level, all []*worker, enough func([]report) bool) {
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	interrupt := e.ctx.Done()
	for _, w := range all {
		for running := true; running; {
			select {
			case <-w.ended:
				running = false
			case <-interrupt:
				interrupt = nil
				stop(all)
			case <-tick.C:
				reports := e.nameCalls(reportsOf(all))
				e.tell(level, reports)
				if unrepeatable(reports) != nil || enough(reports) {
					stop(all)
				}
			}
		}
	}
}

func stop(all []*worker) {
	for _, w := range all {
		w.stop()
	}
}

func reportsOf(all []*worker) []report {
	var reports []report
	for _, w := range all {
		reports = append(reports, w.report())
	}
	return reports
}

// heed notes why no further search is to be begun.
func (e *explorer) heed(all []report) {
	switch n := unrepeatable(all); {
	case e.stopped != "":
	case e.ctx.Err() != nil:
		e.stopped = words.SearchInterrupted
	case n != nil:
		e.stopped = words.SearchUnrepeatable(n.Text, e.place(n.Site))
	}
	for _, r := range all {
		if e.stopped == "" && r.died != "" {
			e.stopped = r.died
		}
	}
}

// unrepeatable returns what is said of a program that is not, nil if it is.
func unrepeatable(all []report) *wire.Note {
	for _, r := range all {
		for i := range r.notes {
			if r.notes[i].Kind == wire.NoteUnrepeatable {
				return &r.notes[i]
			}
		}
		if r.end == wire.EndUnrepeatable {
			return &wire.Note{Kind: wire.NoteUnrepeatable}
		}
	}
	return nil
}

// tell reports progress.
func (e *explorer) tell(level model.Level, now []report) {
	if e.spec.Progress == nil {
		return
	}
	m := merge(e.full, append(e.rest[:len(e.rest):len(e.rest)], now...), e.spec.Values)
	p := Progress{
		Level: level, Runs: m.runs, Found: len(m.outcomes) + m.omitted,
		Elapsed: time.Since(e.began), Budget: e.spec.Budget, Outcomes: m.list(),
	}
	if e.spec.Schedules > 0 {
		p.Budget = 0
	}
	for _, r := range now {
		p.Classes += r.progress.Classes
		if l := r.progress.Level; l.Name == sched.SearchBound {
			p.Preemptions = max(p.Preemptions, l.K)
		}
	}
	e.spec.Progress(p)
}
