package report

import (
	"threading101/kernel/event"
	"threading101/kernel/run"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// deadlock reports who waits for whom when nobody can go on.
func deadlock(o *run.Outcome, source Source) *Report {
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
	p.hint(b.hint())
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
	x     *trace.Execution
	lanes []lane
	waits map[int]int // lane index by goroutine
}

// lane is a goroutine that waits.
type lane struct {
	g    int
	want trace.Event // its last step
}

// blockedLanes reads who waits at the end of a run.
func blockedLanes(x *trace.Execution) blocked {
	b := blocked{x: x, waits: map[int]int{}}
	if x == nil {
		return b
	}
	last := map[int]trace.Event{}
	for _, e := range x.Events {
		last[e.G] = e
	}
	for i, g := range x.Goroutines {
		e, ok := last[i]
		if g.End != trace.WasBlocked || !ok || event.Table[e.Op].Wait == event.None {
			continue
		}
		b.waits[i] = len(b.lanes)
		b.lanes = append(b.lanes, lane{i, e})
	}
	return b
}

// held returns the goroutine that holds what the lane waits for, -1 if none is
// known.
func (b blocked) held(l lane) int {
	if l.want.Op != event.LockWant && l.want.Op != event.RLockWant {
		return -1
	}
	return l.want.Partner
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
	for _, l := range b.lanes {
		holder := ""
		if g := b.held(l); g == l.g {
			holder = words.ReportItself
		} else if g >= 0 && g < len(b.x.Goroutines) {
			holder = b.x.Goroutines[g].Name
		}
		what := words.ReportWaits(l.want.Op, b.name(l.want.Object), holder)
		rows = append(rows, waiting{[]string{b.x.Goroutines[l.g].Name}, what, l.want.Pos})
	}
	return rows
}

// circle returns the names of goroutines that each wait for a lock the next
// holds, the first again at the end; nil if there is no such circle.
func (b blocked) circle() []string {
	for _, start := range b.lanes {
		var path []int
		seen := map[int]int{}
		for l := start; ; {
			if i, ok := seen[l.g]; ok {
				return b.names(append(path[i:], l.g))
			}
			seen[l.g] = len(path)
			path = append(path, l.g)
			next, ok := b.waits[b.held(l)]
			if !ok {
				break
			}
			l = b.lanes[next]
		}
	}
	return nil
}

func (b blocked) names(goroutines []int) []string {
	var names []string
	for _, g := range goroutines {
		names = append(names, b.x.Goroutines[g].Name)
	}
	return names
}

// hint says what this kind of deadlock comes from, where it is beyond doubt.
func (b blocked) hint() string {
	circle := b.circle()
	switch {
	case len(b.lanes) == 0 && b.x != nil && b.x.Goroutines[0].End == trace.DidExit:
		return words.ReportMainLeft
	case len(circle) == 2:
		return words.ReportSelfLock
	case len(circle) > 2:
		return words.ReportLockOrder
	}
	for _, l := range b.lanes {
		if g := b.held(l); g >= 0 && b.x.Goroutines[g].End == trace.Returned {
			return words.ReportNeverUnlocked(b.x.Goroutines[g].Name, b.name(l.want.Object))
		}
	}
	kinds := map[event.Op]bool{}
	for _, l := range b.lanes {
		kinds[l.want.Op] = true
		if (l.want.Op == event.SendWant || l.want.Op == event.RecvWant) && l.want.Object < 0 {
			return words.ReportNilChannel
		}
	}
	if len(kinds) != 1 {
		return ""
	}
	for op := range kinds {
		return words.ReportOnlyWaits(op)
	}
	return ""
}
