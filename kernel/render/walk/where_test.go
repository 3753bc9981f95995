package walk

import (
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// A place in a notebook is named after its declaration, and of a method the type is left
// out where that is clear. What has no declaration has the number of its cell.
func TestWhere(t *testing.T) {
	places := []model.Pos{
		{Cell: 3, Line: 9, In: "Worker.Run"}, {Cell: 3, Line: 2, In: "main"}, {Cell: 4, Line: 5, In: "Clerk.Start"},
		{Cell: 4, Line: 6, In: "Boss.Start"}, {Cell: 5, Line: 7, In: "anExtremelyLongNameOfAFunction"}, {Cell: 6, Line: 8},
	}
	x := &model.Execution{Goroutines: []model.Goroutine{{Name: "main"}}}
	for _, p := range places {
		x.Events = append(x.Events, model.Event{Op: event.Print, Pos: p, Object: -1, Partner: -1, Link: -1})
	}
	run := New(x)
	for i, want := range []string{"Run:9", "main:2", "Clerk.Start:5", "Boss.Start:6", "anExtremelyLo…:7", "6:8"} {
		if got := run.Where(places[i]); got != want {
			t.Errorf("%+v is %q, want %q", places[i], got, want)
		}
	}
	for i, want := range []string{"Worker.Run:9", "main:2", "Clerk.Start:5", "Boss.Start:6", "anExtremelyLongNameOfAFunction:7", "cell 6, line 8"} {
		if got := run.Place(places[i]); got != want {
			t.Errorf("%+v is called %q, want %q", places[i], got, want)
		}
	}
}
