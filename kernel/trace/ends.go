package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/model"
)

// ends says how each goroutine ended.
func (b *builder) ends() {
	b.linkDone()
	standings, end := facts{b}.judged()
	b.end = end
	for lane := range b.rows {
		g, r := &b.x.Goroutines[lane], &b.rows[lane]
		g.Left = standings[lane]
		g.End = b.ending(r, g.Left)
		if g.End == model.WasBlocked || g.End == model.WasCutOff {
			g.BlockedAt = b.lastPlace(lane)
		}
		if r.want >= 0 {
			g.BlockedOn = b.x.Events[r.want].Object
			b.waitsNow(lane)
		}
		if g.End != model.WasBlocked {
			g.BlockedOn = -1
		}
	}
}

func (b *builder) ending(r *row, stood judge.Standing) model.Ending {
	switch b.endOf(r) {
	case event.None:
	case event.End, event.Never:
		return model.Returned
	case event.Panic:
		return model.DidPanic
	default:
		return model.DidExit
	}
	switch {
	case b.x.Status == model.Waiting || b.x.Status == model.Asked:
		return model.AtPrompt
	case b.x.Status == model.Deadlock || b.end.Blocked(stood):
		return model.WasBlocked
	case r.library && r.want < 0, stood == judge.Unborn:
		return model.Returned
	}
	return model.WasCutOff
}

// endOf returns the operation that ended a goroutine, None if nothing did.
func (b *builder) endOf(r *row) event.Op {
	if r.over >= 0 {
		return b.x.Events[r.over].Op
	}
	return b.log.Ended[r.number]
}

// lastPlace is where the goroutine was last seen.
func (b *builder) lastPlace(lane int) model.Pos {
	r := &b.rows[lane]
	switch {
	case r.last >= 0 && b.x.Events[r.last].Pos != model.Pos{}:
		return b.x.Events[r.last].Pos
	case r.created >= 0:
		return b.x.Events[r.created].Pos
	}
	return model.Pos{}
}

// waitsNow makes the partner of a want that was never granted the one who holds
// the lock at the end.
func (b *builder) waitsNow(lane int) {
	e := &b.x.Events[b.rows[lane].want]
	if e.Op != event.LockWant && e.Op != event.RLockWant || e.Object < 0 {
		return
	}
	if holder := b.lock(e.Object).waitedFor(lane); holder >= 0 && !e.Behind {
		e.Partner = holder
	}
}

// linkDone links the end of a goroutine with the receive of what it sent or
// closed just before: "done <- true".
func (b *builder) linkDone() {
	for lane := range b.rows {
		r := &b.rows[lane]
		if r.over < 0 || r.before < 0 {
			continue
		}
		if e := &b.x.Events[r.before]; (e.Op == event.Send || e.Op == event.Close) && e.Link > r.over {
			b.linkEnd(r.over, e.Link)
		}
	}
}

func (b *builder) mainOver() bool {
	return b.endOf(&b.rows[0]) == event.End
}

// conclude makes OK more exact: main's return may have cut others off, or left them
// waiting.
func (b *builder) conclude() {
	if b.x.Status != model.OK && b.x.Status != "" {
		return
	}
	b.x.Status = model.OK
	if !b.mainOver() {
		return
	}
	switch b.end {
	case judge.CutOff:
		b.x.Status = model.CutOff
	case judge.Leak:
		b.x.Status = model.Leak
	}
}
