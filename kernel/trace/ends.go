package trace

import (
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/words"
)

// ends says how each goroutine ended.
func (b *builder) ends() {
	b.linkDone()
	stuck := b.stuck()
	for lane := range b.rows {
		g, r := &b.x.Goroutines[lane], &b.rows[lane]
		g.End = b.ending(r, stuck)
		if g.End == WasBlocked || g.End == WasCutOff {
			g.BlockedAt = b.lastPlace(lane)
		}
		if r.want >= 0 {
			g.BlockedOn = b.x.Events[r.want].Object
			b.waitsNow(lane)
		}
		if g.End != WasBlocked {
			g.BlockedOn = -1
		}
	}
}

func (b *builder) ending(r *row, stuck bool) Ending {
	switch b.endOf(r) {
	case event.None:
	case event.End, event.Never:
		return Returned
	case event.Panic:
		return DidPanic
	default:
		return DidExit
	}
	switch {
	case b.x.Status == Deadlock || r.want >= 0 && stuck && b.blocks(r.want):
		return WasBlocked
	case r.library && r.want < 0:
		return Returned
	}
	return WasCutOff
}

// endOf returns the operation that ended a goroutine, None if nothing did.
func (b *builder) endOf(r *row) event.Op {
	if r.over >= 0 {
		return b.x.Events[r.over].Op
	}
	return b.log.Ended[r.number]
}

// stuck says whether those who wait at the end of the run wait for good: the
// program died of a deadlock, or nobody who could still do something was left
// when main returned, or when the learner stopped it.
func (b *builder) stuck() bool {
	switch b.x.Status {
	case Deadlock:
		return true
	case Panicked, Exited:
		return false
	}
	for lane := range b.rows {
		r := &b.rows[lane]
		if b.endOf(r) == event.None && (r.want < 0 || !b.blocks(r.want)) {
			return false
		}
	}
	return true
}

// blocks says whether the goroutine that wants something cannot go on by
// itself, and that nothing it waits for has happened already.
func (b *builder) blocks(want int) bool {
	e := &b.x.Events[want]
	if b.x.Status == Deadlock {
		return true // Go says so
	}
	switch e.Op {
	case event.Sleep, event.Outside:
		return false
	case event.CondWant:
		return b.blocksCond(e)
	case event.SelectWant:
		return b.blocksSelect(want)
	case event.LockWant, event.RLockWant:
		l := b.locks[e.Object]
		return l != nil && (l.holder >= 0 || len(l.readers) > 0)
	case event.WaitWant:
		g := b.groups[e.Object]
		return g != nil && g.count > 0
	case event.RecvWant:
		return b.blocksRecv(e.Object)
	case event.SendWant:
		return b.blocksSend(want, e.Object)
	}
	return true
}

// blocksCond says whether a Wait waits for good: nobody has woken it.
func (b *builder) blocksCond(e *Event) bool {
	c := b.conds[e.Object]
	if c == nil {
		return true
	}
	_, woken := c.woken[e.G]
	return !woken
}

// blocksSend says whether a send waits for good: nobody has received since it
// began to wait but what others sent.
func (b *builder) blocksSend(want, object int) bool {
	if object < 0 {
		return true // a nil channel
	}
	c := b.channels.of(object)
	return c.closed < 0 && !c.unsent(b) && b.freshAfter(c.recvs, want) <= after(c.all, want)
}

// freshAfter counts the receives that come after i, but for those that make no
// room: of what was sent before i to one who waited for it then.
func (b *builder) freshAfter(recvs []int, i int) (n int) {
	for _, r := range recvs {
		if s := b.x.Events[r].Link; r > i && (s < 0 || s > i || !b.handedOver(s, r)) {
			n++
		}
	}
	return n
}

// handedOver says whether the goroutine that made receive r waited when send s
// was made, and did nothing else from then on.
func (b *builder) handedOver(s, r int) bool {
	for i := r - 1; i >= 0; i-- {
		switch e := &b.x.Events[i]; {
		case e.G != b.x.Events[r].G || e.Op == event.Select:
		case e.Op == event.RecvWant || e.Op == event.SelectWant:
			return i < s
		default:
			return false
		}
	}
	return false
}

// after counts the events that come after i.
func after(events []int, i int) (n int) {
	for _, e := range events {
		if e > i {
			n++
		}
	}
	return n
}

// blocksRecv says whether a receive waits for good. What a channel of a library
// brings (a timer, a context) is not known.
func (b *builder) blocksRecv(object int) bool {
	if object < 0 {
		return true // a nil channel
	}
	if b.x.Objects[object].Timer || fromLibrary(b.x.Objects[object].Name) {
		return false
	}
	c := b.channels.of(object)
	return c.closed < 0 && len(c.sends) == 0
}

// fromLibrary says whether a channel of that name is one that a library gave:
// time.After(d), ctx.Done(), ticker.C.
func fromLibrary(name string) bool {
	return strings.ContainsRune(name, '(') || strings.HasSuffix(name, ".C")
}

// fromClock says whether a channel of that name is one that the clock sends to.
func fromClock(name string) bool {
	return strings.HasPrefix(name, "time.After(") || strings.HasPrefix(name, "time.Tick(") || strings.HasSuffix(name, ".C")
}

// blame finds the goroutine that a fatal error came from: the only one that was
// at work and can have been where Go says. Where there are several, none is named.
func (b *builder) blame(f *Fatal) {
	if f == nil {
		return
	}
	if f.Main {
		b.x.Goroutines[0].End = DidPanic
		return
	}
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
			b.x.Goroutines[lanes[0]].End = DidPanic
			return
		}
	}
}

// lastPlace is where the goroutine was last seen.
func (b *builder) lastPlace(lane int) Pos {
	r := &b.rows[lane]
	switch {
	case r.last >= 0 && b.x.Events[r.last].Pos != Pos{}:
		return b.x.Events[r.last].Pos
	case r.created >= 0:
		return b.x.Events[r.created].Pos
	}
	return Pos{}
}

// waitsNow makes the partner of a want that was never granted the one who holds
// the lock at the end.
func (b *builder) waitsNow(lane int) {
	e := &b.x.Events[b.rows[lane].want]
	if e.Op != event.LockWant && e.Op != event.RLockWant || e.Object < 0 {
		return
	}
	if holder := b.lock(e.Object).waitedFor(lane); holder >= 0 {
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

// conclude makes OK more exact: whom main's return cut off, or left waiting.
func (b *builder) conclude() {
	b.noteUnseen()
	if b.x.Status != OK && b.x.Status != "" {
		return
	}
	b.x.Status = OK
	if !b.mainOver() {
		return
	}
	if names := b.x.Ended(WasCutOff); len(names) > 0 {
		b.x.Status, b.x.Reason = CutOff, words.RunCutOff(names)
	} else if names := b.x.Ended(WasBlocked); len(names) > 0 {
		b.x.Status, b.x.Reason = Leak, words.RunLeak(names)
	}
}

// Ended returns the names of the goroutines that ended so, in the order of the lanes.
func (x *Execution) Ended(how Ending) []string {
	var names []string
	for _, g := range x.Goroutines {
		if g.End == how {
			names = append(names, g.Name)
		}
	}
	return names
}

// noteUnseen says of which objects the record is not the whole story.
func (b *builder) noteUnseen() {
	for _, o := range b.x.Objects {
		if o.Partial {
			b.x.Uncontrolled = append(b.x.Uncontrolled, words.RunUnseen(o.Name))
		}
	}
}
