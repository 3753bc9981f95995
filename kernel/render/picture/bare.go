package picture

import (
	"slices"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// A bare picture shows what happened and explains nothing: it has no sentences above the
// lanes, no warnings beside the steps, no races, and not who waits for whom. All of that
// comes from the run's data, so the data are what is cut: no form can tell more.

// bare is a run without what explains it.
func bare(ex *model.Execution) *model.Execution {
	b := *ex
	b.Explanation, b.Races, b.RacesPartial, b.Rules, b.Conditions = nil, nil, false, nil, nil
	b.Events = slices.Clone(ex.Events)
	for i := range b.Events {
		b.Events[i].Stale = false
	}
	return &b
}

// withhold replaces what says how the run ended by a sentence that says nothing of it.
func (p *Picture) withhold() { p.Status, p.Bad = words.PictureBare, false }
