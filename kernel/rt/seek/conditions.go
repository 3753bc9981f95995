package seek

import (
	"slices"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/rt/control"
)

// Conditions that are to be true at all moments, or in the end. Why a search that
// leaves out what commutes misses no moment is in DESIGN.md of package search.

// watching is what is known of them in the run under way.
type watching struct {
	seen   []extent // read to evaluate those of all moments
	atEnd  []extent // and those of the end
	writes []write  // at sites of which it is not known that they matter
	holds  []hold
	odd    bool   // somebody gave back a lock that another had taken: who holds which is not known
	sum    uint64 // of what was read to evaluate them, as it was last
	next   uint64 // as it is now
	summed bool   // there is a sum
	looked bool   // they were looked at since the last decision
	noted  bool   // something that is read for them was written since
	lost   int    // conditions that are no longer looked at
	before int    // how many that were when the sum was made
}

// extent is a part of memory.
type extent struct{ from, to uintptr }

func (e extent) meets(other extent) bool { return e.from < other.to && other.from < e.to }

func meetsAny(all []extent, e extent) bool { return slices.ContainsFunc(all, e.meets) }

// write is a write, and by whom, when.
type write struct {
	extent
	site   uint32
	proc   int
	at     int32 // its goroutine's own time, to the search
	locked bool  // its goroutine held a lock, which it gives back itself
	alone  bool  // it was a step, or can be one
}

// hold is a lock that a goroutine has.
type hold struct {
	lock *control.Object
	proc int
}

func (w *watching) begins() {
	*w = watching{seen: w.seen[:0], atEnd: w.atEnd[:0], writes: w.writes[:0], holds: w.holds[:0]}
}

// mostLooked is how far back a write is looked for that was noted before.
const mostLooked = 32

// Writes is told of each write.
func (k *seeker) Writes(g *control.G, s uint32, l *control.Variable, alone bool) {
	from, size := l.Extent()
	w := write{
		extent: extent{from, from + max(size, 1)}, site: s, proc: g.Proc, at: k.search.History.Races.Time(g.Proc),
		locked: k.watch.protects(g.Proc), alone: alone,
	}
	k.watch.noted = k.watch.noted || meetsAny(k.watch.seen, w.extent)
	if !alone || !k.search.Monitors(s) || !k.search.Visible(s) {
		k.watch.keep(w)
		k.matters(w, k.watch.seen)
	}
}

// keep notes a write, in place of an earlier one: who does not know of that does not
// know of this one.
func (w *watching) keep(one write) {
	for i := len(w.writes) - 1; i >= max(0, len(w.writes)-mostLooked); i-- {
		if old := &w.writes[i]; old.site == one.site && old.proc == one.proc && old.extent == one.extent {
			old.at, old.locked, old.alone = one.at, old.locked && one.locked, old.alone && one.alone
			return
		}
	}
	w.writes = append(w.writes, one)
}

// matters makes a step of a write to what is read for a condition of all moments,
// unless a lock of its goroutine hides it until that is given back. What cannot be a
// step of its own hides moments.
func (k *seeker) matters(w write, seen []extent) {
	switch {
	case w.locked || !meetsAny(seen, w.extent):
	case !w.alone:
		k.search.UnseenMoments(w.site)
	default:
		k.search.Monitor(w.site)
	}
}

// protects says whether a goroutine holds a lock that it will give back itself.
func (w *watching) protects(proc int) bool {
	return !w.odd && slices.ContainsFunc(w.holds, func(h hold) bool { return h.proc == proc })
}

// Saw is told what is read to evaluate a condition. What was written there before
// matters as well: the condition may have read something else then.
func (k *seeker) Saw(p unsafe.Pointer, n uintptr, atEnd bool) {
	w, e := &k.watch, extent{uintptr(p), uintptr(p) + n}
	if atEnd {
		w.atEnd = append(w.atEnd, e)
		return
	}
	w.next = mixed(w.next, p, n)
	if slices.Contains(w.seen, e) {
		return
	}
	w.seen = append(w.seen, e)
	for _, one := range w.writes {
		k.matters(one, []extent{e})
	}
}

