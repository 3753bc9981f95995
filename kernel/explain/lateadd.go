package explain

import (
	"strconv"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words/finding"
)

// lateAdds tells of goroutines that call Add themselves, when the Wait that was
// to wait for them is over.
func (s *speaker) lateAdds() (all []string) {
	f := joins{waited: map[int]int{}, began: map[int]int{}, used: map[[2]int]bool{}, synced: map[int]int{}}
	told, counts := map[int]bool{}, newCounter()
	for i := range s.x.Events {
		e := &s.x.Events[i]
		if wait, ok := f.late(i, e.G, e.Object); ok && adds(e.Op, e.Value) && !told[e.Object] && len(all) < mostLost && s.whole(e.Object) {
			told[e.Object] = true
			s.sentence()
			w := &s.x.Events[wait]
			all = append(all, finding.ExplainLateAdd(s.name(w.G), s.object(e.Object), s.whenAt(wait), s.name(e.G), s.whenAt(i), s.at(f.began[e.G])))
		}
		if wait := counts.follow(i, e); wait >= 0 && !told[e.Object] && len(all) < mostLost && s.whole(e.Object) {
			told[e.Object] = true
			s.sentence()
			w := &s.x.Events[wait]
			all = append(all, finding.ExplainAddAtZero(s.name(w.G), s.object(e.Object), s.whenAt(wait), s.name(e.G), s.whenAt(i)))
		}
		f.note(i, e.Op, e.G, e.Object, e.Partner)
		if s.x.Dropped > 0 && i == s.x.DroppedAt {
			return all
		}
	}
	return all
}

// counter follows the counts of groups, and who waits for them.
type counter struct{ counts, waits map[int]int }

func newCounter() *counter { return &counter{map[int]int{}, map[int]int{}} }

// follow takes in event i, and returns the Wait beside which it adds to a group
// that stands at 0, -1 if it does not. That Wait may be over, or not.
func (c *counter) follow(i int, e *model.Event) (wait int) {
	wait = -1
	switch e.Op {
	case event.WaitWant:
		c.waits[e.Object] = i
	case event.Wait:
		delete(c.waits, e.Object)
	case event.WGDone:
		c.counts[e.Object]--
	case event.WGAdd:
		if w, waits := c.waits[e.Object]; waits && c.counts[e.Object] == 0 && adds(e.Op, e.Value) {
			wait = w
		}
		n, _ := strconv.Atoi(e.Value)
		c.counts[e.Object] += n
	}
	return wait
}

// joins is what is known, at one point of the run, of who waited for whom.
type joins struct {
	waited map[int]int     // by group: the last Wait that returned
	began  map[int]int     // by goroutine: the go statement
	used   map[[2]int]bool // by goroutine and group
	synced map[int]int     // by goroutine: the last event at which it may have heard of others
}

// late says whether goroutine g would come too late to a group now: a Wait was
// over after g had been started, and g can have heard nothing of that.
func (f *joins) late(i, g, group int) (wait int, ok bool) {
	wait, over := f.waited[group]
	began, known := f.began[g]
	synced, heard := f.synced[g]
	return wait, over && known && began < wait && !f.used[[2]int{g, group}] && !(heard && synced > wait)
}

func adds(op event.Op, value string) bool {
	n, err := strconv.Atoi(value)
	return op == event.WGAdd && err == nil && n > 0
}

func (f *joins) note(i int, op event.Op, g, object, partner int) {
	switch op {
	case event.Go:
		if partner >= 0 {
			f.began[partner] = i
		}
	case event.Wait:
		f.waited[object] = i
		f.synced[g] = i
	case event.WGAdd, event.WGDone:
		f.used[[2]int{g, object}] = true
	case event.Load, event.Store, event.Print, event.Start, event.Name, event.Sleep, event.Woke, event.Gosched:
	default:
		f.synced[g] = i
	}
}
