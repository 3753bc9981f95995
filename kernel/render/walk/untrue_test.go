package walk_test

import (
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// The step after which a condition is not true says so, also in few words; one that is
// asked for in the end is no step's.
func TestUntrueIsMarked(t *testing.T) {
	s := rendertest.NewScript(model.Controlled, 2)
	x := s.Object(event.ClassMemory, "x")
	a := s.Start(0, "A", 6)
	s.Do(a, event.Start, -1, 6, "")
	s.Do(a, event.Store, x, 7, "1")
	wrong := s.Do(a, event.Store, x, 8, "-1")
	s.Do(a, event.End, -1, 9, "")
	s.Do(0, event.End, -1, 10, "")
	ex := s.Done(model.OK)
	ex.Conditions = []model.Condition{{Expr: "x >= 0"}, {Expr: "x == 1", AtEnd: true}}
	ex.Lost = []model.Lost{{N: 0, Event: wrong}, {N: 1, Event: wrong}}

	run := walk.New(ex)
	f := walk.Follow(run)
	for i := range run.Steps.List {
		step := &run.Steps.List[i]
		d := f.Describe(i, step.Event)
		if got := len(d.Marks) > 0; got != (step.Event == wrong) {
			t.Errorf("step %d has the marks %q", step.N, d.Marks)
		}
		if step.Event == wrong && (d.Marks[0] != words.MarkUntrue(ex.Conditions[0]) || len(d.Marks) > 1 || d.Brief(&ex.Events[wrong]) != words.UntrueBrief || !d.Bad) {
			t.Errorf("the step is told as %+v, briefly %q", d, d.Brief(&ex.Events[wrong]))
		}
		f.Apply(step)
	}
}
