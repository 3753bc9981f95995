package report

import (
	"regexp"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/trace"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// deadlock reports who waits for whom when nobody can go on.
func deadlock(o *run.Result, source Source) *Report {
	p := &page{source: source}
	head := headOf(o.Crash)
	p.line(part{bold, head})
	p.gap()
	b := blockedLanes(o.Execution)
	rows := b.rows()
	if len(rows) == 0 {
		rows = blockedStacks(o.Crash)
	}
	p.waiting(rows)
	if o.Crash.Omitted > 0 && len(b.lanes) == 0 {
		p.line(part{plain, words.ReportMoreGoroutines(o.Crash.Omitted, o.Crash.AtLeast)})
	}
	if circle := b.circle(); len(circle) > 0 {
		p.gap()
		p.line(part{bold, words.ReportCircle(circle)})
	}
	p.gap()
	p.hint(b.hint(source))
	value := head
	if len(rows) > 0 {
		value += " (" + rows[0].who() + " " + rows[0].what + ", " + Place(rows[0].at) + ")"
	}
	return p.report(Deadlock, value)
}

// blockedStacks is all that is known of a run that was not recorded.
func blockedStacks(c *run.Crash) []waiting {
	var rows []waiting
	for _, s := range c.Goroutines {
		if at, ok := top(s); ok {
			rows = append(rows, waiting{[]string{panicked(nil, s)}, words.ReportState(s.State), at})
		}
	}
	return rows
}

// blocked is a deadlock as it was recorded.
type blocked struct {
	x     *model.Execution
	lanes []model.Wait
}

// blockedLanes reads who waits at the end of a run.
func blockedLanes(x *model.Execution) blocked {
	if x == nil {
		return blocked{}
	}
	waits := slices.DeleteFunc(trace.Waits(x), func(w model.Wait) bool { return x.Goroutines[w.G].End != model.WasBlocked })
	return blocked{x, waits}
}

// want is the event with which one began to wait.
func (b blocked) want(w model.Wait) *model.Event { return &b.x.Events[w.Event] }

// held returns the goroutine that holds the lock that one waits for, -1 if none
// is known.
func (b blocked) held(w model.Wait) int {
	if len(w.For) == 0 || w.For[0].Queued {
		return -1
	}
	return w.For[0].G
}

// name returns the name of what a lane waits for.
func (b blocked) name(object int) string {
	if object < 0 || object >= len(b.x.Objects) {
		return ""
	}
	return b.x.Objects[object].Name
}

// rows describes each lane.
func (b blocked) rows() []waiting {
	var rows []waiting
	for _, w := range b.lanes {
		object := b.name(w.Object)
		switch e := b.want(w); {
		case e.Op == event.SelectWant:
			object = finding.SelectCases(e.Offers(b.name))
		case b.pool(w):
			object = words.ReportConnection
		}
		what := words.ReportWaits(b.want(w).Op, object, b.reason(w))
		rows = append(rows, waiting{[]string{b.x.Goroutines[w.G].Name}, what, b.want(w).Pos})
	}
	return rows
}

// reason says why a lane does not get the lock that it waits for, "" where that
// is not known.
func (b blocked) reason(w model.Wait) string {
	e, g := b.want(w), b.held(w)
	switch {
	case e.Behind:
		return words.ReportBehind(b.x.Goroutines[e.Partner].Name)
	case g == w.G:
		return words.ReportHeldBy(words.ReportItself)
	case g >= 0:
		return words.ReportHeldBy(b.x.Goroutines[g].Name)
	}
	return ""
}

// statement and pool report whether one waits in a database, or for a connection to one.
func (b blocked) statement(w model.Wait) bool { return b.want(w).Op == event.StatementWant }

func (b blocked) pool(w model.Wait) bool {
	return b.statement(w) && b.want(w).Flags&event.FlagConnection != 0
}

// inDatabase is the hint on a deadlock in which statements wait, "" if none says more
// than those on other deadlocks.
func (b blocked) inDatabase() string {
	for _, w := range b.lanes {
		e := b.want(w)
		switch {
		case !b.statement(w):
		case b.pool(w):
			return words.ReportPool
		case e.Flags&event.FlagOwn != 0:
			return words.ReportOwnTransaction
		case e.Partner >= 0 && b.x.Goroutines[e.Partner].End == model.Returned:
			return words.ReportNeverEnded(b.x.Goroutines[e.Partner].Name)
		}
	}
	return ""
}

// queued reports whether somebody in the circle waits behind a writer that does.
func (b blocked) queued() bool {
	return slices.ContainsFunc(trace.Circle(b.lanes), func(i int) bool { return b.want(b.lanes[i]).Behind })
}

// circle returns the names of goroutines that each wait for a lock the next
// holds, the first again at the end; nil if there is no such circle.
func (b blocked) circle() []string {
	var names []string
	for _, i := range trace.Circle(b.lanes) {
		names = append(names, b.x.Goroutines[b.lanes[i].G].Name)
	}
	if names == nil {
		return nil
	}
	return append(names, names[0])
}

// alone reports whether main waits in a program of one cell that has started nobody, for
// something that another cell declares: who could end its waiting can only be meant to be
// in another cell.
func (b blocked) alone(source Source) bool {
	if len(b.lanes) != 1 || len(b.x.Goroutines) != 1 || b.x.Unseen > 0 || len(b.x.Prompts) > 0 {
		return false
	}
	w, main := b.want(b.lanes[0]), b.x.Events[0].Pos
	name, _, _ := strings.Cut(b.name(b.lanes[0].Object), ".")
	if main.Cell == 0 || w.Pos.Cell != main.Cell || name == "" {
		return false
	}
	declares := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b[^=\n]*:=|\bvar\s[^=\n]*\b` + regexp.QuoteMeta(name) + `\b`)
	return !declares.MatchString(source.Source(main.Cell))
}

// hint says what this kind of deadlock comes from, where it is beyond doubt.
func (b blocked) hint(source Source) string {
	circle := b.circle()
	switch {
	case len(b.lanes) == 0 && b.x != nil && b.x.Goroutines[0].End == model.DidExit:
		return words.ReportMainLeft
	case b.inDatabase() != "":
		return b.inDatabase()
	case len(circle) == 2:
		return words.ReportSelfLock
	case b.queued():
		return words.ReportReadAgain
	case len(circle) > 2:
		return words.ReportLockOrder
	}
	for _, w := range b.lanes {
		if g := b.held(w); g >= 0 && b.x.Goroutines[g].End == model.Returned {
			return words.ReportNeverUnlocked(b.x.Goroutines[g].Name, b.name(w.Object))
		}
	}
	kinds := map[event.Op]bool{}
	for _, w := range b.lanes {
		op := b.want(w).Op
		kinds[op] = true
		if (op == event.SendWant || op == event.RecvWant) && w.Object < 0 {
			return words.ReportNilChannel
		}
	}
	if b.alone(source) {
		return words.ReportAlone
	}
	if len(kinds) != 1 {
		return ""
	}
	for op := range kinds {
		return words.ReportOnlyWaits(op)
	}
	return ""
}
