package report

import (
	"fmt"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// keptFrames is how many calls of a stack are shown.
const keptFrames = 12

// top returns the place of the innermost call in a cell, or in any of the
// learner's files.
func top(s run.Stack) (model.Pos, bool) {
	for _, f := range s.Frames {
		if f.Pos.Cell > 0 {
			return f.Pos, true
		}
	}
	for _, f := range s.Frames {
		if strings.HasPrefix(f.Func, "main.") && f.Pos.Line > 0 {
			return f.Pos, true
		}
	}
	return model.Pos{}, false
}

// stack shows the calls of one goroutine, innermost first, with the line of the
// innermost that the learner wrote.
func (p *page) stack(s run.Stack, x *model.Execution) {
	p.line(part{plain, words.ReportIn(panicked(x, s), startedAt(x, s))})
	at, ok := top(s)
	if ok {
		p.gap()
	}
	frames := slices.DeleteFunc(slices.Clone(s.Frames), isGroup)
	quoted := false
	for i, f := range frames {
		if i == keptFrames {
			p.line(part{plain, words.ReportMoreCalls(len(frames) - i)})
			break
		}
		p.line(part{plain, "  "}, part{bold, Place(f.Pos)}, part{plain, "  " + shortName(f.Func) + words.ReportRepeated(f.Repeated)})
		if ok && !quoted && f.Pos == at {
			p.quote(at, 0)
			quoted = true
		}
	}
}

// isGroup reports whether a call is one that WaitGroup.Go puts round the
// learner's function.
func isGroup(f run.Frame) bool { return strings.HasPrefix(f.Func, "sync.(*WaitGroup).Go") }

// startedAt says where a goroutine was started; for one that a library started,
// where the learner's lane was.
func startedAt(x *model.Execution, s run.Stack) string {
	if s.CreatedBy == nil || s.CreatedBy.Pos.Line == 0 {
		return ""
	}
	if s.CreatedBy.Pos.Cell == 0 && x != nil {
		who := panicked(x, s)
		for _, g := range x.Goroutines {
			if g.Name == who && g.Pos.Line > 0 {
				return Place(g.Pos)
			}
		}
	}
	return Place(s.CreatedBy.Pos)
}

// shortName is a function's name as the learner wrote it.
func shortName(name string) string {
	return strings.TrimPrefix(name, "main.")
}

// panicked returns the name of the lane that a crashed stack belongs to.
func panicked(x *model.Execution, s run.Stack) string {
	if s.ID == 1 {
		return "main"
	}
	if x != nil {
		name, n := "", 0
		for _, g := range x.Goroutines {
			if g.End == model.DidPanic {
				name = g.Name
				n++
			}
		}
		if n == 1 {
			return name
		}
		if name := laneOf(x, s); name != "" {
			return name
		}
	}
	return words.ReportGoroutine(s.ID)
}

// laneOf finds the one lane that was started where the stack says.
func laneOf(x *model.Execution, s run.Stack) string {
	name, n := "", 0
	for _, g := range x.Goroutines {
		if s.CreatedBy != nil && g.Creator >= 0 && g.Pos == s.CreatedBy.Pos {
			name = g.Name
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return name
}

// crashHint says what a fatal message means.
func crashHint(c *run.Crash) string {
	message := strings.TrimPrefix(c.Message, "runtime error: ")
	for _, row := range words.ReportCrashHints {
		if strings.HasPrefix(message, row.Mark) {
			return row.Hint
		}
	}
	return ""
}

// exitEvent returns where and in which lane the program ended itself.
func exitEvent(x *model.Execution) (at model.Pos, who string, ok bool) {
	if x == nil {
		return model.Pos{}, "", false
	}
	for i := len(x.Events) - 1; i >= 0; i-- {
		if e := x.Events[i]; e.Op == event.Exit && e.G >= 0 && e.G < len(x.Goroutines) {
			return e.Pos, x.Goroutines[e.G].Name, true
		}
	}
	return model.Pos{}, "", false
}

// headOf is the first words of a crash, as Go prints them.
func headOf(c *run.Crash) string {
	if c.Kind == run.KindSignal {
		return c.Message
	}
	return words.CrashHead(c.Kind, c.Message)
}

// keptLanes is how many lines a report spends on goroutines.
const keptLanes = 12

// lanes says where goroutines were last seen when the run was stopped, and of the one
// that was stopped where it was, which may be in a loop far behind its last step.
func (p *page) lanes(x *model.Execution, end model.Ending) {
	if x == nil {
		return
	}
	var rows []waiting
	for i, g := range x.Goroutines {
		what, at := words.ReportLastSeen, g.BlockedAt
		if i == x.Stopped.G && x.Stopped.Pos.Line > 0 {
			what, at = words.ReportWasAt, x.Stopped.Pos
		}
		if (g.End == end || g.End == model.WasBlocked) && at.Line > 0 {
			rows = append(rows, waiting{names: []string{g.Name}, what: what, at: at})
		}
	}
	p.waiting(rows)
}

// waiting shows rows, alike ones put together.
func (p *page) waiting(rows []waiting) {
	rows = together(rows)
	for i, r := range rows {
		if i == keptLanes {
			p.line(part{plain, words.ReportMoreGoroutines(count(rows[i:]), false)})
			return
		}
		p.line(part{plain, fmt.Sprintf("  %s %s  ", r.who(), r.what)}, part{bold, Place(r.at)})
		p.quote(r.at, 0)
	}
}

// waiting is what some goroutines wait for, at one place.
type waiting struct {
	names []string
	what  string
	at    model.Pos
}

// who names up to three goroutines.
func (w waiting) who() string { return words.ReportNames(w.names) }

// together joins the rows that differ only in the goroutine.
func together(rows []waiting) []waiting {
	var out []waiting
	index := map[string]int{}
	for _, r := range rows {
		key := r.what + "\x00" + Place(r.at)
		if i, ok := index[key]; ok {
			out[i].names = append(out[i].names, r.names...)
			continue
		}
		index[key] = len(out)
		out = append(out, r)
	}
	return out
}

func count(rows []waiting) int {
	n := 0
	for _, r := range rows {
		n += len(r.names)
	}
	return n
}
