package program

import (
	"slices"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/render/rendertest"
)

// two goroutines touch x and y; swapped says which two neighbouring steps change places.
func touched(swapped int, ops ...event.Op) *model.Execution {
	x := &model.Execution{
		Goroutines: []model.Goroutine{{ID: "main"}, {ID: "main.1"}, {ID: "main.2"}},
		Objects:    []model.Object{{Name: "x", Shared: true, Class: event.ClassMemory}, {Name: "y", Shared: true, Class: event.ClassMemory}},
	}
	for i, op := range ops {
		x.Events = append(x.Events, model.Event{Step: i + 1, G: 1 + i%2, Op: op, Object: 0, Partner: -1, Link: -1})
	}
	if swapped >= 0 {
		e := x.Events
		e[swapped], e[swapped+1] = e[swapped+1], e[swapped]
	}
	return x
}

// Runs are one order if they differ in unrelated steps only: two reads, or uses of
// different objects.
func TestOrderOf(t *testing.T) {
	apart := func(swapped int) *model.Execution { // what only one goroutine touches would be no step
		x := touched(-1, event.Store, event.Store, event.Store, event.Store)
		x.Events[1].Object, x.Events[2].Object = 1, 1
		if swapped >= 0 {
			x.Events[swapped], x.Events[swapped+1] = x.Events[swapped+1], x.Events[swapped]
		}
		return x
	}
	for name, row := range map[string]struct {
		a, b *model.Execution
		same bool
	}{
		"the same run":            {touched(-1, event.Load, event.Store), touched(-1, event.Load, event.Store), true},
		"two reads":               {touched(-1, event.Load, event.Load), touched(0, event.Load, event.Load), true},
		"a read and a write":      {touched(-1, event.Load, event.Store), touched(0, event.Load, event.Store), false},
		"two writes":              {touched(-1, event.Store, event.Store), touched(0, event.Store, event.Store), false},
		"reads around a write":    {touched(-1, event.Load, event.Store, event.Load), touched(0, event.Load, event.Store, event.Load), false},
		"writes to two variables": {apart(-1), apart(0), true},
		"writes to one of them":   {apart(-1), apart(1), false},
	} {
		if a, b := OrderOf(row.a), OrderOf(row.b); (a == b) != row.same {
			t.Errorf("%s: %s and %s", name, a, b)
		}
	}
}

// Each kind is named once.
func TestExamples(t *testing.T) {
	names := Examples(rendertest.Workers(2, 2))
	if len(names) != len(slices.Compact(slices.Sorted(slices.Values(names)))) {
		t.Errorf("named twice: %q", names)
	}
}

// BenchmarkTold: what a room is told of a run of some 500 steps, besides the run.
func BenchmarkTold(b *testing.B) {
	x := rendertest.Workers(5, 25)
	for b.Loop() {
		OrderOf(x)
		Examples(x)
	}
}
