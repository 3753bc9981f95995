package trace

import (
	"path/filepath"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// crash puts what Go says of a panic or a fatal error into a run that is built.
type crash struct{ *builder }

// panicPlace puts the panic that ended the program where it happened. The recorder
// sees a goroutine only once it has unwound, and then knows no better place than
// its go statement.
func (b crash) panicPlace(f *Fatal) {
	i := slices.IndexFunc(b.x.Events, func(e model.Event) bool { return e.Op == event.Panic })
	if f == nil || i < 0 {
		return
	}
	e := &b.x.Events[i]
	if f.Created.Line > 0 && !startedBy(b.x.Goroutines[e.G].Pos, f.Created) {
		return // another panicked while the program was ending
	}
	if at := slices.IndexFunc(f.At, b.learners); at >= 0 {
		e.Pos, e.Site = f.At[at], nil
		if place, ok := b.deferred(i, e.Pos); ok {
			e.Pos = place
		}
		e.Site = b.failedAt(e.Pos)
	}
}

// learners reports whether a place is in the learner's code, as opposed to a
// library's: in a folder where something is recorded.
func (b crash) learners(p model.Pos) bool {
	if p.Cell > 0 {
		return true
	}
	return p.Line > 0 && slices.ContainsFunc(b.sites, func(s event.Site) bool {
		return s.File != "" && filepath.Dir(b.locate(s.File, s.Line, s.Col).File) == filepath.Dir(p.File)
	})
}

// startedBy reports whether a go statement at a place may be the one that Go says
// created the goroutine: Go gives the line on which the statement ends.
func startedBy(statement, created model.Pos) bool {
	return statement.File == created.File && statement.Cell == created.Cell && statement.Line <= created.Line
}

// blame finds the goroutine that a fatal error came from: the only one that was
// at work and can have been where Go says. Where there are several, none is named.
func (b crash) blame(f *Fatal) {
	switch {
	case f == nil:
	case b.x.Mode == model.Controlled && (b.blameLast(f) || f.Created == model.Pos{}):
	case f.Main:
		b.x.Goroutines[0].End = model.DidPanic
	default:
		b.blameOnly(f)
	}
}

// blameLast blames the one that took the last step of a controlled run, if Go says
// that it was there, or that such an operation failed: one that is deferred fails
// where its function ends.
func (b crash) blameLast(f *Fatal) bool {
	for i := len(b.x.Events) - 1; i >= 0; i-- {
		if e := &b.x.Events[i]; e.Op != event.Name {
			did := slices.Contains(f.At, e.Pos) || slices.Contains(causesOf(b.x.Reason), e.Op)
			if did {
				b.x.Goroutines[e.G].End = model.DidPanic
			}
			return did
		}
	}
	return false
}

func (b crash) blameOnly(f *Fatal) {
	var started, there []int
	for lane := range b.rows {
		g, r := &b.x.Goroutines[lane], &b.rows[lane]
		if lane == 0 || g.Pos != f.Created || b.endOf(r) != event.None || r.want >= 0 || r.last < 0 {
			continue
		}
		started = append(started, lane)
		if slices.Contains(f.At, b.x.Events[r.last].Pos) {
			there = append(there, lane)
		}
	}
	for _, lanes := range [][]int{started, there} {
		if len(lanes) == 1 {
			b.x.Goroutines[lanes[0]].End = model.DidPanic
			return
		}
	}
}

// NilRead is the read of a nil that the panic in event i came of, in the same line:
// the index of its event, -1 if it is not known.
func NilRead(ex *model.Execution, i int) int {
	p := &ex.Events[i]
	for j := i - 1; j >= 0; j-- {
		e := &ex.Events[j]
		if e.G != p.G || e.Op != event.Load || e.Pos != p.Pos {
			continue
		}
		if e.Value == model.Nil && e.Object >= 0 {
			return j
		}
		return -1
	}
	return -1
}

// FailedCase reports whether event i is a select that chose to send, and did not:
// the channel was closed.
func FailedCase(ex *model.Execution, i int) bool {
	e := &ex.Events[i]
	if e.Op != event.Select || e.Object < 0 {
		return false
	}
	for _, next := range ex.Events[i+1:] {
		if next.G == e.G && next.Op != event.Name {
			return next.Flags&event.FlagSelect == 0
		}
	}
	return false
}