// mixed takes n bytes at p into a sum.
func mixed(sum uint64, p unsafe.Pointer, n uintptr) uint64 {
	sum = (sum ^ uint64(uintptr(p))) * 0x9e3779b97f4a7c15
	for _, b := range unsafe.Slice((*byte)(p), n) {
		sum = (sum ^ uint64(b)) * 0x100000001b3
	}
	return sum ^ sum>>29
}

// Looked is told that the conditions of all moments were looked at. What they read may
// have changed only by writes of which the search was told: others it cannot try at
// other moments.
func (k *seeker) Looked() {
	w := &k.watch
	if w.summed && w.sum != w.next && !w.noted && w.before == w.lost {
		k.search.UnseenMoments(0)
	}
	w.before, w.lost = w.lost, len(k.c.Lost())
	w.sum, w.next, w.summed, w.looked = w.next, 0, true, true
}

// decides is told that a decision is made: what was written until then was looked at,
// if no lock is held.
func (w *watching) decides() {
	w.noted = w.noted && !w.looked
	w.looked = false
}

// unsure compares who holds a lock by what the search was told with what is so.
func (k *seeker) unsure() {
	if k.c.Watches() && k.c.Unlocked() != (len(k.watch.holds) == 0) {
		k.search.UnseenMoments(0)
	}
}

// locks is told that a goroutine has taken a lock, or gives one back.
func (k *seeker) locks(proc int, o *control.Object, takes bool) {
	w := &k.watch
	if takes {
		w.holds = append(w.holds, hold{o, proc})
		return
	}
	of := func(own bool) int {
		return slices.IndexFunc(w.holds, func(h hold) bool { return h.lock == o && (h.proc == proc || !own) })
	}
	i := of(true)
	if i < 0 {
		k.oddly()
		i = of(false)
	}
	if i >= 0 {
		w.holds = slices.Delete(w.holds, i, i+1)
	}
}

// oddly is told that somebody gives back a lock that another has taken: then it does
// not come after what that one writes.
func (k *seeker) oddly() {
	k.watch.odd = true
	for i := range k.watch.writes {
		k.watch.writes[i].locked = false
		k.matters(k.watch.writes[i], k.watch.seen)
	}
}

// concludes is told that the run is over by what a goroutine did, -1 if by nobody.
// What others wrote before that, and that it does not know of, could have come later:
// each such write becomes a step.
func (k *seeker) concludes(proc int) {
	races := &k.search.History.Races
	for _, w := range k.watch.writes {
		if proc >= 0 && w.proc != proc && meetsAny(k.watch.atEnd, w.extent) && !races.Knows(proc, w.proc, w.at) {
			k.search.Watch(w.site)
		}
	}
}

// monitored says whether g is about to do what may change whether a condition is true,
// or whether it is looked at.
func (k *intents) monitored(g *control.G) bool {
	p := &g.Pending
	if !control.Active.Watches() || !p.Listed {
		return false
	}
	switch event.Table[p.Op].By {
	case event.ByLock:
		return true
	case event.ByCond:
		return p.Lock != nil || p.Op == event.CondWait && !p.Wakes
	case event.ByAccess, event.ByAtomic:
		return k.search.Monitors(p.Site)
	}
	return false
}

// moments is the access of all that does.
func moments() search.Access {
	return search.Access{Object: control.ConditionsObject(control.Active).Ord, Kind: search.Write}
}

// momentComes is told what p does to a lock, before that is told, and momentPasses
// behind it.
func (k *seeker) momentComes(p int, lock search.Access) {
	if k.c.Watches() {
		k.search.History.Precede(p, moments().Object, lock)
	}
}

// momentPasses: see momentComes.
func (k *seeker) momentPasses(p int) {
	if k.c.Watches() {
		a := moments()
		k.touch(p, a.Object, a.Kind)
	}
}
