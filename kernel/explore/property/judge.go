package property

import (
	"slices"

	"threading101/kernel/model"
)

// Verdict is what came of checking one property.
type Verdict struct {
	Property Property
	Holds    bool           // in all that was tried
	Complete bool           // and that was all there is
	Token    string         // of the shortest run that violates it, "" if none does
	Outcome  *model.Outcome // that run's, nil if none
}

// Judge says what came of checking all of ps, in their order.
func Judge(ps []Property, r *model.Result) []Verdict {
	complete := r.Complete() && !slices.ContainsFunc(r.Outcomes, unfinished)
	var all []Verdict
	watched := NeedsOf(ps).Spans
	for _, p := range ps {
		p = p.Among(r.Values)
		p.asks, _ = p.Rule(watched)
		v := Verdict{Property: p, Holds: true, Complete: complete}
		if o := p.example(r.Outcomes); o != nil {
			v.Holds, v.Token, v.Outcome = false, o.Token, o
		}
		all = append(all, v)
	}
	return all
}

// unfinished: nobody knows what would have become of a run that was stopped.
func unfinished(o model.Outcome) bool {
	return o.Status == model.Limit || o.Status == model.Interrupted
}

// shorter prefers a run that can be opened, then one with fewer switches.
func shorter(a, b *model.Outcome) bool {
	if (a.Token != "") != (b.Token != "") {
		return a.Token != ""
	}
	return a.Switches < b.Switches
}
