package search

import (
	"fmt"
	"testing"

	"threading101/kernel/sched"
)

func TestOutcomes(t *testing.T) {
	var all outcomes
	endings := []Ending{
		{Status: "ok", Output: []byte("1")},
		{Status: "ok", Output: []byte("2")},
		{Status: "deadlock", Output: []byte("1")},
		{Status: "ok", Output: []byte("1"), Marks: "race"},
		{Status: "ok", Values: "1"},
		{Status: "ok", Values: "1\x1f2"},
		{},
	}
	for range 2 {
		for want, e := range endings {
			if got := all.find(&e); got != want {
				t.Errorf("%q is number %d, not %d", e, got, want)
			}
		}
	}
	if len(all.all) != len(endings) {
		t.Errorf("%d outcomes", len(all.all))
	}
	if o := all.all[3]; o.status != "ok" || o.value != "1" || o.values != "" || o.marks != "race" {
		t.Errorf("number 3 is %+v", o)
	}
}

// What an outcome was shown by is kept, and so is its number.
func TestOutcomesForget(t *testing.T) {
	var all outcomes
	e := Ending{Status: "ok", Output: []byte("1")}
	all.find(&e)
	o := all.all
	o[0].runs, o[0].classes, o[0].count, o[0].best.Preemptions = 3, 2, Count{lo: 5, unknown: true}, 1
	all.forget()
	if i := all.find(&e); i != 0 {
		t.Errorf("it is number %d now", i)
	}
	if o[0].runs != 0 || o[0].classes != 0 || o[0].count != (Count{}) || !o[0].news || o[0].best.Preemptions != 1 {
		t.Errorf("%+v", o[0])
	}
}

// There may be as many outcomes as there are runs. Those that are known are still
// found when there are too many.
func TestOutcomesLimit(t *testing.T) {
	var all outcomes
	ending := func(i int) *Ending { return &Ending{Status: "ok", Output: fmt.Append(nil, i)} }
	for i := range mostOutcomes {
		if got := all.find(ending(i)); got != i {
			t.Fatalf("%d is number %d", i, got)
		}
	}
	if all.omitted != 0 {
		t.Errorf("%d are left out", all.omitted)
	}
	for i := range 3 {
		if got := all.find(ending(mostOutcomes + i)); got != -1 {
			t.Errorf("one too many is number %d", got)
		}
	}
	if all.omitted != 3 || len(all.all) != mostOutcomes || all.find(ending(7)) != 7 {
		t.Errorf("%d are left out, %d kept, 7 is number %d", all.omitted, len(all.all), all.find(ending(7)))
	}
}

func TestShorter(t *testing.T) {
	schedule := func(preemptions, switches int) *Schedule {
		return &Schedule{Preemptions: preemptions, Switches: make([]sched.Switch, switches)}
	}
	for _, c := range []struct {
		a, b *Schedule
		want bool
	}{
		{schedule(0, 5), schedule(1, 1), true},
		{schedule(1, 1), schedule(0, 5), false},
		{schedule(1, 2), schedule(1, 3), true},
		{schedule(1, 3), schedule(1, 2), false},
		{schedule(1, 2), schedule(1, 2), false},
	} {
		if c.a.shorter(c.b) != c.want {
			t.Errorf("%d preemptions and %d switches, and %d and %d: shorter is %v", c.a.Preemptions, len(c.a.Switches), c.b.Preemptions, len(c.b.Switches), !c.want)
		}
	}
}

// A schedule that is kept does not change with the run under way.
func TestScheduleSet(t *testing.T) {
	run := Schedule{[]sched.Switch{{Step: 1, To: 2}}, 1}
	var kept Schedule
	kept.set(&run)
	run.Switches[0].To, run.Preemptions = 3, 2
	if kept.Switches[0].To != 2 || kept.Preemptions != 1 {
		t.Errorf("%+v", kept)
	}
}

// The run without switches is the shortest there is: no later one takes its place.
func TestKeepWithoutSwitches(t *testing.T) {
	s := New(Config{Mode: "sample", Now: func() int64 { return 0 }, Write: func([]byte) {}})
	end := &Ending{Status: "ok"}
	if _, kept := s.keep(end); !kept {
		t.Error("the first run is not kept")
	}
	s.Run = Schedule{Switches: []sched.Switch{{Step: 1, To: 2}}}
	if i, kept := s.keep(end); kept || len(s.outcomes.all[i].best.Switches) != 0 {
		t.Error("a run with a switch took the place of one without")
	}
}
