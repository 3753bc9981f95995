package explain

import (
	"fmt"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// deadlock explains the circle in which goroutines wait for each other, and in a
// run that ended in a deadlock whoever else waits.
func (s *speaker) deadlock() []string {
	if s.x.Status != model.Deadlock && s.x.Status != model.Leak {
		return nil
	}
	waits := s.forGood()
	var all []string
	circle := trace.Circle(waits)
	if circle != nil {
		all = append(all, blocked{s}.circle(waits, circle))
		s.inCircle = true
	}
	for _, i := range circle {
		s.explained[waits[i].G] = true
	}
	if s.x.Status == model.Leak {
		return all
	}
	return append(all, blocked{s}.others(waits)...)
}

// leak explains why goroutines were left waiting when main returned.
func (s *speaker) leak() []string {
	if s.x.Status != model.Leak {
		return nil
	}
	return blocked{s}.others(s.forGood())
}

// blocked speaks of goroutines that wait for good.
type blocked struct{ *speaker }

// others explains the waits that nothing was said about yet; those alike are taken
// together.
func (s blocked) others(waits []model.Wait) (all []string) {
	others := s.groups(waits, func(w model.Wait) bool { return !s.explained[w.G] })
	for i, g := range others {
		if i == mostWaits && len(others) > mostWaits+1 {
			return append(all, finding.ExplainMoreWait(count(others[i:])))
		}
		all = append(all, s.waits(g, s.inCircle))
	}
	return all
}

// forGood are the waits of goroutines that cannot go on.
func (s *speaker) forGood() []model.Wait {
	return slices.DeleteFunc(trace.Waits(s.x), func(w model.Wait) bool { return s.x.Goroutines[w.G].End != model.WasBlocked })
}

// circle says who holds what and waits for what, all the way round.
func (s blocked) circle(waits []model.Wait, circle []int) string {
	s.sentence()
	var parts []finding.ExplainHolder
	for k, i := range circle {
		w, before := waits[i], waits[circle[(k+len(circle)-1)%len(circle)]]
		h := holdOf(before, w.G)
		p := finding.ExplainHolder{Who: s.name(w.G), Wants: s.object(w.Object), Held: s.object(before.Object), Reads: h.Reads, Queued: h.Queued}
		if !h.Queued {
			p.HeldAt = s.at(h.Event)
		}
		op := s.x.Events[w.Event].Op
		p.WantsAt, p.To, p.Once, p.Statement = s.at(w.Event), s.to(w), op == event.OnceWant, op == event.StatementWant
		parts = append(parts, p)
	}
	return finding.ExplainCircle(parts)
}

// holdOf is what goroutine g has that w waits for.
func holdOf(w model.Wait, g int) model.Hold {
	return w.For[slices.IndexFunc(w.For, func(h model.Hold) bool { return h.G == g })]
}

// to tells reading from writing, for a lock where that makes a difference.
func (s *speaker) to(w model.Wait) string {
	switch {
	case s.x.Events[w.Event].Op == event.RLockWant:
		return finding.ExplainToRead
	case w.Object >= 0 && s.x.Objects[w.Object].Class == event.ClassRWMutex:
		return finding.ExplainToWrite
	}
	return ""
}

// group are goroutines that wait for the same at the same place.
type group struct {
	lanes  []int
	wait   model.Wait
	differ bool // not all of them wait to send the same value
}

// groups are those of the waits that count.
func (s *speaker) groups(waits []model.Wait, counts func(model.Wait) bool) (all []group) {
	index := map[string]int{}
	for _, w := range waits {
		if !counts(w) {
			continue
		}
		e := &s.x.Events[w.Event]
		alike := fmt.Sprint(e.Op, e.Object, e.Pos, e.Cases)
		i, ok := index[alike]
		if !ok {
			index[alike] = len(all)
			all = append(all, group{lanes: []int{w.G}, wait: w})
			continue
		}
		all[i].lanes = append(all[i].lanes, w.G)
		all[i].differ = all[i].differ || e.Value != s.x.Events[all[i].wait.Event].Value
	}
	return all
}

func count(all []group) (n int) {
	for _, g := range all {
		n += len(g.lanes)
	}
	return n
}

// waits says what a group waits for, and why that does not come. Beside a circle
// of locks the reason is the circle.
func (s blocked) waits(g group, circle bool) string {
	s.sentence()
	w, e := g.wait, &s.x.Events[g.wait.Event]
	wait := finding.ExplainWait{Who: s.names(g.lanes), Op: e.Op, Object: s.object(w.Object), At: s.at(w.Event), To: s.to(w), Value: words.Plain(e.Value, 40)}
	if g.differ {
		wait.Value = ""
	}
	if e.Op == event.SelectWant {
		wait.Cases = finding.SelectCases(e.Offers(s.object))
	}
	reason := ""
	switch e.Op {
	case event.LockWant, event.RLockWant, event.OnceWant:
		reason = s.heldBy(w)
	case event.StatementWant:
		return finding.ExplainInDatabase(wait, s.transaction(w))
	case event.WaitWant:
		reason = s.missing(w, g.lanes, !circle)
	case event.CondWant:
		reason = s.notSignalled(w)
	case event.SelectWant:
		if !circle {
			reason = s.noCase(e)
		}
	default:
		if !circle && s.whole(w.Object) {
			reason = s.noPartner(g)
		}
	}
	return finding.ExplainWaits(wait, reason)
}

// noPartner says why nobody does the other side of what a group waits for: there
// is nobody else, or nobody who can.
func (s blocked) noPartner(g group) string {
	e := &s.x.Events[g.wait.Event]
	last := s.lastPartner(e)
	switch {
	case e.Object < 0 || last != "" || s.x.Status != model.Deadlock || !s.alone(g.lanes):
		return words.Nobody(e.Op, e.Object >= 0) + last
	case e.Op == event.SendWant:
		return finding.ExplainNoReceiver(s.lying(e.Object))
	}
	return finding.ExplainNoSender
}

// alone reports whether a goroutine is the only one that has not ended.
func (s blocked) alone(lanes []int) bool {
	for g := range s.x.Goroutines {
		if g != lanes[0] && s.x.Goroutines[g].End != model.Returned {
			return false
		}
	}
	return len(lanes) == 1 && s.x.Unseen == 0
}

// lying is how many values lie in a channel at the end.
func (s blocked) lying(channel int) (n int) {
	for i := range s.x.Events {
		switch e := &s.x.Events[i]; {
		case e.Object != channel:
		case e.Op == event.Send:
			n++
		case e.Op == event.Recv && e.Flags&event.FlagClosed == 0:
			n--
		}
	}
	return n
}

// lastPartner says who did the other side of what a goroutine waits for last, if
// that one has returned; "" if nobody ever did.
func (s blocked) lastPartner(e *model.Event) string {
	for i := len(s.x.Events) - 1; i >= 0 && e.Object >= 0; i-- {
		if o := &s.x.Events[i]; o.Object == e.Object && slices.Contains(event.Table[o.Op].Wakes, e.Op) {
			if s.x.Goroutines[o.G].End != model.Returned {
				return ""
			}
			return finding.ExplainLastPartner(s.name(o.G), o.Op, s.at(i))
		}
	}
	return ""
}

// noCase says why a select never chooses one of its cases.
func (s blocked) noCase(e *model.Event) string {
	named, whole := false, len(e.Cases) > 0
	for _, c := range e.Cases {
		named = named || c.Object >= 0
		whole = whole && s.whole(c.Object)
	}
	switch {
	case !whole:
		return ""
	case len(e.Cases) > 1:
		return finding.ExplainNoCase(named)
	case e.Cases[0].Send:
		return words.Nobody(event.SendWant, named)
	}
	return words.Nobody(event.RecvWant, named)
}

// whole says whether all that was done with an object is in the record.
func (s *speaker) whole(object int) bool {
	return s.x.Dropped == 0 && (object < 0 || !s.x.Objects[object].Partial)
}

// heldBy says who has the lock.
func (s blocked) heldBy(w model.Wait) string {
	if len(w.For) == 0 {
		return ""
	}
	h := w.For[0]
	ended := s.x.Goroutines[h.G].End == model.Returned
	switch {
	case len(w.For) > 1 && !h.Queued:
		var lanes []int
		for _, h := range w.For {
			lanes = append(lanes, h.G)
		}
		return finding.ExplainHeldBy(words.List(s.names(lanes)), "", false, w.For[0].Reads)
	case h.Queued:
		return finding.ExplainBehind(s.name(h.G), s.whenAt(h.Event))
	}
	return finding.ExplainHeldBy(s.name(h.G), s.at(h.Event), ended, h.Reads)
}

// transaction is what is known of why a statement waits.
func (s blocked) transaction(w model.Wait) (t finding.ExplainTransaction) {
	e := &s.x.Events[w.Event]
	t.Pool, t.Own = e.Flags&event.FlagConnection != 0, e.Flags&event.FlagOwn != 0
	if e.Partner >= 0 {
		t.Who, t.Ended = s.name(e.Partner), s.x.Goroutines[e.Partner].End == model.Returned
	}
	if len(w.For) > 0 {
		t.At = s.at(w.For[0].Event)
	}
	return t
}

// notSignalled says that no signal comes.
func (s blocked) notSignalled(w model.Wait) string {
	if !s.whole(w.Object) {
		return ""
	}
	return words.Nobody(event.CondWant, true)
}
