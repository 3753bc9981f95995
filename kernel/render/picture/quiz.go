package picture

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// Value is a value of a run that can be asked for: that of a variable which a step that
// the picture shows reads or writes.
type Value struct {
	Event int // index in the run's events
	Step  int
	Says  string // the step in words, with the value hidden: "step 5 · A reads total = ?"
	Is    string
}

// Values are the values of a run that can be asked for, in the order of their steps.
func Values(ex *model.Execution, o Options) (all []Value) {
	o.Hidden = 1
	p := newPicture(ex, o)
	for i := range p.rows {
		r := &p.rows[i]
		if r.kind != isStep {
			continue
		}
		e := &ex.Events[r.event]
		class := event.Table[e.Op].Class
		if class != event.ClassMemory && class != event.ClassAtomic || !hides(e) {
			continue
		}
		all = append(all, Value{r.event, r.n, words.StepTitle(r.n, p.lanes[r.lane].name, r.Does), e.Value})
	}
	return all
}

// hides reports whether an event has a value that a quiz hides: of a variable, of what
// goes through a channel, of what is printed, of what is written to a file or read from it.
func hides(e *model.Event) bool {
	row := &event.Table[e.Op]
	return e.Value != "" && row.Aux != event.AuxBool && (e.Op == event.FileRead || e.Op == event.FileWrite ||
		slices.Contains([]event.Class{event.ClassMemory, event.ClassAtomic, event.ClassChannel, event.ClassOutput}, row.Class))
}

// hidden is a run without its values from an event on, and without all that gives them
// away. It is a bare one.
func hidden(ex *model.Execution, from int) *model.Execution {
	h := bare(ex)
	h.Stdout, h.Values, h.Reason = "", nil, ""
	for i := from; i < len(h.Events); i++ {
		h.Events[i].Sees = 0 // it tells which values there were
		if hides(&h.Events[i]) {
			h.Events[i].Value = learning.QuizHidden
		}
	}
	return h
}
