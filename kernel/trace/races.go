package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// findRaces finds the recorded accesses that the race detector's reports speak
// of. What a report already says stays.
func (b *builder) findRaces() {
	for i := range b.x.Races {
		r := &b.x.Races[i]
		if r.A.Event <= 0 && r.B.Event <= 0 {
			r.A.Event, r.B.Event = b.raced(r)
		}
		b.describe(r, &r.A)
		b.describe(r, &r.B)
	}
}

// raced returns the first two accesses to one variable, by two goroutines, that
// are at the two places; -1 for what is not found.
func (b *builder) raced(r *model.Race) (int, int) {
	seen := map[int]int{} // by object: the first event that fits A
	found := -1
	for i := range b.x.Events {
		if e := &b.x.Events[i]; b.fits(e, &r.A) {
			if _, ok := seen[e.Object]; !ok {
				seen[e.Object] = i
			}
			if found < 0 {
				found = i
			}
		}
	}
	for i := range b.x.Events {
		e := &b.x.Events[i]
		if !b.fits(e, &r.B) {
			continue
		}
		if first, ok := seen[e.Object]; ok && b.x.Events[first].G != e.G {
			return first, i
		}
	}
	return found, -1
}

func (b *builder) fits(e *model.Event, a *model.Access) bool {
	if e.Object < 0 || e.Pos != a.Pos || a.Goroutine != "" && a.Goroutine != b.x.Goroutines[e.G].Name {
		return false
	}
	return a.Write && e.Op == event.Store || !a.Write && e.Op == event.Load
}

// describe adds the names that the access's event knows.
func (b *builder) describe(r *model.Race, a *model.Access) {
	if a.Event < 0 || a.Event >= len(b.x.Events) {
		return
	}
	e := &b.x.Events[a.Event]
	if a.Goroutine == "" {
		a.Goroutine = b.x.Goroutines[e.G].Name
	}
	if r.Object == "" && e.Object >= 0 {
		r.Object = b.x.Objects[e.Object].Name
	}
}
