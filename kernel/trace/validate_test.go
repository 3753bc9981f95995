package trace_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// Each of these spoils a valid Execution in one way, and Validate says in which.
func TestValidateFindsWhatIsWrong(t *testing.T) {
	for _, test := range []struct {
		name  string
		from  string // testdata
		spoil func(x *model.Execution)
		want  string
	}{
		{"no goroutines", "leak", func(x *model.Execution) { x.Goroutines = nil }, "not main"},
		{"main has a creator", "leak", func(x *model.Execution) { x.Goroutines[0].Creator = 1 }, "not main"},
		{"two of one name", "leak", func(x *model.Execution) { x.Goroutines[1].Name = "main" }, "taken"},
		{"two of one identifier", "leak", func(x *model.Execution) { x.Goroutines[1].ID = "main" }, "taken"},
		{"no name", "leak", func(x *model.Execution) { x.Goroutines[1].Name = "" }, "empty"},
		{"no ending", "leak", func(x *model.Execution) { x.Goroutines[1].End = "" }, "how it ended"},
		{"creator out of range", "leak", func(x *model.Execution) { x.Goroutines[1].Creator = 99 }, "no creator 99"},
		{"blocked on nothing known", "leak", func(x *model.Execution) { x.Goroutines[1].BlockedOn = 99 }, "no object 99"},
		{"two objects of one name", "leak", func(x *model.Execution) { x.Objects[1].Name = x.Objects[0].Name }, "taken"},
		{"no such operation", "leak", func(x *model.Execution) { x.Events[3].Op = 250 }, "no operation 250"},
		{"no such goroutine", "leak", func(x *model.Execution) { x.Events[3].G = 9 }, "no goroutine 9"},
		{"no such partner", "leak", func(x *model.Execution) { x.Events[3].Partner = 9 }, "partner 9"},
		{"no such object", "leak", func(x *model.Execution) { x.Events[3].Object = 9 }, "no object 9"},
		{"no such event", "leak", func(x *model.Execution) { x.Events[3].Link = 99 }, "no event 99"},
		{"steps go back", "leak", func(x *model.Execution) { x.Events[3].Step = 1 }, "step 1 after step 3"},
		{"time goes back", "leak", func(x *model.Execution) { x.Events[3].T = -1 }, "time goes back"},
		{"before it begins", "leak", func(x *model.Execution) { swap(x, event.Start, event.RecvWant) }, "before its goroutine begins"},
		{"after its end", "done-channel", func(x *model.Execution) { x.Events[3].Op, x.Events[3].Object, x.Events[3].Link = event.End, -1, -1 }, "after its goroutine ended"},
		{"begins twice", "done-channel", func(x *model.Execution) { x.Events[4].Op, x.Events[4].Link, x.Events[4].Partner = event.Start, -1, -1 }, "a second time"},
		{"start before go", "leak", func(x *model.Execution) { x.Events[1], x.Events[4] = x.Events[4], x.Events[1]; renumber(x) }, ""},
		{"not what it wanted", "waiting", func(x *model.Execution) { x.Events[11].Object = -1; x.Events[11].Op = event.Gosched }, "straight after"},
		{"held by another", "waiting", func(x *model.Execution) { drop(x, 10) }, "main holds it"},
		{"held by nobody", "waiting", func(x *model.Execution) { drop(x, 1) }, "nobody holds it"},
		{"read while written", "rwmutex", func(x *model.Execution) { drop(x, 12) }, "holds it for writing"},
		{"link one way", "channel", func(x *model.Execution) { x.Events[7].Link, x.Events[7].Partner = -1, -1 }, "not the other way"},
		{"link to the wrong kind", "channel", func(x *model.Execution) { x.Events[5].Link, x.Events[5].Partner = 1, 0 }, "linked with"},
		{"partner is another", "channel", func(x *model.Execution) { x.Events[5].Partner = 1 }, "the partner is not"},
		{"other object", "channel", func(x *model.Execution) {
			x.Objects = append(x.Objects, model.Object{Name: "other"})
			x.Events[5].Object = 1
		}, "another object"},
		{"received before sent", "channel", func(x *model.Execution) { late(x) }, "wrong order"},
		{"wait before done", "waitgroup", func(x *model.Execution) { x.Events[7].Link, x.Events[18].Link = 18, 15; x.Events[10].Link = 15 }, "wrong order"},
		{"first in, last out", "channel-again", func(x *model.Execution) { overtake(x) }, "before what was sent earlier"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, err := txtar.ParseFile("testdata/" + test.from + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			x := readArchive(t, a)
			if err := trace.Validate(x); err != nil {
				t.Fatalf("not valid to begin with: %v", err)
			}
			test.spoil(x)
			if err := trace.Validate(x); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Validate says %v, want something with %q", err, test.want)
			}
		})
	}
}

// swap exchanges the first events of two operations by one goroutine.
func swap(x *model.Execution, a, b event.Op) {
	for j := range x.Events {
		for i := range j {
			if x.Events[i].Op == a && x.Events[j].Op == b && x.Events[i].G == x.Events[j].G {
				x.Events[i].Op, x.Events[j].Op = b, a
				x.Events[i].Link, x.Events[j].Link = -1, -1
				x.Events[i].Partner, x.Events[j].Partner = -1, -1
				return
			}
		}
	}
}

// drop removes an event and all links.
func drop(x *model.Execution, i int) {
	x.Events = append(x.Events[:i:i], x.Events[i+1:]...)
	for i := range x.Events {
		x.Events[i].Link, x.Events[i].Partner = -1, -1
	}
}

// late puts the last send after its receive.
func late(x *model.Execution) {
	s, r := &x.Events[10], &x.Events[11]
	*s, *r = *r, *s
	s.Link, r.Link = 11, 10
	renumber(x)
	x.Events[9].Link = 11
}

func renumber(x *model.Execution) {
	for i := range x.Events {
		x.Events[i].Step, x.Events[i].T = i+1, int64(i)
	}
}

// overtake has one goroutine send two values and receive them in the other order.
func overtake(x *model.Execution) {
	x.Events = []model.Event{
		{Step: 1, Op: event.Send, Link: 3, Partner: -1}, {Step: 2, Op: event.Send, Link: 2, Partner: -1},
		{Step: 3, Op: event.Recv, Link: 1, Partner: -1}, {Step: 4, Op: event.Recv, Link: 0, Partner: -1},
	}
}

// An Execution can hold ten problems or a thousand: the first few are enough.
func TestValidateSaysFew(t *testing.T) {
	x := &model.Execution{Goroutines: []model.Goroutine{{ID: "main", Name: "main", Creator: -1, BlockedOn: -1, End: model.Returned}}}
	for range 1000 {
		x.Events = append(x.Events, model.Event{Op: 200, Object: -1, Partner: -1, Link: -1})
	}
	if n := strings.Count(trace.Validate(x).Error(), "\n") + 1; n != trace.MaxProblems {
		t.Errorf("%d problems, want %d", n, trace.MaxProblems)
	}
}
